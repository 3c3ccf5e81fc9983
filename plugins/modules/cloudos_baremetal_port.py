#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_port
short_description: Manage ports of bare-metal nodes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates and deletes ports, which are the network cards of bare-metal nodes, and adds them to port groups and removes
    them.
  - Ironic allows changes to a port of a provided node only while the node is in maintenance. The module puts the node
    into maintenance for the change, unless it already is.
  - A second run sends two GET requests, one for the node and one for its ports. Nodes are looked up once for all items
    of a local loop. It takes one more for the name of a port group that the port is not in.
  - Only administrators can use this module.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  node:
    description:
      - Node that the port belongs to, by name, ID or the address of its management controller.
      - Changing it requires O(replace=true), and the port is only found on the node that is named here.
    type: str
    required: true
  address:
    description:
      - MAC address. It is compared without regard to case and separators.
      - Required when creating a port. With O(id), changing it requires O(replace=true).
      - One of O(address) and O(id) is required.
    type: str
  id:
    description: ID of an existing port. The platform assigns the ID of a new one.
    type: str
  port_group:
    description:
      - Port group of the node to which the port belongs, by name or ID. An empty string removes it from its group.
    type: str
  pxe_enabled:
    description: Whether the node may boot from the network through this port. Ironic allows it for a new port.
    type: bool
seealso:
  - module: h3c.cloudos.cloudos_baremetal_node
  - module: h3c.cloudos.cloudos_baremetal_portgroup
"""

EXAMPLES = r"""
- name: Create a port
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: 74-EA-CB-75-1C-2B

- name: Add the port to a port group
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: 74:ea:cb:75:1c:2b
    port_group: bond0

- name: Remove the port from its port group
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: 74:ea:cb:75:1c:2b
    port_group: ""

- name: Ensure the port is absent
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: 74:ea:cb:75:1c:2b
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [maintenance_on, bind, maintenance_off]
baremetal_port:
  description: The port after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the port. Null for a port that check mode would create.
      type: str
      sample: d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5
    node:
      description: ID of the node.
      type: str
      sample: e15691cf-3c7e-437b-9f30-2a9fba829bd7
    address:
      description: MAC address.
      type: str
      sample: 74:ea:cb:75:1c:2b
    port_group:
      description: ID of the port group to which it belongs. Null if there is none.
      type: str
      sample: 1b7305bb-a418-4a6a-a81e-000d14af3a4f
    pxe_enabled:
      description: Whether the node may boot from the network through this port.
      type: bool
      sample: true
    physical_network:
      description: Physical network to which it is connected, if the platform knows it.
      type: str
      sample: physnet1
    local_link_connection:
      description: Switch and port to which it is connected, if the platform knows them.
      type: dict
      sample: {port_id: Twenty-FiveGigE1/1/1, switch_id: "74:ea:cb:5a:30:52"}
    created_at:
      description: When the port was created.
      type: str
      sample: "2018-10-09T08:48:03+00:00"
    updated_at:
      description: When the port was last changed.
      type: str
      sample: "2018-11-19T23:52:09+00:00"
id:
  description: ID of a port that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5
diff:
  description: The options of the port before and after.
  returned: in diff mode
  type: dict
  sample: {before: {pxe_enabled: true}, after: {pxe_enabled: false}}
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
  sample: {status: 409, operation: baremetal-port-create}
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
    - "GET /os/kinton/v1/v1/nodes/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.port import BAREMETAL_PORT

DEFINITION = state_module(BAREMETAL_PORT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
