#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_snapshot_strategy
short_description: Manage snapshot strategies of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes strategies by which the platform takes whole-VM snapshots of servers by itself.
  - Only the strategies of the project are seen and changed.
  - Everything can be changed in place. The platform wants the whole strategy for that, so what is not given is sent as
    it is.
  - A second run takes one GET. It takes one more for each kind of name that must become an ID (O(servers),
    O(availability_zones)). The items of a local loop share the list, as long as none of them changes anything.
  - Uses the operations C(snapshot-strategy-list), C(snapshot-strategy-create), C(snapshot-strategy-update) and
    C(snapshot-strategy-delete) of the published reference, and for names C(server-list-detail) and C(azone-list).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the strategy, 1 to 32 Chinese characters, letters, digits, hyphens, underscores and dots.
      - Needed for a new strategy. With O(id), it is the name that the strategy shall have.
      - One of O(name) and O(id) is needed. If several strategies bear the name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of a strategy that exists. New ones get theirs from the platform.
    type: str
  description:
    description:
      - Description, at most 120 characters.
    type: str
  enabled:
    description:
      - Whether the strategy is in force. A new strategy gets V(true).
    type: bool
  schedule:
    description:
      - When snapshots are taken. Needed for a new strategy.
      - What is not given of it stays as it is.
    type: dict
    suboptions:
      every:
        description: How often. A new strategy needs it.
        type: str
        choices: [day, week, month]
      day:
        description:
          - Day of the week, 1 to 7, or day of the month, 1 to 31. Needed with another O(schedule.every) than before,
            unless that is V(day), which has none.
          - The reference does not say with which day a week begins.
        type: int
      at:
        description:
          - Time of day in 24 hours, in the time zone of the platform. A new strategy needs it.
          - Write it in quotes, because YAML takes V(12:30) for a number.
        type: str
  max_snapshots:
    description:
      - How many snapshots of a server are kept, at least 1. Needed for a new strategy.
    type: int
  memory:
    description:
      - Whether the snapshots hold the memory of the servers too. A new strategy gets V(false).
    type: bool
  availability_zones:
    description:
      - Availability zones of the strategy, by name, alias or ID. Needed for a new strategy. All of them have to belong
        to one CVM.
      - Others stay, unless O(purge_availability_zones=true).
    type: list
    elements: str
  purge_availability_zones:
    description:
      - Whether to remove all zones that are not in O(availability_zones).
    type: bool
    default: false
  servers:
    description:
      - Servers to take snapshots of, by name or ID.
      - Others stay, unless O(purge_servers=true).
    type: list
    elements: str
  purge_servers:
    description:
      - Whether to remove all servers that are not in O(servers). An empty list of O(servers) removes them all.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_snapshot_strategy_info
  - module: h3c.cloudos.cloudos_vm_snapshot
"""

EXAMPLES = r"""
- name: A snapshot of two servers every night
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    description: Every night at half past two
    schedule:
      every: day
      at: "02:30"
    max_snapshots: 7
    availability_zones: [nova11]
    servers: [web-1, db-1]

- name: Every week instead
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    schedule:
      every: week
      day: 3

- name: Only one of the servers
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    servers: [db-1]
    purge_servers: true

- name: Not now
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    enabled: false

- name: No such strategy
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    state: absent
"""

RETURN = r"""
actions:
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [create]
snapshot_strategy:
  description: The strategy as it is, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
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
      description: Description. Null where there is none.
      type: str
      sample: Every night at half past two
    enabled:
      description: Whether it is in force.
      type: bool
      sample: true
    schedule:
      description: When snapshots are taken. C(day) is null for one of every day.
      type: dict
      sample: {every: week, day: 3, at: "02:30"}
    max_snapshots:
      description: How many snapshots of a server are kept.
      type: int
      sample: 7
    memory:
      description: Whether the snapshots hold the memory of the servers.
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
      description: The second, short ID that the platform gives a strategy.
      type: str
      sample: "18"
    availability_zone_names:
      description: Names of the availability zones, as the platform tells them.
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
id:
  description: ID of a strategy that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 8f1176dd-b996-4927-a5a6-bc9ba391de85
diff:
  description: The options of the strategy before and after.
  returned: in diff mode
  type: dict
  sample: {before: {enabled: true, name: nightly}, after: {enabled: false, name: nightly}}
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: snapshot-strategy-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3, POST: 1}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/cloudos/virtual/snapshot/strategy: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.snapshot_strategy import SNAPSHOT_STRATEGY

DEFINITION = state_module(SNAPSHOT_STRATEGY)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
