#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_group
short_description: Manage server groups of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates and deletes server groups, which determine which servers share a host and which must not.
  - A server joins a group when it is created, by C(server_group) of M(h3c.cloudos.cloudos_server). It leaves it when it
    is deleted.
  - The platform has no operation that changes a group. A difference is an error, unless O(replace=true). A new group
    has no members, so replacing one frees the servers that are in it.
  - Only groups of the project are found, though the platform may list those of others.
  - A second run sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - >-
        Name of the server group. 1 to 64 characters, none of them full-width and none of C(/ : * ? " < > |), no dot at
        the ends.
      - Required when creating a server group. Changing it requires O(id) and O(replace=true).
      - One of O(name) and O(id) is required. If several groups have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing server group. The platform assigns the ID of a new one.
    type: str
  policy:
    description:
      - V(affinity) keeps the servers of the group on one host, V(anti-affinity) on different ones.
      - V(soft-affinity) and V(soft-anti-affinity) do so as far as there is room. They are policies of OpenStack (Nova
        2.15 or later), which the published reference does not have. If the platform refuses them, the task fails.
      - Required when creating a server group. Changing it requires O(replace=true).
    type: str
    choices: [affinity, anti-affinity, soft-affinity, soft-anti-affinity]
seealso:
  - module: h3c.cloudos.cloudos_server_group_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create a server group whose servers do not share a host
  h3c.cloudos.cloudos_server_group:
    name: web
    policy: anti-affinity

- name: Create two servers in the group
  h3c.cloudos.cloudos_server:
    name: "web-{{ item }}"
    image: rocky-9
    flavor: small
    availability_zone: nova11
    server_group: web
    networks:
      - id: "{{ network_id }}"
  loop: [1, 2]

- name: Change the policy by recreating the group
  h3c.cloudos.cloudos_server_group:
    name: web
    policy: affinity
    replace: true

- name: Create a group whose servers share a host only if there is no other
  h3c.cloudos.cloudos_server_group:
    name: batch
    policy: soft-anti-affinity

- name: Ensure the server group is absent
  h3c.cloudos.cloudos_server_group:
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
server_group:
  description: The server group after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
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
id:
  description: ID of a server group that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 4568e3cd-f73f-40c6-87fd-ca32261c9c1f
diff:
  description: The options of the server group before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: web, policy: anti-affinity}}
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
  sample: {status: 403, operation: server-group-create}
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
    - "GET /os/compute/v1/v2.1/os-server-groups: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_group import SERVER_GROUP

DEFINITION = state_module(SERVER_GROUP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
