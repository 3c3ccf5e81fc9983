#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_template_info
short_description: List server templates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the server templates of the project, all of them or those with a given name or ID.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only templates with exactly this name.
    type: str
  id:
    description: Return only the template with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_server_template
"""

EXAMPLES = r"""
- name: List all templates of the project
  h3c.cloudos.cloudos_server_template_info:
  register: all_of_them

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all_of_them.server_templates | map(attribute='name') }}"

- name: Get a template
  h3c.cloudos.cloudos_server_template_info:
    name: web
"""

RETURN = r"""
server_templates:
  description: The templates. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the template.
      type: str
      sample: 7f82d460-418a-46d4-942f-45dafad030e8
    name:
      description: Name of the template.
      type: str
      sample: web
    description:
      description: Description of the template. Null if there is none.
      type: str
      sample: Servers of the shop
    image:
      description: ID of the image.
      type: str
      sample: 14bfe5b8-1cc9-489b-8293-cc455866aaba
    flavor:
      description: ID of the flavor.
      type: str
      sample: 83479e9c-571e-4dd8-98b1-9847f40411e9
    availability_zone:
      description: Name of the availability zone.
      type: str
      sample: nova11
    availability_zone_id:
      description: ID of the availability zone.
      type: str
      sample: da24b11e-62ba-4cf7-84c3-adadcab07e87
    server_type:
      description: V(normal), V(vgpu), V(gpu) or V(big_data). The ID of the norm for any other type.
      type: str
      sample: normal
    storage_type:
      description: Type of storage, as named by the platform.
      type: str
      sample: 普通
    storage_pool:
      description: Name of the storage pool. Null if there is none.
      type: str
      sample: isopool
    image_source:
      description: Source of the image, as named by the platform.
      type: str
      sample: normal
    project_id:
      description: ID of the project.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    user_id:
      description: ID of the user that created it.
      type: str
      sample: 1df71957d770436493a84f24d9344853
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: server-template-list}
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
    - "GET /os/kinton/v1/cloudos/server/templates: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_template import SERVER_TEMPLATE

DEFINITION = info_module(SERVER_TEMPLATE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
