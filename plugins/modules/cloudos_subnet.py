#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_subnet
short_description: Manage subnets of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes subnets, the addresses of networks.
  - A second run sends one GET request, and one more for each kind of object that is specified by name.
  - Subnets are those of OpenStack's Neutron, which the published reference does not describe.
  - Addresses are compared in their canonical form, such as V(2001:db8::1) for V(2001:DB8:0::1).
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
      - Name of the subnet, 1 to 255 characters.
      - Required when creating a subnet. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several subnets of the project have this name, O(network) selects
        one of them; otherwise the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing subnet. The platform assigns the ID of a new one.
    type: str
  network:
    description:
      - Network that the subnet belongs to, by name or ID.
      - Required when creating a subnet. Changing it requires O(replace=true).
    type: str
    aliases: [network_name]
  cidr:
    description:
      - Addresses of the subnet, such as V(192.0.2.0/24).
      - Required when creating a subnet. With O(replace=true), the gateway, O(allocation_pools) and O(host_routes) of
        another network are not taken over.
    type: str
  ip_version:
    description:
      - Version of the addresses. It follows from O(cidr), and has to match it.
      - Changing it requires O(replace=true).
    type: int
    choices: [4, 6]
  gateway_ip:
    description:
      - Address of the gateway. The platform takes the first address of O(cidr) for a new subnet.
      - It must not be one of the O(allocation_pools).
    type: str
  disable_gateway_ip:
    description: Whether the subnet has no gateway. V(false) leaves the gateway as it is.
    type: bool
    aliases: [no_gateway_ip]
    default: false
  enable_dhcp:
    description: Whether addresses are handed out by DHCP. The platform enables it for a new subnet.
    type: bool
  allocation_pools:
    description:
      - Ranges of addresses that ports without an address of their own get.
      - The whole list, in any order; others are removed.
    type: list
    elements: dict
    suboptions:
      start:
        description: First address.
        type: str
        required: true
      end:
        description: Last address.
        type: str
        required: true
  dns_nameservers:
    description:
      - Addresses of the name servers, in the order in which they are asked.
      - The whole list; others are removed.
    type: list
    elements: str
  host_routes:
    description:
      - Routes that the hosts of the subnet get.
      - The whole list, in any order; others are removed.
    type: list
    elements: dict
    suboptions:
      destination:
        description: Network that the route leads to, such as V(198.51.100.0/24).
        type: str
        required: true
      nexthop:
        description: Address that packets are sent to.
        type: str
        required: true
  project:
    description:
      - Project that the subnet belongs to, by name or ID. Only administrators may choose another one than that of the
        login, which is the default.
      - Changing it requires O(replace=true).
      - The subnet is looked for by name in this project only.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_subnet_info
"""

EXAMPLES = r"""
- name: Create a subnet
  h3c.cloudos.cloudos_subnet:
    name: web-v4
    network: web
    cidr: 10.40.1.0/24
    gateway_ip: 10.40.1.1
    allocation_pools:
      - start: 10.40.1.10
        end: 10.40.1.99
    dns_nameservers: [10.40.0.53]
  register: created

- name: Add a name server and a route
  h3c.cloudos.cloudos_subnet:
    name: web-v4
    dns_nameservers: [10.40.0.53, 10.40.0.54]
    host_routes:
      - destination: 10.50.0.0/16
        nexthop: 10.40.1.254

- name: Remove its gateway
  h3c.cloudos.cloudos_subnet:
    name: web-v4
    disable_gateway_ip: true

- name: Rename it
  h3c.cloudos.cloudos_subnet:
    id: "{{ created.subnet.id }}"
    name: web-tier

- name: Ensure the subnet is absent
  h3c.cloudos.cloudos_subnet:
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
subnet:
  description:
    - The subnet after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the subnet. Null in check mode for a new one.
      type: str
      sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
    name:
      description: Name of the subnet.
      type: str
      sample: web-v4
    network:
      description: ID of the network.
      type: str
      sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
    cidr:
      description: Addresses of the subnet.
      type: str
      sample: 10.40.1.0/24
    ip_version:
      description: Version of the addresses.
      type: int
      sample: 4
    gateway_ip:
      description: Address of the gateway. Null if there is none.
      type: str
      sample: 10.40.1.1
    enable_dhcp:
      description: Whether addresses are handed out by DHCP.
      type: bool
      sample: true
    allocation_pools:
      description: Ranges of addresses that ports without an address of their own get.
      type: list
      elements: dict
      sample: [{start: 10.40.1.10, end: 10.40.1.99}]
    dns_nameservers:
      description: Addresses of the name servers.
      type: list
      elements: str
      sample: [10.40.0.53]
    host_routes:
      description: Routes that the hosts of the subnet get.
      type: list
      elements: dict
      sample: [{destination: 10.50.0.0/16, nexthop: 10.40.1.254}]
    project:
      description: ID of the project that the subnet belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    created_at:
      description: Time of its creation. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
    updated_at:
      description: Time of its last change. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
id:
  description: ID of a subnet that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
diff:
  description: The options of the subnet before and after.
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
  sample: {status: 403, operation: subnet-create}
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
    - "GET /os/compute/v1/v2.1/os-subnets: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.subnet import SUBNET

DEFINITION = state_module(SUBNET)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
