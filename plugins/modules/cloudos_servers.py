#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_servers
short_description: Manage many servers of a CloudOS cloud at once
version_added: "1.0.0"
description:
  - Brings many servers to their desired states in one task. A hundred servers take hardly longer than one.
  - The list is read once for all servers. They are created, changed and deleted in parallel, and wait together.
  - Either O(servers) lists them, or O(name) and a number define a number of similar servers.
  - If new servers have to be created, the quota of the project is checked before anything is changed. If it is not
    sufficient for all of them, the task fails and reports what is missing. Servers of a project without free quota can
    still be changed. If the user may not see the quota, the error of the platform is reported instead.
  - A second run sends one GET request for each page of the list, and one more for each kind of name that must be
    resolved to an ID, or an ID of a network. It sends one more for all servers with C(volumes), and one for each server
    with C(ports), and for each that is not in all of its C(networks).
  - Uses the operations of M(h3c.cloudos.cloudos_server), and C(limits-get) of the published reference.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.fleet
  - h3c.cloudos.plan.at_once
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  servers:
    description:
      - The servers. Each has the options of M(h3c.cloudos.cloudos_server) without those of the connection.
      - No two of them can be the same server.
      - One of O(servers) and O(name) is required.
    type: list
    elements: dict
  name:
    description:
      - Pattern for the names of similar servers, with one placeholder for the number as in C(printf), such as
        V(web-%02d). Without a placeholder, C(-%d) is appended.
      - O(defaults) has their options. O(count) or O(exact_count) is required.
    type: str
  count:
    description:
      - How many servers of this pattern there should be at least.
      - Existing servers are brought to their desired state, however many there are. Missing ones are created with the
        lowest free numbers, beginning with 1.
    type: int
  exact_count:
    description:
      - How many servers of this pattern there should be.
      - It is like O(count), but deletes those with the highest numbers if there are too many. V(0) deletes all.
    type: int
  wait_timeout:
    default: 900
seealso:
  - module: h3c.cloudos.cloudos_server
  - module: h3c.cloudos.cloudos_server_info
  - module: h3c.cloudos.cloudos_baremetal_nodes
  - module: h3c.cloudos.cloudos_quota
"""

EXAMPLES = r"""
- name: Create three servers, each with its own options
  h3c.cloudos.cloudos_servers:
    defaults:
      image: rocky-9
      flavor: small
      availability_zone: nova11
      key_name: deploy
      networks:
        - id: "{{ network_id }}"
    servers:
      - name: web-1
      - name: web-2
      - name: db-1
        flavor: medium
        metadata:
          role: database
  register: shop

- name: Show their addresses
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.addresses.values() | flatten | map(attribute='addr') | join(', ') }}"
  loop: "{{ shop.servers }}"
  loop_control:
    label: "{{ item.name }}"

- name: Create twenty workers, from worker-01 to worker-20
  h3c.cloudos.cloudos_servers:
    name: worker-%02d
    exact_count: 20
    concurrency: 20
    defaults:
      image: rocky-9
      flavor: small
      availability_zone: nova11
      networks:
        - id: "{{ network_id }}"

- name: Create all servers or none
  h3c.cloudos.cloudos_servers:
    name: batch
    count: 3
    on_failure: rollback
    defaults:
      image: rocky-9
      flavor: small
      availability_zone: nova11
      networks:
        - id: "{{ network_id }}"

- name: Stop all workers
  h3c.cloudos.cloudos_servers:
    name: worker-%02d
    count: 0
    defaults:
      power_state: stopped

- name: Ensure there are no workers
  h3c.cloudos.cloudos_servers:
    name: worker-%02d
    exact_count: 0

- name: Ensure these servers are absent
  h3c.cloudos.cloudos_servers:
    state: absent
    servers:
      - name: web-1
      - name: web-2
"""

RETURN = r"""
servers:
  description:
    - The servers after the task, or as they would be in check mode, in the order of the members. Absent and failed
      members are not included.
    - Each has the keys of
      M(h3c.cloudos.cloudos_server) as
      RV(h3c.cloudos.cloudos_server#module:server).
  returned: success and failure
  type: list
  elements: dict
  sample:
    - {id: f4212a1c-01bd-4fca-ab10-94ef7f174a14, name: web-1, status: ACTIVE, power_state: running}
results:
  description: Outcome of each member, in the order of the members.
  returned: success and failure
  type: list
  elements: dict
  contains:
    name:
      description: Its name.
      type: str
      sample: web-1
    id:
      description: Its ID. Null for one that does not exist.
      type: str
      sample: f4212a1c-01bd-4fca-ab10-94ef7f174a14
    outcome:
      description:
        - V(created), V(changed), V(deleted) or V(unchanged); in check mode, what it would be.
        - V(failed), V(rolled_back) for a member that was created and deleted again, V(not_begun) for a member that was
          not processed because another one failed.
      type: str
      sample: created
    changed:
      description: Whether the member was changed.
      type: bool
      sample: true
    actions:
      description: Actions that were taken, or would be taken in check mode, in this order.
      type: list
      elements: str
      sample: [create]
    plan_id:
      description: Identity of its plan, as RV(h3c.cloudos.cloudos_server#module:plan_id). Null if there is none.
      type: str
      sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
    failed:
      description: V(true) for a failed member. Only present for failed members.
      type: bool
      sample: true
    msg:
      description: Reason of the failure. Only present for failed members.
      type: str
      sample: "The server web-1 (f4212a1c-01bd-4fca-ab10-94ef7f174a14) failed: No valid host was found."
    error:
      description:
        - Error response of the platform, as RV(h3c.cloudos.cloudos_server#module:error). Only present for failed
          members.
      type: dict
      sample: {status: 409, operation: server-create}
    recreate:
      description:
        - The options that create the successor, without secrets, if a member was deleted because of C(replace=true) and
          could not be created again. Only present in this case.
      type: dict
      sample: {power_state: running}
counts:
  description: Number of members by outcome.
  returned: success and failure
  type: dict
  contains:
    created:
      description: Number of members that were created.
      type: int
      sample: 100
    changed:
      description: Number of members that were changed or replaced.
      type: int
      sample: 0
    deleted:
      description: Number of members that were deleted.
      type: int
      sample: 0
    unchanged:
      description: Number of members that were already in the desired state.
      type: int
      sample: 0
    failed:
      description: Number of members that failed.
      type: int
      sample: 0
    rolled_back:
      description: Number of members that were created and deleted again.
      type: int
      sample: 0
    not_begun:
      description: Number of members that were not processed because another one failed.
      type: int
      sample: 0
diff:
  description: Options of each changed member before and after. Passwords that are set are shown as asterisks.
  returned: in diff mode
  type: list
  elements: dict
  sample:
    - before: {}
      after: {name: web-1}
      before_header: web-1
      after_header: web-1
plan_id:
  description:
    - Identity of the plan of all members. It is the same in check mode and in the run.
    - With O(only_plan), a run does only what was previewed. On failure, it is that of the plan that was refused.
  returned: success, and on failure if the plan was refused
  type: str
  sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure of the whole task, if a request failed
  type: dict
  sample: {status: 403, operation: server-list-detail}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 9, POST: 100}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "POST /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers: status 429, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.fleet import fleet_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER

DEFINITION = fleet_module(SERVER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
