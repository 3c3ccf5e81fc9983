#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_router
short_description: Manage routers of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes routers, their gateways, and their interfaces in subnets.
  - A second run sends one GET request, one more for each kind of object that is specified by name, and one for the
    interfaces.
  - Deleting a router detaches its interfaces first.
  - Routers are those of OpenStack's Neutron, which the published reference does not describe.
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
      - Name of the router, 1 to 255 characters.
      - Required when creating a router. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several routers of the project have this name, the task fails and
        lists their IDs.
    type: str
  id:
    description: ID of an existing router. The platform assigns the ID of a new one.
    type: str
  admin_state_up:
    description: Whether the router forwards packets. The platform enables a new one.
    type: bool
  external_gateway:
    description: Gateway of the router in an external network.
    type: dict
    suboptions:
      network:
        description: External network, by name or ID.
        type: str
        required: true
      subnet:
        description:
          - Subnet of O(external_gateway.network) that the address of the gateway is in, by name or ID.
          - Many platforms allow only administrators to choose it.
        type: str
      ip_address:
        description:
          - Address of the gateway. The platform selects a free one for a new gateway.
          - Many platforms allow only administrators to choose it.
        type: str
      enable_snat:
        description:
          - Whether the gateway translates the addresses of the interfaces. The platform enables it for a new gateway.
          - Many platforms allow only administrators to choose it.
        type: bool
  remove_external_gateway:
    description: Whether the router has no gateway. V(false) leaves it as it is.
    type: bool
    default: false
  interfaces:
    description:
      - Subnets that the router has interfaces in, by name or ID. Each needs a gateway, whose address the router gets.
      - Interfaces in other subnets stay, unless O(purge_interfaces=true).
    type: list
    elements: str
  purge_interfaces:
    description: Whether interfaces in subnets that are not in O(interfaces) are removed.
    type: bool
    default: false
  project:
    description:
      - Project that the router belongs to, by name or ID. Only administrators may choose another one than that of the
        login, which is the default.
      - Changing it requires O(replace=true).
      - The router is looked for by name in this project only.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_router_info
"""

EXAMPLES = r"""
- name: Create a router between a subnet and the internet
  h3c.cloudos.cloudos_router:
    name: edge
    external_gateway:
      network: internet
    interfaces: [web-v4]
  register: created

- name: Do not translate addresses
  h3c.cloudos.cloudos_router:
    name: edge
    external_gateway:
      network: internet
      enable_snat: false

- name: Remove its gateway, and all interfaces but one
  h3c.cloudos.cloudos_router:
    name: edge
    remove_external_gateway: true
    interfaces: [web-v4]
    purge_interfaces: true

- name: Rename it
  h3c.cloudos.cloudos_router:
    id: "{{ created.router.id }}"
    name: core

- name: Ensure the router is absent
  h3c.cloudos.cloudos_router:
    name: core
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
router:
  description:
    - The router after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the router. Null in check mode for a new one.
      type: str
      sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
    name:
      description: Name of the router.
      type: str
      sample: edge
    admin_state_up:
      description: Whether the router forwards packets.
      type: bool
      sample: true
    external_gateway:
      description: Gateway of the router, with its first address. Null if there is none.
      type: dict
      sample:
        network: 2f1c8a52-3a1e-4a44-9a87-0b1f4f6f3f10
        subnet: 8c0d3f6a-5a0e-4b8e-8b39-6a3a4b1f2d11
        ip_address: 198.51.100.10
        enable_snat: true
    interfaces:
      description: IDs of the subnets that the router has interfaces in. Null if O(interfaces) is not specified.
      type: list
      elements: str
      sample: [54d6f61d-db07-451c-9ab3-b9609b6b6f0b]
    project:
      description: ID of the project that the router belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    external_fixed_ips:
      description: All addresses of the gateway.
      type: list
      elements: dict
      sample: [{subnet: 8c0d3f6a-5a0e-4b8e-8b39-6a3a4b1f2d11, ip_address: 198.51.100.10}]
    status:
      description: Status of the router.
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
  description: ID of a router that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
diff:
  description: The options of the router before and after.
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
  sample: {status: 403, operation: router-create}
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
    - "GET /os/compute/v1/v2.1/os-routers: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.router import ROUTER

DEFINITION = state_module(ROUTER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
