#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_floating_ip
short_description: Manage floating IPs of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, binds, unbinds and releases floating IPs. These are addresses of an external network that lead to a server.
  - The published reference of the platform does not have these operations. They are those of OpenStack (Neutron).
  - A floating IP has no name. It is identified by O(address) or O(id), or else by the O(server) or O(port) that it
    leads to. A server that has a floating IP of the O(network) does not get a second one.
  - A second run sends one GET request, and one more for each kind of name that is specified.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  state:
    description:
      - V(present) creates the floating IP if it does not exist, and binds it to O(server) or O(port).
      - V(absent) releases it. The address is lost for the project.
      - V(unbound) keeps it, but unbinds it. If O(server) or O(port) has none, nothing is changed.
      - V(unbound) with O(network) alone ensures that the project has a floating IP of this network that is not bound.
        If it has several, nothing is changed.
    choices: [present, absent, unbound]
  id:
    description: ID of an existing floating IP. The platform assigns the ID of a new one.
    type: str
  network:
    description:
      - External network, by name or ID.
      - Required when creating a floating IP. Changing it requires O(replace=true).
      - With O(server) or O(port), only floating IPs of this network are considered.
    type: str
  address:
    description:
      - Address of the floating IP.
      - If the project has none with this address, it is created. Platforms usually allow only administrators to choose
        the address of a new one.
      - Changing it requires O(replace=true). One of O(address), O(server), O(port), O(id) and O(network) is required.
    type: str
    aliases: [floating_ip_address]
  server:
    description:
      - Server that the floating IP leads to, by name or ID.
      - Its port is used. If it has several, specify O(fixed_address) or O(port).
      - A server that does not exist has no floating IP that could be released or unbound.
    type: str
  port:
    description: Port that the floating IP leads to, by name or ID.
    type: str
  fixed_address:
    description: Address of the server or the port that the floating IP leads to. The first one if it is omitted.
    type: str
  norm:
    description: Bandwidth norm of the floating IP, as the platform names it (C(h3c_norm)).
    type: str
  project:
    description:
      - Project that the floating IP belongs to, by name or ID. That of the login if it is omitted.
      - Only administrators can create one for another project. Changing it requires O(replace=true).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_floating_ip_info
  - module: h3c.cloudos.cloudos_network
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Give a server a floating IP
  h3c.cloudos.cloudos_floating_ip:
    network: internet
    server: web-1
  register: given

- name: Bind this address to another server
  h3c.cloudos.cloudos_floating_ip:
    address: "{{ given.floating_ip.address }}"
    server: web-2

- name: Unbind it, and keep it
  h3c.cloudos.cloudos_floating_ip:
    server: web-2
    state: unbound

- name: Ensure that there is a floating IP that is not in use
  h3c.cloudos.cloudos_floating_ip:
    network: internet
    state: unbound
  register: free

- name: Release it
  h3c.cloudos.cloudos_floating_ip:
    address: "{{ free.floating_ip.address }}"
    state: absent

- name: Ensure that a server has no floating IP
  h3c.cloudos.cloudos_floating_ip:
    server: web-2
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
floating_ip:
  description:
    - The floating IP after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the floating IP. Null in check mode for a new one.
      type: str
      sample: 2f245a7b-796b-4f26-9cf9-9e82d248fda7
    network:
      description: ID of its external network.
      type: str
      sample: 5c56f4cc-8b5f-4ac5-b8c0-5d0f0a4f2f6e
    address:
      description: The address. Null in check mode for a new one, unless it was specified.
      type: str
      sample: 203.0.113.7
    server:
      description: ID of the server that it leads to. Null if it leads to none, or if the platform does not report it.
      type: str
      sample: 1750701b-f8ab-4ba6-aee7-54ebecf65819
    port:
      description: ID of the port that it leads to. Null if it is not bound.
      type: str
      sample: ce531f90-199f-48c0-816c-13e38010b442
    fixed_address:
      description: Address that it leads to. Null if it is not bound, and in check mode if it would be bound.
      type: str
      sample: 192.168.10.101
    norm:
      description: Its bandwidth norm. Null if it has none.
      type: str
      sample: 10M
    project:
      description: ID of the project that it belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    status:
      description: Status of the floating IP. Null in check mode if its binding would change.
      type: str
      sample: ACTIVE
    router_id:
      description: ID of the router that translates the address. Null if it is not bound.
      type: str
      sample: 4b6d1c1e-7d0d-4b86-9c3c-0f6a2f3c3b51
    created_at:
      description: Time of its creation. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
    updated_at:
      description: Time of its last change. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
id:
  description: ID of a floating IP that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 2f245a7b-796b-4f26-9cf9-9e82d248fda7
diff:
  description: The options of the floating IP before and after.
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
  sample: {status: 403, operation: floating-ip-create}
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
    - "GET /os/compute/v1/v2.1/os-floating-ips: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.floating_ip import FLOATING_IP

DEFINITION = state_module(FLOATING_IP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
