#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_port
short_description: Manage ports of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes ports of networks, the addresses that servers and others use.
  - A second run sends one GET request, and one more for each kind of object that is specified by name.
  - A port that is in use is not deleted; the error names the server.
  - Ports are those of OpenStack's Neutron, which the published reference does not describe.
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
      - Name of the port, 1 to 255 characters.
      - Required when creating a port. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several ports of the project have this name, the task fails and lists
        their IDs.
    type: str
  id:
    description: ID of an existing port. The platform assigns the ID of a new one.
    type: str
  network:
    description:
      - Network that the port belongs to, by name or ID.
      - Required when creating a port. Changing it requires O(replace=true).
    type: str
  fixed_ips:
    description:
      - Addresses of the port. The platform selects one for a new port if the option is not specified.
      - Each entry needs O(fixed_ips[].subnet), O(fixed_ips[].ip_address), or both.
      - The whole list, in any order; others are removed.
    type: list
    elements: dict
    suboptions:
      subnet:
        description: Subnet of the network that the address is in, by name or ID.
        type: str
      ip_address:
        description: The address. The platform selects a free one of the subnet if it is not specified.
        type: str
  mac_address:
    description:
      - MAC address of the port, in any common notation. The platform selects one if it is not specified.
      - Changing it requires O(replace=true).
    type: str
  security_groups:
    description:
      - Security groups of the port, by name or ID. A new port is in the default group of its project.
      - The whole list, in any order; others are removed.
    type: list
    elements: str
  allowed_address_pairs:
    description:
      - Further addresses that the port may send from.
      - The whole list, in any order; others are removed.
    type: list
    elements: dict
    suboptions:
      ip_address:
        description: An address, or a network such as V(192.0.2.0/24).
        type: str
        required: true
      mac_address:
        description: The MAC address that belongs to it. That of the port is the default.
        type: str
  port_security_enabled:
    description:
      - Whether packets are filtered by their addresses and by security groups. The default is that of the network.
      - A port with O(security_groups) or O(allowed_address_pairs) cannot be without it.
    type: bool
  admin_state_up:
    description: Whether the port forwards packets. The platform enables a new one.
    type: bool
  vnic_type:
    description: How the port is connected to a server. The platform selects V(normal) for a new port.
    type: str
    choices: [normal, direct, direct-physical, macvtap, baremetal, virtio-forwarder, smart-nic]
  project:
    description:
      - Project that the port belongs to, by name or ID. Only administrators may choose another one than that of the
        login, which is the default.
      - Changing it requires O(replace=true).
      - The port is looked for by name in this project only.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_port_info
"""

EXAMPLES = r"""
- name: Create a port with an address of a subnet
  h3c.cloudos.cloudos_port:
    name: web-1
    network: web
    fixed_ips:
      - subnet: web-v4
    security_groups: [default]
  register: created

- name: Show its address
  ansible.builtin.debug:
    msg: "{{ created.port.fixed_ips[0].ip_address }}"

- name: Allow it to send from a virtual address
  h3c.cloudos.cloudos_port:
    name: web-1
    allowed_address_pairs:
      - ip_address: 10.40.1.200

- name: Rename it
  h3c.cloudos.cloudos_port:
    id: "{{ created.port.id }}"
    name: web-server

- name: Ensure the port is absent
  h3c.cloudos.cloudos_port:
    name: web-server
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
port:
  description:
    - The port after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the port. Null in check mode for a new one.
      type: str
      sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
    name:
      description: Name of the port.
      type: str
      sample: web-1
    network:
      description: ID of the network.
      type: str
      sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
    fixed_ips:
      description: Addresses of the port, each with the ID of its subnet.
      type: list
      elements: dict
      sample: [{subnet: 54d6f61d-db07-451c-9ab3-b9609b6b6f0b, ip_address: 10.40.1.17}]
    mac_address:
      description: MAC address of the port.
      type: str
      sample: fa:16:3e:0a:0b:0c
    security_groups:
      description: IDs of the security groups of the port.
      type: list
      elements: str
      sample: [eaa60c5e-de09-4156-9a0f-288705e833e9]
    allowed_address_pairs:
      description: Further addresses that the port may send from.
      type: list
      elements: dict
      sample: [{ip_address: 10.40.1.200, mac_address: "fa:16:3e:0a:0b:0c"}]
    port_security_enabled:
      description: Whether packets are filtered by their addresses and by security groups.
      type: bool
      sample: true
    admin_state_up:
      description: Whether the port forwards packets.
      type: bool
      sample: true
    vnic_type:
      description: How the port is connected to a server.
      type: str
      sample: normal
    project:
      description: ID of the project that the port belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    device_id:
      description: ID of the server or router that uses the port. Null if nothing does.
      type: str
      sample: 5a0e8c0d-3f6a-4b8e-8b39-6a3a4b1f2d11
    device_owner:
      description: What kind of device uses the port. Null if nothing does.
      type: str
      sample: compute:nova
    status:
      description: Status of the port.
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
  description: ID of a port that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 0b7f4f0e-5d8a-4f0c-9a53-2d6c1a9e7b10
diff:
  description: The options of the port before and after.
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
  sample: {status: 403, operation: port-create}
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
    - "GET /os/compute/v1/v2.1/os-ports: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.port import PORT

DEFINITION = state_module(PORT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
