#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_image_type
short_description: Manage image types of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes image types, which define the operating systems that images can contain.
  - A change is sent with the whole image type, as the platform requires. Options that are not given keep their current
    values.
  - A second run sends one GET request, which the items of a loop share. A creation sends one more GET request, because
    the platform does not return the new ID.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - 'Name of the image type, 1 to 128 characters. Chinese and full-width characters and C(/ \ : * ? " < > |) are not
        allowed, and no dot at its ends.'
      - Required when creating an image type. It is used to look up the image type, unless O(id) is given. With O(id),
        it can be changed.
      - One of O(name) and O(id) is required. If several image types have this name, O(virt_type) determines which one
        is used. If that does not help, the task fails and lists their IDs.
    type: str
  id:
    description: ID of the image type to look up.
    type: str
  description:
    description: Description, up to 85 characters. An empty string removes it.
    type: str
  virt_type:
    description:
      - Virtualization type, such as V(CAS) or V(VMware). Case is ignored.
      - Required when creating an image type.
      - Without O(id), it is used to look up the image type together with O(name). With O(id), it can be changed.
    type: str
  os_type:
    description:
      - Type of the operating system, such as V(Linux). Case is ignored.
      - Required when creating an image type.
    type: str
  operating_system:
    description:
      - The operating system as named by the virtualization platform, such as V(ubuntu64Guest) on VMware. Up to 64
        characters, none Chinese or full-width.
      - Required when creating an image type.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_image_type_info
  - module: h3c.cloudos.cloudos_image
"""

EXAMPLES = r"""
- name: Create an image type for CAS
  h3c.cloudos.cloudos_image_type:
    name: Rocky Linux 9 (64 bit)
    virt_type: CAS
    os_type: Linux
    operating_system: linux|Rocky Linux 9(64-bit)
  register: rocky

- name: Create an image type for the same system on VMware
  h3c.cloudos.cloudos_image_type:
    name: Rocky Linux 9 (64 bit)
    virt_type: VMware
    os_type: Linux
    operating_system: rockylinux_64Guest

- name: Set a description
  h3c.cloudos.cloudos_image_type:
    name: Rocky Linux 9 (64 bit)
    virt_type: CAS
    description: until 2032

- name: Rename an image type
  h3c.cloudos.cloudos_image_type:
    id: "{{ rocky.image_type.id }}"
    name: Rocky 9

- name: Ensure the image type for VMware is absent
  h3c.cloudos.cloudos_image_type:
    name: Rocky Linux 9 (64 bit)
    virt_type: VMware
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
image_type:
  description: The image type after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the image type. Null for one that check mode would create.
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
id:
  description: ID of an image type that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 321451c1-be59-47b9-b1dd-d345a8ecfc76
diff:
  description: The options of the image type before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: Rocky 9, virt_type: CAS, os_type: Linux, operating_system: linux|Rocky 9}}
plan_id:
  description:
    - Identity of the plan, which is the object, the actions and what they change. It is the same in check mode and in
      the run.
    - With O(only_plan), a run does only what was previewed. On failure, it is that of the plan that was refused.
  returned: success, and on failure if the plan was refused
  type: str
  sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: image-type-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/cloudos/imagetype: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image_type import IMAGE_TYPE

DEFINITION = state_module(IMAGE_TYPE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
