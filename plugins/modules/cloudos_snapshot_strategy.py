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
  - Creates, changes and deletes strategies by which the platform creates whole-VM snapshots of servers automatically.
  - Only the strategies of the project are seen and changed.
  - Everything can be changed in place. The platform requires the whole strategy for that, so options that are not given
    are sent with their current values.
  - A second run sends one GET request. It takes one more for each kind of name that must be resolved to an ID
    (O(servers), O(availability_zones)). The items of a local loop share the list, as long as none of them changes
    anything.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the strategy, 1 to 32 Chinese characters, letters, digits, hyphens, underscores and dots.
      - Required when creating a strategy. With O(id), it is the desired name of the strategy.
      - One of O(name) and O(id) is required. If several strategies have this name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of an existing strategy. The platform assigns the ID of a new one.
    type: str
  description:
    description:
      - Description, at most 120 characters.
    type: str
  enabled:
    description:
      - Whether the strategy is enabled. Defaults to V(true) when creating a strategy.
    type: bool
  schedule:
    description:
      - When snapshots are created. Required when creating a strategy.
      - Keys that are not given keep their current values.
    type: dict
    suboptions:
      every:
        description: How often. Required when creating a strategy.
        type: str
        choices: [day, week, month]
      day:
        description:
          - Day of the week, 1 to 7, or day of the month, 1 to 31. Required when O(schedule.every) changes, unless it is
            V(day).
          - The reference does not specify on which day a week begins.
        type: int
      at:
        description:
          - Time of day in 24 hours, in the time zone of the platform. Required when creating a strategy.
          - Write it in quotes, because YAML interprets V(12:30) as a number.
        type: str
  max_snapshots:
    description:
      - How many snapshots of a server are kept, at least 1. Required when creating a strategy.
    type: int
  memory:
    description:
      - Whether the snapshots include the memory of the servers. Defaults to V(false) when creating a strategy.
    type: bool
  availability_zones:
    description:
      - Availability zones of the strategy, by name, alias or ID. Required when creating a strategy. All of them have to
        belong to one CVM.
      - Others are kept, unless O(purge_availability_zones=true).
    type: list
    elements: str
  purge_availability_zones:
    description:
      - Whether to remove all zones that are not in O(availability_zones).
    type: bool
    default: false
  servers:
    description:
      - Servers of which snapshots are created, by name or ID.
      - Others are kept, unless O(purge_servers=true).
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
- name: Create snapshots of two servers every night
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    description: Every night at half past two
    schedule:
      every: day
      at: "02:30"
    max_snapshots: 7
    availability_zones: [nova11]
    servers: [web-1, db-1]

- name: Change the schedule to weekly
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    schedule:
      every: week
      day: 3

- name: Ensure the strategy has only one of the servers
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    servers: [db-1]
    purge_servers: true

- name: Disable the strategy
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    enabled: false

- name: Ensure the strategy is absent
  h3c.cloudos.cloudos_snapshot_strategy:
    name: nightly
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
snapshot_strategy:
  description: The strategy after the task, or as it would be in check mode. Null after O(state=absent).
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
  sample: {status: 403, operation: snapshot-strategy-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/cloudos/virtual/snapshot/strategy: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.snapshot_strategy import SNAPSHOT_STRATEGY

DEFINITION = state_module(SNAPSHOT_STRATEGY)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
