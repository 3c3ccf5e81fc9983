#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_host_aggregate
short_description: Manage host aggregates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes host aggregates, which group some or all of the compute nodes of an availability zone.
  - The published reference has no operation that removes a host from an aggregate, and none that sets metadata. Those
    of OpenStack are sent for O(hosts_exact=true) and O(metadata). If the platform refuses one, the task fails.
  - Requires an administrator.
  - A second run sends one GET request, and one more if O(availability_zone) is an alias.
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
      - Name of the aggregate, at most 16 characters.
      - Required when creating an aggregate. With O(id), it is the desired name of the aggregate.
      - One of O(name) and O(id) is required. If several aggregates have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing aggregate. The platform assigns the ID of a new one.
    type: str
  availability_zone:
    description:
      - Availability zone of its hosts, by its name or by the alias that CloudOS displays.
      - Required when creating an aggregate. A host is in one zone only, so a zone that other aggregates of its hosts do
        not have is refused before anything is sent.
    type: str
  hosts:
    description:
      - Names of the compute nodes in the aggregate, as C(compute_node) in M(h3c.cloudos.cloudos_hypervisor_info).
      - Others are kept, unless O(hosts_exact=true).
    type: list
    elements: str
  hosts_exact:
    description:
      - Whether to remove all hosts that are not in O(hosts). An empty list of O(hosts) removes them all.
      - With O(state=absent), whether to remove the hosts before the aggregate is deleted. Otherwise, an aggregate with
        hosts cannot be deleted, which is an error before anything is sent.
    type: bool
    default: false
  metadata:
    description:
      - Keys and values, which the scheduler compares with C(extra_specs) of M(h3c.cloudos.cloudos_flavor).
      - A key has 1 to 255 letters, digits, spaces, hyphens, underscores, colons and dots, a value at most 255
        characters.
      - Keys that are not listed are kept, unless O(purge_metadata=true).
    type: dict
  purge_metadata:
    description:
      - Whether to remove the keys that O(metadata) does not list. The key C(availability_zone) belongs to the platform.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_host_aggregate_info
  - module: h3c.cloudos.cloudos_hypervisor_info
"""

EXAMPLES = r"""
- name: Create an aggregate of the compute nodes of a rack
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-1
    availability_zone: zone-one
    hosts: [cpn-host11rc]
  register: rack

- name: Ensure the aggregate has exactly these hosts
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-1
    hosts: [cpn-host11rc]
    hosts_exact: true

- name: Label the aggregate for flavors that want fast disks
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-1
    metadata:
      ssd: "true"
    purge_metadata: true

- name: Rename an aggregate
  h3c.cloudos.cloudos_host_aggregate:
    id: "{{ rack.host_aggregate.id }}"
    name: rack-2

- name: Ensure the aggregate is absent, whatever hosts it has
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-2
    state: absent
    hosts_exact: true
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create, add_host]
host_aggregate:
  description: The aggregate after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the aggregate, a number.
      type: str
      sample: "1"
    name:
      description: Name of the aggregate.
      type: str
      sample: rack-1
    availability_zone:
      description: Name of the availability zone.
      type: str
      sample: nova11
    hosts:
      description: Names of the compute nodes in it.
      type: list
      elements: str
      sample: [cpn-host11rc]
    metadata:
      description: Metadata, the key C(availability_zone) of the platform included.
      type: dict
      sample: {availability_zone: nova11, ssd: "true"}
    created_at:
      description: When it was created. Null if the platform does not return it.
      type: str
      sample: "2026-01-31T03:49:05.546546"
    updated_at:
      description: When it was last changed. Null if the platform does not return it.
      type: str
      sample: "2026-01-31T03:49:06.546546"
id:
  description: ID of an aggregate that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: "1"
diff:
  description: The options of the aggregate before and after.
  returned: in diff mode
  type: dict
  sample: {before: {name: rack-1, hosts: []}, after: {name: rack-1, hosts: [cpn-host11rc]}}
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
  sample: {status: 403, operation: aggregate-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2, POST: 2}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/os-aggregates: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.host_aggregate import HOST_AGGREGATE

DEFINITION = state_module(HOST_AGGREGATE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
