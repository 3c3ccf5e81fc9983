#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_subnet_info
short_description: List subnets of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the subnets that the login sees, all of them or the one with a given name or ID.
  - Sends one GET request, and one more for each kind of object that is specified by name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the subnets with exactly this name.
    type: str
  id:
    description: Return only the subnet with this ID.
    type: str
  network:
    description: Return only the subnets of this network, by name or ID.
    type: str
  project:
    description: Return only the subnets of this project, by name or ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_subnet
"""

EXAMPLES = r"""
- name: List all subnets
  h3c.cloudos.cloudos_subnet_info:
  register: all

- name: Show their addresses
  ansible.builtin.debug:
    msg: "{{ all.subnets | map(attribute='cidr') }}"

- name: List the subnets of a network
  h3c.cloudos.cloudos_subnet_info:
    network: web
  register: of_web

- name: Show their gateways
  ansible.builtin.debug:
    msg: "{{ of_web.subnets | map(attribute='gateway_ip') }}"
"""

RETURN = r"""
subnets:
  description: The subnets. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the subnet.
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
  sample: {status: 403, operation: subnet-list}
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
    - "GET /os/compute/v1/v2.1/os-subnets: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.subnet import SUBNET

DEFINITION = info_module(SUBNET)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
