#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_port_info
short_description: List ports of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the ports of a project, all of them or the one with a given name or ID.
  - Sends one GET request, and one more for each kind of object that is specified by name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the ports with exactly this name.
    type: str
  id:
    description: Return only the port with this ID.
    type: str
  network:
    description: Return only the ports of this network, by name or ID.
    type: str
  device_id:
    description: Return only the ports that the server or router with this ID uses.
    type: str
  project:
    description: Project whose ports are listed, by name or ID. That of the login is the default.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_port
"""

EXAMPLES = r"""
- name: List all ports
  h3c.cloudos.cloudos_port_info:
  register: all

- name: Show their addresses
  ansible.builtin.debug:
    msg: "{{ all.ports | map(attribute='fixed_ips') | flatten | map(attribute='ip_address') }}"

- name: List the ports of a network
  h3c.cloudos.cloudos_port_info:
    network: web
  register: of_web

- name: Show those that nothing uses
  ansible.builtin.debug:
    msg: "{{ of_web.ports | rejectattr('device_id') | map(attribute='name') }}"
"""

RETURN = r"""
ports:
  description: The ports. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the port.
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
      description: Time of its creation.
      type: str
      sample: "2026-11-30T08:15:00Z"
    updated_at:
      description: Time of its last change.
      type: str
      sample: "2026-11-30T08:15:00Z"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: port-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2.1/os-ports: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.port import PORT

DEFINITION = info_module(PORT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
