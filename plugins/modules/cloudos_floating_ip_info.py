#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_floating_ip_info
short_description: List floating IPs of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the floating IPs of the project, all of them or those that match.
  - Sends one GET request, and one more for each kind of name that is specified.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  id:
    description: Return only the floating IP with this ID.
    type: str
  address:
    description: Return only the floating IP with this address.
    type: str
  network:
    description: Return only the floating IPs of this external network, by name or ID.
    type: str
  server:
    description: Return only the floating IPs that lead to this server, by name or ID.
    type: str
  port:
    description: Return only the floating IPs that lead to this port, by name or ID.
    type: str
  status:
    description: Return only the floating IPs with this status, such as V(DOWN).
    type: str
  project:
    description: Return the floating IPs of this project, by name or ID. Those of the login's project if it is omitted.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_floating_ip
"""

EXAMPLES = r"""
- name: List all floating IPs
  h3c.cloudos.cloudos_floating_ip_info:
  register: all

- name: Show those that are not in use
  ansible.builtin.debug:
    msg: "{{ all.floating_ips | rejectattr('port') | map(attribute='address') }}"

- name: List the floating IPs of a server
  h3c.cloudos.cloudos_floating_ip_info:
    server: web-1
  register: of_server

- name: Show their addresses
  ansible.builtin.debug:
    msg: "{{ of_server.floating_ips | map(attribute='address') }}"
"""

RETURN = r"""
floating_ips:
  description: The floating IPs. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the floating IP.
      type: str
      sample: 2f245a7b-796b-4f26-9cf9-9e82d248fda7
    network:
      description: ID of its external network.
      type: str
      sample: 5c56f4cc-8b5f-4ac5-b8c0-5d0f0a4f2f6e
    address:
      description: The address.
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
      description: Address that it leads to.
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
      description: Status of the floating IP.
      type: str
      sample: ACTIVE
    router_id:
      description: ID of the router that translates the address. Null if it is not bound.
      type: str
      sample: 4b6d1c1e-7d0d-4b86-9c3c-0f6a2f3c3b51
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
  sample: {status: 403, operation: floating-ip-list}
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
    - "GET /os/compute/v1/v2.1/os-floating-ips: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.floating_ip import FLOATING_IP

DEFINITION = info_module(FLOATING_IP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
