#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_router_info
short_description: List routers of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the routers of a project with their interfaces, all of them or the one with a given name or ID.
  - Sends two GET requests, and one more if O(project) is a name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the routers with exactly this name.
    type: str
  id:
    description: Return only the router with this ID.
    type: str
  project:
    description: Project whose routers are listed, by name or ID. That of the login is the default.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_router
"""

EXAMPLES = r"""
- name: List all routers
  h3c.cloudos.cloudos_router_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.routers | map(attribute='name') }}"

- name: Get a router
  h3c.cloudos.cloudos_router_info:
    name: edge
  register: edge

- name: Show its interfaces
  ansible.builtin.debug:
    msg: "{{ edge.routers[0].interfaces }}"
"""

RETURN = r"""
routers:
  description: The routers. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the router.
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
      description: IDs of the subnets that the router has interfaces in.
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
  sample: {status: 403, operation: router-list}
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
    - "GET /os/compute/v1/v2.1/os-routers: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.router import ROUTER

DEFINITION = info_module(ROUTER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
