#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_norm
short_description: Manage resource norms of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates and deletes norms, which define the sizes in which users can order resources of a service, such as servers
    or volumes.
  - A norm has no name. It is identified by its values, or by its ID.
  - The platform has no operation that changes a norm. Different values define a different norm. With O(id), a
    difference is an error, unless O(replace=true).
  - The platform does not return prices. They are set on creation.
  - A second run sends two GET requests, for the configurations and for the norms of the service. The configurations are
    read once for all items of a loop. A creation sends one more GET request, because the platform does not return the
    new ID, and a deletion sends one to verify it.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  service:
    description:
      - The service, by one of the names under O(sub_norms).
      - Any other service is given by the name or the ID of its norm, as in the configurations of
        M(h3c.cloudos.cloudos_norm_info).
      - Changing it requires O(replace=true).
    type: str
    required: true
  kind:
    description:
      - V(combined) has a value of every sub-norm of the service, V(single) a value of one of them.
      - Defaults to V(combined) when creating a norm. Changing it requires O(replace=true).
    type: str
    choices: [combined, single]
  sub_norms:
    description:
      - Values by sub-norm, numbers or strings. Units are those of the platform, which M(h3c.cloudos.cloudos_norm_info)
        returns.
      - V(server) has C(cpu), C(memory), C(system_disk), C(storage_type).
      - V(gpu_server) has C(cpu), C(memory), C(system_disk), C(storage_type), C(gpu_type), C(gpu_count).
      - V(vgpu_server) has C(cpu), C(memory), C(system_disk), C(storage_type), C(vgpu_type), C(vgpu_count).
      - V(big_data_server) has C(cpu), C(memory), C(system_disk), C(storage_type), C(raw_disk_type), C(raw_disk_size),
        C(raw_disk_count).
      - V(power_server) has C(processing_units), C(memory), C(system_disk).
      - V(hp_server) has C(processing_units), C(memory), C(system_disk).
      - V(volume) has C(size), C(storage_type).
      - V(public_ip) has C(bandwidth).
      - V(bare_metal) has C(cpu), C(memory), C(disk).
      - V(object_storage) has C(capacity).
      - V(relational_database) has C(cpu), C(memory), C(system_disk), C(capacity), C(database_type),
        C(deployment_mode).
      - V(non_relational_database) has C(cpu), C(memory), C(system_disk), C(capacity), C(database_type),
        C(deployment_mode).
      - The sub-norms of any other service have the keys of its configuration.
      - Required when creating a norm, and to look it up unless O(id) is given. Changing them requires O(replace=true).
      - One of O(sub_norms) and O(id) is required. If several norms have these values, the task fails and lists their
        IDs.
    type: dict
  id:
    description: ID of the norm to look up.
    type: str
  initial_price:
    description:
      - Initial price of a new combined norm. It is not compared for an existing norm.
    type: int
  unit_price:
    description:
      - Unit price of a new combined norm. It is not compared for an existing norm.
    type: int
seealso:
  - module: h3c.cloudos.cloudos_norm_info
"""

EXAMPLES = r"""
- name: Create a size of servers that users can order
  h3c.cloudos.cloudos_norm:
    service: server
    sub_norms:
      cpu: 8
      memory: 16
      system_disk: 60
      storage_type: SSD
    unit_price: 3
  register: large

- name: Create a single norm, a selectable number of CPUs
  h3c.cloudos.cloudos_norm:
    service: server
    kind: single
    sub_norms: {cpu: 12}

- name: Create several sizes of volumes
  h3c.cloudos.cloudos_norm:
    service: volume
    sub_norms: {size: "{{ item }}", storage_type: SSD}
  loop: [100, 500, 1000]

- name: Change the memory by recreating the norm
  h3c.cloudos.cloudos_norm:
    service: server
    id: "{{ large.norm.id }}"
    sub_norms: {memory: 32}
    replace: true

- name: Ensure the size of volumes is absent
  h3c.cloudos.cloudos_norm:
    service: volume
    sub_norms: {size: 1000, storage_type: SSD}
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
norm:
  description: The norm after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the norm itself. Null for a norm that check mode would create.
      type: str
      sample: 005ce23d-24bc-481b-94d4-0e05ef3f68e5
    service:
      description: The service, by the name that O(service) takes.
      type: str
      sample: server
    kind:
      description: V(combined) or V(single).
      type: str
      sample: combined
    sub_norms:
      description: The values by the names of the sub-norms. A sub-norm without a name has its ID. Numbers are numbers.
      type: dict
      sample: {cpu: 8, memory: 16, system_disk: 60, storage_type: SSD}
    service_id:
      description: ID of the resource service.
      type: str
      sample: 17037211-2c0c-4703-98e8-81d0202a46e7
    norm_id:
      description: ID that all norms of the service share, which is used in server templates.
      type: str
      sample: 38e42432-06a5-47a3-b47d-f078ed03795d
id:
  description: ID of a norm that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 005ce23d-24bc-481b-94d4-0e05ef3f68e5
diff:
  description: The options of the norm before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {service: volume, kind: combined, sub_norms: {size: 100, storage_type: SSD}}}
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
  sample: {status: 403, operation: norm-create}
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
    - "GET /os/kinton/v1/cloudos/resource/normConfig: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.norm import NORM

DEFINITION = state_module(NORM)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
