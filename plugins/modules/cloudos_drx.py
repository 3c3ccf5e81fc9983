#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_drx
short_description: Manage DRX of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes, enables, disables and deletes DRX (dynamic resource extension), which add servers to a load
    balancer and remove them depending on load.
  - A listener of a load balancer has at most one DRX, and its ID is the ID of the DRX.
  - A change is sent with the whole DRX as the platform last returned it. Options that are not given keep their current
    values.
  - Counters and the current seed node are managed by the platform. They are returned, but not compared, and never make
    a second run report a change.
  - A second run sends one GET request, which the items of a loop share. A creation sends one more GET request for the
    name of the server.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  id:
    description: ID of the listener, which is also the ID of its DRX.
    type: str
    required: true
  description:
    description: Description, up to 255 characters. An empty string removes it.
    type: str
  enabled:
    description:
      - Whether it is enabled.
      - Defaults to V(true) when creating a DRX.
    type: bool
  pool:
    description:
      - ID of the pool of the load balancer that servers are added to.
      - Required when creating a DRX.
    type: str
  server:
    description:
      - Name or ID of the server that new servers are modelled on, the seed node.
      - Required when creating a DRX. It is not compared, because the platform changes it automatically.
    type: str
  member:
    description:
      - ID of the pool member of the seed node.
      - Required when creating a DRX. It is not compared, because the platform changes it automatically.
    type: str
  max_members:
    description: Maximum number of servers in the pool.
    type: int
  cpu_scale_out:
    description: CPU usage in percent from which servers are added.
    type: int
  cpu_scale_in:
    description: CPU usage in percent below which servers are removed. Less than O(cpu_scale_out).
    type: int
  memory_scale_out:
    description: Memory usage in percent from which servers are added.
    type: int
  memory_scale_in:
    description: Memory usage in percent below which servers are removed. Less than O(memory_scale_out).
    type: int
  connections_scale_out:
    description: Number of TCP connections from which servers are added.
    type: int
  connections_scale_in:
    description: Number of TCP connections below which servers are removed. Less than O(connections_scale_out).
    type: int
  occurrences:
    description: How many times in succession a threshold has to be exceeded before an action is taken.
    type: int
  interval:
    description: Seconds between two measurements.
    type: int
  cooldown:
    description: Seconds to wait after servers were added or removed.
    type: int
seealso:
  - module: h3c.cloudos.cloudos_drx_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Scale up to five web servers depending on load
  h3c.cloudos.cloudos_drx:
    id: "{{ listener_id }}"
    description: web servers by load
    pool: "{{ pool_id }}"
    server: web-1
    member: "{{ member_id }}"
    max_members: 5
    cpu_scale_out: 70
    cpu_scale_in: 30
    occurrences: 2
    interval: 30
    cooldown: 60

- name: Change the thresholds
  h3c.cloudos.cloudos_drx:
    id: "{{ listener_id }}"
    cpu_scale_out: 85

- name: Disable the DRX during maintenance
  h3c.cloudos.cloudos_drx:
    id: "{{ listener_id }}"
    enabled: false

- name: Ensure the DRX is absent
  h3c.cloudos.cloudos_drx:
    id: "{{ listener_id }}"
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
drx:
  description: The DRX after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the listener, and of its DRX.
      type: str
      sample: 6d380cf4-5558-4c8e-82f2-b64953fb8305
    description:
      description: Description. Null if there is none.
      type: str
      sample: lb auto scaling
    enabled:
      description: Whether it is enabled.
      type: bool
      sample: true
    pool:
      description: ID of the pool that servers are added to.
      type: str
      sample: e891918c-aaf7-40d9-8e51-0d2962438f2b
    max_members:
      description: Maximum number of servers in the pool.
      type: int
      sample: 3
    cpu_scale_out:
      description: CPU usage in percent from which servers are added.
      type: int
      sample: 70
    cpu_scale_in:
      description: CPU usage in percent below which servers are removed.
      type: int
      sample: 30
    memory_scale_out:
      description: Memory usage in percent from which servers are added.
      type: int
      sample: 70
    memory_scale_in:
      description: Memory usage in percent below which servers are removed.
      type: int
      sample: 30
    connections_scale_out:
      description: Number of TCP connections from which servers are added.
      type: int
      sample: 3000
    connections_scale_in:
      description: Number of TCP connections below which servers are removed.
      type: int
      sample: 1000
    occurrences:
      description: How many times in succession a threshold has to be exceeded before an action is taken.
      type: int
      sample: 2
    interval:
      description: Seconds between two measurements.
      type: int
      sample: 30
    cooldown:
      description: Seconds to wait after servers were added or removed.
      type: int
      sample: 20
    type:
      description: Type of the resource that it scales.
      type: str
      sample: LoadBalancer
    database_id:
      description: ID of the DRX in the platform's database.
      type: str
      sample: 2a10ce75-f99b-4e47-8537-84fa313691ab
    seed_server_id:
      description: ID of the server that new servers are currently modelled on.
      type: str
      sample: ba7471d1-010e-42bc-9344-482be27142e1
    seed_server_name:
      description: Name of that server.
      type: str
      sample: web-1
    seed_member_id:
      description: ID of the pool member of that server.
      type: str
      sample: ba1f455c-7ea4-4447-9c83-6851e1882c69
    previous_server_id:
      description: ID of the server that they were previously modelled on.
      type: str
      sample: ba7471d1-010e-42bc-9344-482be27142e1
    scale_out_count:
      description: How many times in succession a threshold for adding servers has been exceeded so far.
      type: int
      sample: 0
    scale_in_count:
      description: How many times in succession a threshold for removing servers has been passed so far.
      type: int
      sample: 1
id:
  description: ID of a DRX that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 6d380cf4-5558-4c8e-82f2-b64953fb8305
diff:
  description: The options of the DRX before and after.
  returned: in diff mode
  type: dict
  sample: {before: {enabled: true, cpu_scale_out: 70}, after: {enabled: true, cpu_scale_out: 85}}
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
  sample: {status: 403, operation: drx-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, PUT: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/h3cloudos/drx-configuration: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.drx import DRX

DEFINITION = state_module(DRX)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
