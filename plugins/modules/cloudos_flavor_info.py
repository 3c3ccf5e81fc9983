#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_flavor_info
short_description: List flavors of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the flavors that the project can use, all of them or those with a given name or ID. Administrators get the
    private flavors of all projects, too.
  - Sends one GET request, and one for each flavor and kind of O(gather) where the platform does not return it with the
    list.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only flavors with exactly this name.
    type: str
  id:
    description: Return only the flavor with this ID.
    type: str
  detail:
    description:
      - Whether to return all properties. With V(false), only C(id) and C(name) are returned, from the short list of the
        platform, which supports no other filters than O(name) and O(id).
    type: bool
    default: true
  gather:
    description:
      - What to read of each flavor beside its properties.
      - V(extra_specs) are its keys and values, V(projects) the IDs of the projects that may use a private one. Where
        the platform has no such operation, they are empty.
    type: list
    elements: str
    choices: [extra_specs, projects]
    default: []
seealso:
  - module: h3c.cloudos.cloudos_flavor
"""

EXAMPLES = r"""
- name: List all flavors
  h3c.cloudos.cloudos_flavor_info:
  register: all

- name: Get a flavor by name
  h3c.cloudos.cloudos_flavor_info:
    name: web
  register: web

- name: Show how much memory it has
  ansible.builtin.debug:
    msg: "{{ web.flavors[0].ram }} MB"

- name: Get a flavor by ID
  h3c.cloudos.cloudos_flavor_info:
    id: "{{ web.flavors[0].id }}"

- name: List only the IDs and names of all flavors
  h3c.cloudos.cloudos_flavor_info:
    detail: false

- name: List all flavors with their extra specs, and the projects of private ones
  h3c.cloudos.cloudos_flavor_info:
    gather: [extra_specs, projects]

- name: Show the names of all flavors with at least 8 GB of memory
  ansible.builtin.debug:
    msg: "{{ all.flavors | selectattr('ram', '>=', 8192) | map(attribute='name') }}"
"""

RETURN = r"""
flavors:
  description: The flavors. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the flavor.
      type: str
      sample: 00974fcf-6cde-4647-a3b9-8fa9faedb061
    name:
      description: Name of the flavor.
      type: str
      sample: web
    vcpus:
      description: Number of virtual CPUs.
      type: int
      sample: 2
    ram:
      description: Memory in MB.
      type: int
      sample: 4096
    disk:
      description: System disk in GB.
      type: int
      sample: 40
    rxtx_factor:
      description: Factor for the network bandwidth.
      type: float
      sample: 1.0
    swap:
      description: Swap disk in MB. Null if there is none.
      type: int
      sample: 512
    ephemeral:
      description: Second disk in GB.
      type: int
      sample: 0
    is_public:
      description: Whether all projects may use it.
      type: bool
      sample: true
    extra_specs:
      description: Keys and values for the scheduler and the hypervisor. Null unless O(gather) has V(extra_specs).
      type: dict
      sample: {"hw:cpu_policy": dedicated}
    projects:
      description: IDs of the projects that may use a private flavor. Null unless O(gather) has V(projects).
      type: list
      elements: str
      sample: [9052ae85792143ff955c35c52e8e41bd]
    disabled:
      description: Whether it is disabled.
      type: bool
      sample: false
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: flavor-list-detail}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/flavors/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.flavor import FLAVOR

DEFINITION = info_module(FLAVOR)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
