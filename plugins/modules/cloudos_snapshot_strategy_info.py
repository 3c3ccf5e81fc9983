#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_snapshot_strategy_info
short_description: List snapshot strategies of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the snapshot strategies of the project, all of them or those with a given name or ID.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only strategies with exactly this name.
    type: str
  id:
    description: Return only the strategy with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_snapshot_strategy
"""

EXAMPLES = r"""
- name: List all strategies of the project
  h3c.cloudos.cloudos_snapshot_strategy_info:
  register: all_of_them

- name: Show the disabled ones
  ansible.builtin.debug:
    msg: "{{ all_of_them.snapshot_strategies | rejectattr('enabled') | map(attribute='name') }}"

- name: Get a strategy
  h3c.cloudos.cloudos_snapshot_strategy_info:
    name: nightly
"""

RETURN = r"""
snapshot_strategies:
  description: The strategies. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the strategy.
      type: str
      sample: 8f1176dd-b996-4927-a5a6-bc9ba391de85
    name:
      description: Name of the strategy.
      type: str
      sample: nightly
    description:
      description: Description. Null if there is none.
      type: str
      sample: Every night at half past two
    enabled:
      description: Whether it is enabled.
      type: bool
      sample: true
    schedule:
      description: When snapshots are created. C(day) is null for a daily strategy.
      type: dict
      sample: {every: week, day: 3, at: "02:30"}
    max_snapshots:
      description: How many snapshots of a server are kept.
      type: int
      sample: 7
    memory:
      description: Whether the snapshots include the memory of the servers.
      type: bool
      sample: false
    availability_zones:
      description: IDs of the availability zones.
      type: list
      elements: str
      sample: [da24b11e-62ba-4cf7-84c3-adadcab07e87]
    servers:
      description: IDs of the servers.
      type: list
      elements: str
      sample: [cb41616f-caca-49ee-bedd-f6665a254129]
    number:
      description: Second, short ID that the platform assigns to a strategy.
      type: str
      sample: "18"
    availability_zone_names:
      description: Names of the availability zones, as the platform returns them.
      type: str
      sample: nova11
    project:
      description: Name of the project.
      type: str
      sample: admin
    project_id:
      description: ID of the project.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: snapshot-strategy-list}
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
    - "GET /os/compute/v1/cloudos/virtual/snapshot/strategy: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.snapshot_strategy import SNAPSHOT_STRATEGY

DEFINITION = info_module(SNAPSHOT_STRATEGY)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
