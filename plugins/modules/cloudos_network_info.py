#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_network_info
short_description: List networks of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the networks of a project, all of them or the one with a given name or ID.
  - Without O(project), networks of other projects that every project may use are listed as well.
  - Sends one GET request, and one more if O(project) is a name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the networks with exactly this name.
    type: str
  id:
    description: Return only the network with this ID.
    type: str
  external:
    description: Return only the networks that lead outside, or only those that do not.
    type: bool
  shared:
    description: Return only the networks that all projects may use, or only those that they may not.
    type: bool
  project:
    description: Project whose networks are listed, by name or ID. That of the login is the default.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_network
"""

EXAMPLES = r"""
- name: List all networks
  h3c.cloudos.cloudos_network_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.networks | map(attribute='name') }}"

- name: List the external networks
  h3c.cloudos.cloudos_network_info:
    external: true

- name: Get a network
  h3c.cloudos.cloudos_network_info:
    name: web
  register: web

- name: Show its subnets
  ansible.builtin.debug:
    msg: "{{ web.networks[0].subnets }}"
"""

RETURN = r"""
networks:
  description: The networks. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the network.
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
  sample: {status: 403, operation: network-list}
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
    - "GET /os/compute/v1/v2.1/os-networks: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.network import NETWORK

DEFINITION = info_module(NETWORK)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
