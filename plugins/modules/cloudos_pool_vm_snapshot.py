#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_pool_vm_snapshot
short_description: Manage snapshots of virtual machines of CAS and VMware below a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, restores and deletes snapshots of virtual machines, both those that the cloud manages and those that it
    does not. For servers of the cloud, use M(h3c.cloudos.cloudos_vm_snapshot).
  - Snapshots have no ID. O(vm) and O(name) identify a snapshot.
  - CAS lists the snapshots of a machine, so a second run changes nothing. VMware does not list them. See O(act_unseen).
  - Nothing is ever restored unless O(state=restored). Restoring discards all changes to the machine since the snapshot.
  - Requests to create and restore a snapshot are not sent again after a lost response. On CAS, the module waits for
    their effect instead; on VMware, the task fails.
  - Sends one GET request for the clusters, one for the machines of each cluster of CAS or of each host of VMware, and
    on CAS one for the snapshots.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.pool.machine
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details:
      - On CAS a second run changes nothing, unless O(restore_current=true).
      - On VMware, each run executes the action of O(state), if O(act_unseen=true).
options:
  state:
    description:
      - V(present) creates the snapshot if the machine has none with that name.
      - V(absent) deletes it. Its child snapshots are kept. A machine that does not exist is not an error.
      - V(restored) brings the machine back to the snapshot, which has to exist.
      - With V(restored), nothing happens if it is the current snapshot already. See O(restore_current).
    choices: [present, absent, restored]
  name:
    description: Name of the snapshot.
    type: str
    required: true
  description:
    description:
      - Description.
      - Changing it requires O(replace=true), which deletes the snapshot and creates one of the machine in its current
        state.
    type: str
  memory:
    description:
      - Whether the snapshot includes the memory of the machine. Defaults to V(false) when creating a snapshot.
      - Changing it requires O(replace=true), which deletes the snapshot and creates one of the machine in its current
        state.
    type: bool
  snapshot_timeout:
    description:
      - How long the platform tries to create the snapshot. The published reference does not specify the unit.
      - Used to take it, and not compared.
    type: int
  act_unseen:
    description:
      - Whether to act on VMware, where the existing snapshots cannot be listed.
      - With V(false), the task fails before anything is sent.
      - With V(true), the action is executed in each run of the task, which reports a change each time. O(state=present)
        creates one more snapshot with that name or fails, depending on the platform. O(state=absent) succeeds if there
        is none. The module does not wait.
      - Not used with O(platform=cas).
    type: bool
    default: false
  restore_current:
    description:
      - What O(state=restored) does on CAS with a snapshot that is the current one. A snapshot is the current one after
        it was created or restored, and remains so while the machine changes.
      - With V(true), it is restored nevertheless. Each run of the task restores it again.
      - With V(false), it counts as restored, so that a second run changes nothing.
      - If it is not given, nothing is restored, and a warning is shown.
    type: bool
  wait_timeout:
    default: 600
seealso:
  - module: h3c.cloudos.cloudos_pool_vm_snapshot_info
  - module: h3c.cloudos.cloudos_vm_snapshot
"""

EXAMPLES = r"""
- name: Create a snapshot before the upgrade
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    name: before-upgrade
    description: Before the upgrade to version 2

- name: Restore the snapshot, whatever has changed since
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    name: before-upgrade
    state: restored
    restore_current: true

- name: Ensure the snapshot is absent
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    name: before-upgrade
    state: absent

- name: Create one more snapshot on VMware in each run
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: vmware
    compute_node: cpn-host12rc
    vm: win-vm
    name: nightly
    act_unseen: true
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
pool_vm_snapshot:
  description:
    - The snapshot after the task, or as it would be in check mode. Null after O(state=absent).
    - On VMware, the requested values.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the snapshot.
      type: str
      sample: before-upgrade
    description:
      description: Description. Null if there is none.
      type: str
      sample: Before the upgrade to version 2
    memory:
      description: Whether it includes the memory of the machine.
      type: bool
      sample: false
    vm_id:
      description: ID of the machine on CAS or VMware.
      type: str
      sample: "600"
    parent:
      description: Name of the parent snapshot. Null if there is none.
      type: str
      sample: first
    is_current:
      description:
        - Whether this is the current snapshot of the machine, which is the one that was last created or restored.
        - The machine may have changed since.
      type: bool
      sample: true
    created:
      description: When it was created, in the time zone of the platform.
      type: str
      sample: "2026-01-31 21:36:06"
diff:
  description: The options of the snapshot before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: before-upgrade, memory: false}}
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
  sample: {status: 403, operation: pool-vm-snapshot-create}
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
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.pool_vm_snapshot import (
    POOL_VM_SNAPSHOT,
)

DEFINITION = state_module(POOL_VM_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
