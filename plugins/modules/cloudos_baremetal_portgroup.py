#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_portgroup
short_description: Manage port groups of bare-metal nodes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates and deletes port groups, which combine network cards of a bare-metal node.
  - The platform has no operation that changes a port group. A difference is an error, unless O(replace=true).
  - Ports are added to it with M(h3c.cloudos.cloudos_baremetal_port) or M(h3c.cloudos.cloudos_baremetal_node). A group
    with ports in it is not deleted.
  - A second run sends two GET requests, one for the node and one for its port groups. Nodes are looked up once for all
    items of a local loop.
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
      - Node that the port group belongs to, by name, ID or the address of its management controller.
      - Changing it requires O(replace=true), and the group is only found on the node that is named here.
    type: str
    required: true
  name:
    description:
      - Name of the port group. It is used to look up the port group, unless one with O(id) exists.
      - Required when creating a port group. Changing it requires O(replace=true).
      - One of O(name) and O(id) is required. Port groups of different nodes cannot have the same name.
    type: str
  id:
    description: ID of an existing port group. The platform assigns the ID of a new one.
    type: str
  address:
    description:
      - MAC address of the group. It is compared without regard to case and separators.
      - Changing it requires O(replace=true).
    type: str
  mode:
    description:
      - Bonding mode of the port group, such as V(active-backup) or V(802.3ad).
      - The platform does not list it, so it is not compared.
    type: str
  properties:
    description:
      - Settings of the mode, such as C(miimon).
      - The platform does not list them, so they are not compared.
    type: dict
seealso:
  - module: h3c.cloudos.cloudos_baremetal_node
  - module: h3c.cloudos.cloudos_baremetal_port
"""

EXAMPLES = r"""
- name: Create a port group
  h3c.cloudos.cloudos_baremetal_portgroup:
    node: rack1-node1
    name: bond0
    mode: 802.3ad
    properties:
      miimon: "100"

- name: Add two ports to the port group
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: "{{ item }}"
    port_group: bond0
  loop:
    - 74:ea:cb:75:1c:2b
    - 74:ea:cb:75:1c:2c

- name: Remove one port from the port group
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: 74:ea:cb:75:1c:2b
    port_group: ""

- name: Delete the other port
  h3c.cloudos.cloudos_baremetal_port:
    node: rack1-node1
    address: 74:ea:cb:75:1c:2c
    state: absent

- name: Ensure the port group is absent
  h3c.cloudos.cloudos_baremetal_portgroup:
    node: rack1-node1
    name: bond0
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
baremetal_portgroup:
  description: The port group after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the port group. Null for one that check mode would create.
      type: str
      sample: 1b7305bb-a418-4a6a-a81e-000d14af3a4f
    name:
      description: Name of the port group.
      type: str
      sample: bond0
    node:
      description: ID of the node.
      type: str
      sample: e15691cf-3c7e-437b-9f30-2a9fba829bd7
    address:
      description: MAC address. Null without one.
      type: str
      sample: 74:ea:cb:75:1c:2b
id:
  description: ID of a port group that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 1b7305bb-a418-4a6a-a81e-000d14af3a4f
diff:
  description: The options of the port group before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: bond0}}
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
  sample: {status: 409, operation: baremetal-portgroup-create}
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
    - "GET /os/kinton/v1/v1/portgroups: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.portgroup import BAREMETAL_PORTGROUP

DEFINITION = state_module(BAREMETAL_PORTGROUP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
