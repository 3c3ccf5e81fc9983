#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_network
short_description: Manage networks of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes networks.
  - A second run sends one GET request, and one more for each kind of object that is specified by name.
  - Networks are those of OpenStack's Neutron, which the published reference does not describe.
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
      - Name of the network, 1 to 255 characters.
      - Required when creating a network. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several networks of the project have this name, the task fails and
        lists their IDs.
    type: str
  id:
    description: ID of an existing network. The platform assigns the ID of a new one.
    type: str
  admin_state_up:
    description: Whether the network forwards packets. The platform enables a new one.
    type: bool
  shared:
    description: Whether all projects may use the network. Only administrators may set it.
    type: bool
  external:
    description:
      - Whether the network leads outside, so that routers have gateways in it and floating IP addresses come from it.
      - Only administrators may set it.
    type: bool
  mtu:
    description: Largest packet in bytes.
    type: int
    aliases: [mtu_size]
  port_security_enabled:
    description: Whether new ports of the network filter packets by their addresses and security groups.
    type: bool
  provider_network_type:
    description:
      - How the network is realized. Only administrators may set it.
      - Required when creating a network with O(provider_physical_network) or O(provider_segmentation_id).
      - Changing it requires O(replace=true).
      - Where the login does not see it, an existing network counts as equal.
    type: str
    choices: [flat, vlan, vxlan, gre, geneve, local]
  provider_physical_network:
    description:
      - Name of the physical network of a network of type V(flat) or V(vlan). Only administrators may set it.
      - Changing it requires O(replace=true).
      - Where the login does not see it, an existing network counts as equal.
    type: str
  provider_segmentation_id:
    description:
      - VLAN ID, or tunnel ID, of the network. Only administrators may set it.
      - Changing it requires O(replace=true).
      - Where the login does not see it, an existing network counts as equal.
    type: int
  availability_zones:
    description:
      - Availability zones that may use the network, by name, alias or ID. A plain OpenStack has none.
      - The whole list, in any order; others are removed.
    type: list
    elements: str
  project:
    description:
      - Project that the network belongs to, by name or ID. Only administrators may choose another one than that of the
        login, which is the default.
      - Changing it requires O(replace=true).
      - The network is looked for by name in this project only.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_network_info
"""

EXAMPLES = r"""
- name: Create a network
  h3c.cloudos.cloudos_network:
    name: web
    availability_zones: [nova11]
  register: created

- name: Lower its MTU
  h3c.cloudos.cloudos_network:
    name: web
    mtu: 1450

- name: Rename it
  h3c.cloudos.cloudos_network:
    id: "{{ created.network.id }}"
    name: web-tier

- name: Create an external network on VLAN 300
  h3c.cloudos.cloudos_network:
    name: internet
    external: true
    provider_network_type: vlan
    provider_physical_network: physnet1
    provider_segmentation_id: 300

- name: Ensure the network is absent
  h3c.cloudos.cloudos_network:
    name: web-tier
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
network:
  description:
    - The network after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the network. Null in check mode for a new one.
      type: str
      sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
    name:
      description: Name of the network.
      type: str
      sample: web
    admin_state_up:
      description: Whether the network forwards packets.
      type: bool
      sample: true
    shared:
      description: Whether all projects may use the network.
      type: bool
      sample: false
    external:
      description: Whether the network leads outside.
      type: bool
      sample: false
    mtu:
      description: Largest packet in bytes.
      type: int
      sample: 1500
    port_security_enabled:
      description: Whether new ports of the network filter packets by their addresses and security groups.
      type: bool
      sample: true
    provider_network_type:
      description: How the network is realized. Null where the login does not see it.
      type: str
      sample: vlan
    provider_physical_network:
      description: Name of the physical network. Null where the login does not see it.
      type: str
      sample: physnet1
    provider_segmentation_id:
      description: VLAN ID, or tunnel ID, of the network. Null where the login does not see it.
      type: int
      sample: 101
    availability_zones:
      description: IDs of the availability zones that may use the network. Null where the platform returns none.
      type: list
      elements: str
      sample: [da24b11e-62ba-4cf7-84c3-adadcab07e87]
    project:
      description: ID of the project that the network belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    subnets:
      description: IDs of the subnets of the network.
      type: list
      elements: str
      sample: [54d6f61d-db07-451c-9ab3-b9609b6b6f0b]
    status:
      description: Status of the network.
      type: str
      sample: ACTIVE
    created_at:
      description: Time of its creation. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
    updated_at:
      description: Time of its last change. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
id:
  description: ID of a network that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
diff:
  description: The options of the network before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: web}}
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
  sample: {status: 403, operation: network-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2.1/os-networks: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.network import NETWORK

DEFINITION = state_module(NETWORK)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
