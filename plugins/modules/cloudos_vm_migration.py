#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_vm_migration
short_description: Migrate virtual machines of CAS and VMware below a CloudOS cloud
version_added: "1.0.0"
description:
  - Migrates a virtual machine to another host of its cluster, or its storage, or both, and waits until it has arrived.
  - Both platforms report the host of a machine, but only VMware reports its storage. A machine that already is in the
    desired place is not moved.
  - Sends one GET request for the clusters, one for the machines of each cluster of CAS or of each host of VMware, and
    with O(target_storage) one for the storage of a host. A migration takes one more request.
  - A migration is not sent again after a lost response. The module waits for its effect instead.
  - The published reference has one path for it, with the prefix of VMware and with an example of CAS. It is used for
    both platforms. Whether a given platform serves CAS at this path has to be tried.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.pool.machine
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details:
      - O(target_host) changes nothing the second time. Neither does O(target_storage) on VMware.
      - With O(move_storage=always) storage of CAS is moved each time.
options:
  target_host:
    description: The desired host of the machine, by name or ID. It has to belong to the same cluster.
    type: str
  target_storage:
    description:
      - The desired storage pool (CAS) or datastore (VMware) of the machine, by name or ID.
      - The target is left empty in the request if the storage is not moved.
    type: str
  move_storage:
    description:
      - What to do with O(target_storage) on CAS, which does not report where the storage of a machine is.
      - V(if_known) moves it together with the machine, and not if the machine already is on the desired host.
        O(target_host) is then required.
      - V(always) moves it in each run. If only the storage is moved, the end of the migration is not visible, so the
        module does not wait for it.
    type: str
    choices: [if_known, always]
    default: if_known
  online:
    description:
      - Whether to migrate the machine while it is running. Defaults to V(true) if the machine is running.
      - V(true) for a machine that is off, and V(false) for one that is running, are refused before anything is sent.
    type: bool
  persist:
    description: Whether the configuration of the machine is stored on the target host, so that it is also there after a
      restart.
    type: bool
    default: true
  suspend:
    description: Whether the machine is suspended afterwards.
    type: bool
    default: false
  wait_timeout:
    default: 1800
seealso:
  - module: h3c.cloudos.cloudos_virtualization_info
  - module: h3c.cloudos.cloudos_virtualization_host
"""

EXAMPLES = r"""
- name: Migrate a machine of CAS to another host
  h3c.cloudos.cloudos_vm_migration:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    target_host: cvknode192

- name: Migrate a machine of VMware to another host and another datastore
  h3c.cloudos.cloudos_vm_migration:
    platform: vmware
    compute_node: cpn-host12rc
    vm: win-vm
    target_host: 172.25.17.19
    target_storage: datastore2
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [migrate]
vm:
  description: The machine after the task, or as it would be in check mode.
  returned: success
  type: dict
  contains:
    id:
      description: ID on the platform.
      type: str
      sample: "600"
    name:
      description: Name.
      type: str
      sample: test-vm
    title:
      description: Display name. CAS only.
      type: str
      sample: test-vm
    uuid:
      description: ID in CloudOS.
      type: str
      sample: 10d666a9-489c-49b0-b2df-0b2e489d19a7
    cluster_id:
      description: ID of its cluster.
      type: str
      sample: "1"
    host_id:
      description: ID of its host.
      type: str
      sample: "2"
    datastore_id:
      description: ID of its datastore. VMware only.
      type: str
      sample: datastore-13
    target_host:
      description: ID of its host, too.
      type: str
      sample: "2"
    target_storage:
      description: ID of its datastore, too. On CAS, the requested storage if it was moved.
      type: str
      sample: datastore-13
    status:
      description: State. CAS only.
      type: str
      sample: running
    power_state:
      description: V(POWERED_ON), V(POWERED_OFF), V(STAND_BY) or V(UNKNOWN). VMware only.
      type: str
      sample: POWERED_ON
id:
  description: ID of the machine.
  returned: on failure, if an action had been completed
  type: str
  sample: "600"
diff:
  description: The location of the machine before and after.
  returned: in diff mode
  type: dict
  sample: {before: {target_host: "1"}, after: {target_host: "2"}}
plan_id:
  description:
    - Identity of the plan, which is the machine, the actions and what they change. It is the same in check mode and in
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
  sample: {status: 403, operation: vm-relocate}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 4, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - >-
      GET /os/compute/v1/cloudos/crm/9052ae85792143ff955c35c52e8e41bd/cpn-host11rc/clusters-hosts:
      status 503, trying again (3 tries left)
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.vm_migration import MIGRATION

DEFINITION = MIGRATION


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
