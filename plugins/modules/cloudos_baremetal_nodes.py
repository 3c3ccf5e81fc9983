#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_nodes
short_description: Manage many bare-metal nodes of a CloudOS cloud at once
version_added: "1.0.0"
description:
  - Brings many bare-metal nodes to their desired states in one task. A rack of nodes takes hardly longer than one node.
  - The list is read once for all nodes. They go through their provision states in parallel, and wait together.
  - A second run sends one GET request, and one more for each node with C(ports), C(bios_interface) or
    C(rescue_interface).
  - Only administrators can use this module.
  - Uses the operations of M(h3c.cloudos.cloudos_baremetal_node) of the published reference.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.fleet
  - h3c.cloudos.plan.at_once
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: Only GET requests and the request for a token are sent.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Passwords are set in each run with C(update_password=always). C(clean_steps) and C(reboot) are executed in each
        run.
options:
  baremetal_nodes:
    description:
      - The nodes. Each has the options of M(h3c.cloudos.cloudos_baremetal_node) without those of the connection.
      - No two of them can be the same node, or have the same management controller.
    type: list
    elements: dict
    required: true
  wait_timeout:
    default: 3600
seealso:
  - module: h3c.cloudos.cloudos_baremetal_node
  - module: h3c.cloudos.cloudos_baremetal_node_info
  - module: h3c.cloudos.cloudos_servers
"""

EXAMPLES = r"""
- name: Enrol a rack of nodes and make them available
  h3c.cloudos.cloudos_baremetal_nodes:
    defaults:
      driver: pxe_ipmitool
      resource_class: baremetal
      provision_state: available
    baremetal_nodes:
      - name: rack1-01
        ipmi:
          address: 192.0.2.11
          username: admin
          password: "{{ vault_ipmi_password }}"
      - name: rack1-02
        ipmi:
          address: 192.0.2.12
          username: admin
          password: "{{ vault_ipmi_password }}"
        properties:
          cpus: 48

- name: Put both nodes into maintenance
  h3c.cloudos.cloudos_baremetal_nodes:
    defaults:
      maintenance: true
      maintenance_reason: new fans
    baremetal_nodes:
      - name: rack1-01
      - name: rack1-02

- name: Ensure the nodes are absent
  h3c.cloudos.cloudos_baremetal_nodes:
    state: absent
    baremetal_nodes:
      - name: rack1-01
      - name: rack1-02
"""

RETURN = r"""
baremetal_nodes:
  description:
    - The nodes after the task, or as they would be in check mode, in the order of the members. Absent and failed
      members are not included.
    - Each has the keys of
      M(h3c.cloudos.cloudos_baremetal_node) as
      RV(h3c.cloudos.cloudos_baremetal_node#module:baremetal_node).
  returned: success and failure
  type: list
  elements: dict
  sample:
    - {id: 5c52d6ad-2fa5-4f1a-9c0a-3f8b3b6a5e0d, name: rack1-01, provision_state: available}
results:
  description: Outcome of each member, in the order of the members.
  returned: success and failure
  type: list
  elements: dict
  contains:
    name:
      description: Its name.
      type: str
      sample: rack1-01
    id:
      description: Its ID. Null for one that does not exist.
      type: str
      sample: 5c52d6ad-2fa5-4f1a-9c0a-3f8b3b6a5e0d
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
      description: Identity of its plan, as RV(h3c.cloudos.cloudos_baremetal_node#module:plan_id). Null if there is
        none.
      type: str
      sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
    failed:
      description: V(true) for a failed member. Only present for failed members.
      type: bool
      sample: true
    msg:
      description: Reason of the failure. Only present for failed members.
      type: str
      sample: "The bare-metal node rack1-01 failed: the BMC does not answer."
    error:
      description:
        - Error response of the platform, as RV(h3c.cloudos.cloudos_baremetal_node#module:error). Only present for
          failed members.
      type: dict
      sample: {status: 409, operation: baremetal-node-provision}
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
      after: {name: rack1-01}
      before_header: rack1-01
      after_header: rack1-01
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
  sample: {status: 403, operation: baremetal-node-list}
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
    - "GET /os/bmp/v1/nodes/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.fleet import fleet_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE

DEFINITION = fleet_module(BAREMETAL_NODE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
