#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_availability_zone
short_description: Manage availability zones of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes availability zones, the places for servers and volumes.
  - A change is sent with the whole zone, as the platform requires. Options that are not given keep their current
    values.
  - Hosts are added to a zone by compute nodes and host aggregates. The published reference has no operation that
    assigns a zone to a project; M(h3c.cloudos.cloudos_availability_zone_info) returns the assignments.
  - A zone that is in use can usually not be deleted. In this case, the task fails, and nothing is changed.
  - A second run sends one GET request.
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
      - Name of the zone, 1 to 16 letters, digits and underscores. V(nova) is reserved by the platform.
      - Required when creating a zone. It is used to look up the zone, unless O(id) is given. With O(id), it can be
        changed.
      - One of O(name) and O(id) is required. If a compute zone and a storage zone have this name, O(resource_type)
        determines which one is used. Otherwise, the task fails and lists their IDs.
    type: str
  id:
    description: ID of the zone to look up.
    type: str
  alias:
    description:
      - 'Name that CloudOS displays, 1 to 32 characters. Full-width characters and C(/ : * ? " < > |) are not allowed,
        and no dot at its ends.'
      - Defaults to the name of the zone when creating a zone.
    type: str
  virt_type:
    description:
      - Virtualization type, such as V(CAS) or V(VMware).
      - Required when creating a zone.
    type: str
  resource_type:
    description:
      - V(nova) for a compute zone, V(cinder) for a storage zone. The platform may know more.
      - A zone with the same name and another type is a different zone, which is not changed. With O(id), the type of a
        zone can be changed.
      - Defaults to V(nova) when creating a zone.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_availability_zone_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create a zone for servers
  h3c.cloudos.cloudos_availability_zone:
    name: building1
    alias: Building 1
    virt_type: CAS

- name: Create a zone for volumes
  h3c.cloudos.cloudos_availability_zone:
    name: storage1
    virt_type: CAS
    resource_type: cinder
  register: storage

- name: Change the alias of a zone
  h3c.cloudos.cloudos_availability_zone:
    name: building1
    alias: Building 1, ground floor

- name: Rename the zone
  h3c.cloudos.cloudos_availability_zone:
    id: "{{ storage.availability_zone.id }}"
    name: storage_b1

- name: Ensure the zone is absent
  h3c.cloudos.cloudos_availability_zone:
    name: building1
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
availability_zone:
  description: The zone after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the zone. Null for a zone that check mode would create.
      type: str
      sample: da24b11e-62ba-4cf7-84c3-adadcab07e87
    name:
      description: Name of the zone, which servers and volumes are placed by.
      type: str
      sample: nova11
    alias:
      description: Name that CloudOS displays.
      type: str
      sample: Building 1
    virt_type:
      description: Virtualization type.
      type: str
      sample: CAS
    resource_type:
      description: V(nova) for a compute zone, V(cinder) for a storage zone.
      type: str
      sample: nova
    description:
      description: Description, which only the platform can set. Null if there is none.
      type: str
      sample: CAS cluster
id:
  description: ID of a zone that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: da24b11e-62ba-4cf7-84c3-adadcab07e87
diff:
  description: The options of the zone before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: building1, alias: Building 1, virt_type: CAS, resource_type: nova}}
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
  sample: {status: 403, operation: azone-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/cloudos/azones: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.availability_zone import (
    AVAILABILITY_ZONE,
)

DEFINITION = state_module(AVAILABILITY_ZONE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
