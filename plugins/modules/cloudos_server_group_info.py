#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_group_info
short_description: List server groups of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the server groups of the project, all of them or those with a given name or ID.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only server groups with exactly this name.
    type: str
  id:
    description: Return only the server group with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_server_group
"""

EXAMPLES = r"""
- name: List all server groups of the project
  h3c.cloudos.cloudos_server_group_info:
  register: all

- name: Show how many servers are in each
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.members | length }}"
  loop: "{{ all.server_groups }}"
  loop_control:
    label: "{{ item.name }}"

- name: Get a server group
  h3c.cloudos.cloudos_server_group_info:
    name: web
"""

RETURN = r"""
server_groups:
  description: The server groups. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the server group.
      type: str
      sample: 4568e3cd-f73f-40c6-87fd-ca32261c9c1f
    name:
      description: Name of the server group.
      type: str
      sample: web
    policy:
      description: Policy of the group.
      type: str
      sample: anti-affinity
    members:
      description: IDs of the servers in the group.
      type: list
      elements: str
      sample: [82750972-9c36-4ed6-9d8c-26fb57aeba88]
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
  sample: {status: 403, operation: server-group-list}
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
    - "GET /os/compute/v1/v2.1/os-server-groups: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_group import SERVER_GROUP

DEFINITION = info_module(SERVER_GROUP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
