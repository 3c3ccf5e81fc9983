#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_image_type_info
short_description: List image types of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the image types, which define the operating systems that images can contain, all of them or those that match.
  - Sends one GET request, and one for each entry of O(gather).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only image types with exactly this name.
    type: str
  id:
    description: Return only the image type with this ID. All other filters except O(name) are then ignored.
    type: str
  virt_type:
    description: Return only image types of this virtualization type, such as V(CAS). Write it as the platform does.
    type: str
  operating_system:
    description:
      - Return only image types of this operating system, as named by the virtualization platform, such as
        V(ubuntu64Guest). The platform determines what else matches.
    type: str
  gather:
    description:
      - Additional information to gather.
      - V(virt_types) are the virtualization types that the platform supports, V(os_types) the types of operating
        systems.
    type: list
    elements: str
    choices: [virt_types, os_types]
    default: []
seealso:
  - module: h3c.cloudos.cloudos_image_type
"""

EXAMPLES = r"""
- name: List all image types for CAS
  h3c.cloudos.cloudos_image_type_info:
    virt_type: CAS
  register: cas

- name: Show the names to use in an image
  ansible.builtin.debug:
    msg: "{{ cas.image_types | map(attribute='operating_system') }}"

- name: List the types that the platform supports
  h3c.cloudos.cloudos_image_type_info:
    gather: [virt_types, os_types]
  register: supported

- name: Show the virtualization types
  ansible.builtin.debug:
    msg: "{{ supported.virt_types }}"
"""

RETURN = r"""
image_types:
  description: The image types. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the image type.
      type: str
      sample: 321451c1-be59-47b9-b1dd-d345a8ecfc76
    name:
      description: Name of the image type.
      type: str
      sample: Asianux Server 4 (64 bit)
    description:
      description: Description. Null if there is none.
      type: str
      sample: until 2032
    virt_type:
      description: Virtualization type.
      type: str
      sample: CAS
    os_type:
      description: Type of the operating system.
      type: str
      sample: Linux
    operating_system:
      description: The operating system as named by the virtualization platform.
      type: str
      sample: linux|Asianux 4(64-bit)
    built_in:
      description: Whether it came with the platform.
      type: bool
      sample: false
    updated:
      description: When it was last changed. Null if the platform does not return it.
      type: str
      sample: "2017-11-24T09:48:25.484Z"
virt_types:
  description: The virtualization types that the platform supports.
  returned: with V(virt_types) in O(gather)
  type: list
  elements: str
  sample: [CAS, VMware]
os_types:
  description: The types of operating systems that the platform knows.
  returned: with V(os_types) in O(gather)
  type: list
  elements: str
  sample: [Linux, Windows]
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: image-type-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/cloudos/imagetype: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image_type import IMAGE_TYPE

DEFINITION = info_module(IMAGE_TYPE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
