#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_template
short_description: Manage server templates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes templates, which hold what new servers have in common.
  - The option C(template) of M(h3c.cloudos.cloudos_server) creates servers from them. A change of a template does not
    affect existing servers.
  - Only the templates of the project are seen and changed.
  - Everything can be changed in place. The platform requires the whole template for that, so options that are not given
    are sent with their current values.
  - A second run sends one GET request. It takes one more for each kind of name that must be resolved to an ID
    (O(image), O(flavor), an alias as O(availability_zone)). The items of a local loop share the list, as long as none
    of them changes anything.
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
      - Name of the template, 1 to 15 letters, digits and underscores.
      - Required when creating a template. With O(id), it is the desired name of the template.
      - One of O(name) and O(id) is required. If several templates have this name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of an existing template. The platform assigns the ID of a new one.
    type: str
  description:
    description:
      - Description of the template, at most 64 characters. Servers do not get it.
    type: str
  image:
    description:
      - Image, by name or ID. Required when creating a template.
    type: str
  flavor:
    description:
      - Flavor, by name or ID. Required when creating a template.
    type: str
  availability_zone:
    description:
      - Availability zone, by its name, its ID or the alias that CloudOS displays. Required when creating a template.
    type: str
  server_type:
    description:
      - Type of the servers. Defaults to V(normal) when creating a template.
    type: str
    choices: [normal, vgpu, gpu, big_data]
  storage_type:
    description:
      - Type of storage, as named by the platform. They are Chinese, and are not translated. Defaults to V(普通), which
        means ordinary, when creating a template.
    type: str
  storage_pool:
    description:
      - Name of the storage pool.
    type: str
  image_source:
    description:
      - Source of the image, as named by the platform. Defaults to V(normal) when creating a template.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_server_template_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create a template for web servers
  h3c.cloudos.cloudos_server_template:
    name: web
    description: Servers of the shop
    image: rocky-9
    flavor: small
    availability_zone: nova11

- name: Create a server from the template
  h3c.cloudos.cloudos_server:
    name: web-1
    template: web
    networks:
      - id: "{{ network_id }}"

- name: Change the flavor of future servers
  h3c.cloudos.cloudos_server_template:
    name: web
    flavor: medium

- name: Ensure the template is absent
  h3c.cloudos.cloudos_server_template:
    name: web
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
server_template:
  description: The template after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
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
id:
  description: ID of a template that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 7f82d460-418a-46d4-942f-45dafad030e8
diff:
  description: The options of the template before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: web, server_type: normal}}
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
  sample: {status: 403, operation: server-template-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 5, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/cloudos/server/templates: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_template import SERVER_TEMPLATE

DEFINITION = state_module(SERVER_TEMPLATE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
