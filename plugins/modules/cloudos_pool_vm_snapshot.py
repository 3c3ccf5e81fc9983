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
  - Takes, restores and deletes snapshots of virtual machines, those that the cloud manages and those that it does not.
    For servers of the cloud there is M(h3c.cloudos.cloudos_vm_snapshot).
  - Snapshots have no ID. O(vm) and O(name) tell which one is meant.
  - CAS lists the snapshots of a machine, so that a second run finds that there is nothing to do. VMware does not list
    them. See O(act_unseen).
  - Nothing is ever restored unless O(state=restored) says so. Restoring throws away what the machine has become since.
  - Taking and restoring are not sent again after a lost answer. On CAS their effect is waited for instead, on VMware
    the task fails.
  - Takes one GET for the clusters, one for the machines of each cluster of CAS or of each host of VMware, and on CAS
    one for the snapshots.
  - Uses the operations C(pool-vm-snapshot-list), C(pool-vm-snapshot-create), C(pool-vm-snapshot-restore) and
    C(pool-vm-snapshot-delete) of the published reference, and to find the machine C(cas-cluster-host-list),
    C(cas-cluster-vm-list), C(vmware-cluster-host-list) and C(vmware-host-vm-list).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.pool.machine
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details:
      - On CAS a second run changes nothing, unless O(restore_current=true).
      - On VMware each run does what O(state) says, if O(act_unseen) allows it at all.
options:
  state:
    description:
      - V(present) takes the snapshot if the machine has none of that name.
      - V(absent) deletes it. What was taken on top of it stays. A machine that does not exist has no snapshots either.
      - V(restored) brings the machine back to the snapshot, which has to exist.
      - With V(restored), nothing happens if it is the current snapshot already. See O(restore_current).
    type: str
    choices: [present, absent, restored]
    default: present
  name:
    description: Name of the snapshot.
    type: str
    required: true
  description:
    description:
      - Description.
      - Changing it needs O(replace=true), which deletes the snapshot and takes one of the machine as it is now.
    type: str
  memory:
    description:
      - Whether the snapshot holds the memory of the machine too. A new snapshot gets V(false).
      - Changing it needs O(replace=true), which deletes the snapshot and takes one of the machine as it is now.
    type: bool
  snapshot_timeout:
    description:
      - How long the platform tries to take the snapshot. The published reference does not tell the unit.
      - Used to take it, and not compared.
    type: int
  act_unseen:
    description:
      - Whether to act on VMware, where nobody can look whether there is anything to do.
      - V(false) refuses it before anything is sent.
      - V(true) does it in each run of the task, which is V(changed) each time. O(state=present) takes one more snapshot
        of that name or fails, whichever the platform does. O(state=absent) takes it for done if there is none. Nothing
        is waited for.
      - Not used with O(platform=cas).
    type: bool
    default: false
  restore_current:
    description:
      - What O(state=restored) does on CAS with a snapshot that is the current one. It is, right after it was taken and
        right after it was restored, and stays so while the machine changes.
      - V(true) restores it all the same. Each run of the task restores it once more.
      - V(false) takes it for restored, so that a second run changes nothing.
      - If it is not given, nothing is restored, and a warning says so.
    type: bool
  wait_timeout:
    default: 600
seealso:
  - module: h3c.cloudos.cloudos_pool_vm_snapshot_info
  - module: h3c.cloudos.cloudos_vm_snapshot
"""

EXAMPLES = r"""
- name: A snapshot before the upgrade
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    name: before-upgrade
    description: Before the upgrade to version 2

- name: Back to it, whatever has become of the machine since
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    name: before-upgrade
    state: restored
    restore_current: true

- name: No such snapshot
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    name: before-upgrade
    state: absent

- name: A snapshot on VMware, one more in each run
  h3c.cloudos.cloudos_pool_vm_snapshot:
    platform: vmware
    compute_node: cpn-host12rc
    vm: win-vm
    name: nightly
    act_unseen: true
"""

RETURN = r"""
actions:
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [create]
pool_vm_snapshot:
  description:
    - The snapshot as it is, or as it would be in check mode. Null after O(state=absent).
    - On VMware what was asked for.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the snapshot.
      type: str
      sample: before-upgrade
    description:
      description: Description. Null where there is none.
      type: str
      sample: Before the upgrade to version 2
    memory:
      description: Whether it holds the memory of the machine.
      type: bool
      sample: false
    vm_id:
      description: ID of the machine on CAS or VMware.
      type: str
      sample: "600"
    parent:
      description: Name of the snapshot that it was taken on top of. Null for one that has none.
      type: str
      sample: first
    is_current:
      description:
        - Whether the machine goes on from this snapshot. It is the one that was taken or restored last.
        - It does not say that the machine is still as it was then.
      type: bool
      sample: true
    created:
      description: When it was taken, in the time zone of the platform.
      type: str
      sample: "2026-01-31 21:36:06"
diff:
  description: The options of the snapshot before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: before-upgrade, memory: false}}
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: pool-vm-snapshot-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 4, POST: 1}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - >-
      GET /os/compute/v1/cloudos/crm/9052ae85792143ff955c35c52e8e41bd/cpn-host11rc/clusters-hosts:
      status 503, trying again (3 tries left)
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.pool_vm_snapshot import (
    POOL_VM_SNAPSHOT,
)

DEFINITION = state_module(POOL_VM_SNAPSHOT)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
