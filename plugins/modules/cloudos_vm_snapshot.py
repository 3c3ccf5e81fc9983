#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_vm_snapshot
short_description: Manage whole-VM snapshots of a server of a CloudOS cloud
version_added: "1.0.0"
description:
  - Takes, renames, restores and deletes snapshots of a whole server, with all its disks and, if wanted, its memory.
  - Snapshots have no ID. O(server) and O(name) tell which one is meant.
  - A snapshot is taken once. A second run finds it by its name, however much the server has changed since.
  - Nothing is ever restored unless O(state=restored) says so. Restoring throws away what the server has become since.
  - A second run takes one GET, and one more to look up the name of the server. A local loop looks names up once.
    Taking a snapshot asks for the limit of snapshots and whether the name is free before it.
  - Uses the operations C(vm-snapshot-list), C(vm-snapshot-create), C(vm-snapshot-update), C(vm-snapshot-restore),
    C(vm-snapshot-delete), C(vm-snapshot-count-limit) and C(vm-snapshot-check-name) of the published reference, and for
    the name of the server C(server-list-detail).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  state:
    description:
      - V(present) takes the snapshot if the server has none of that name, and else changes its name and description.
      - V(absent) deletes it. What was taken on top of it stays. A server that does not exist has no snapshots either.
      - V(restored) brings the server back to the snapshot, which has to exist.
      - With V(restored), nothing happens if it is the current snapshot already. See O(restore_current).
    type: str
    choices: [present, absent, restored]
    default: present
  server:
    description:
      - Server, by name or ID.
      - A text in the form of an ID is taken for one, which saves a request.
    type: str
    required: true
  name:
    description:
      - Name of the snapshot.
      - A comma is refused for a snapshot that is to be taken or deleted, because the platform joins names with commas
        where it deletes.
    type: str
    required: true
  new_name:
    description:
      - Name that the snapshot O(name) shall have.
      - If there is none of the name O(name), but one of this name, nothing is to be done. If there is neither, the task
        fails.
    type: str
  description:
    description:
      - Description.
    type: str
  memory:
    description:
      - Whether the snapshot holds the memory of the server too. A new snapshot gets V(false).
      - Changing it needs O(replace=true), which deletes the snapshot and takes one of the server as it is now.
    type: bool
  mode:
    description:
      - V(internal) keeps the snapshot inside of the image files of the disks, V(external) beside them. The platform
        takes external ones if it is not given.
      - The platform tells the mode of snapshots without parent only. Where it does not, the mode is not compared.
      - Changing it needs O(replace=true), which deletes the snapshot and takes one of the server as it is now.
    type: str
    choices: [internal, external]
  restore_current:
    description:
      - What O(state=restored) does with a snapshot that is the current one. It is, right after it was taken and right
        after it was restored, and stays so while the server changes. Whether the server has changed since, the
        platform does not tell.
      - V(true) restores it all the same. Each run of the task restores it once more.
      - V(false) takes it for restored, so that a second run changes nothing.
      - If it is not given, nothing is restored, and a warning says so.
    type: bool
  wait_timeout:
    default: 600
seealso:
  - module: h3c.cloudos.cloudos_vm_snapshot_info
  - module: h3c.cloudos.cloudos_snapshot_strategy
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: A snapshot before the upgrade
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: before-upgrade
    description: Before the upgrade to version 2

- name: A snapshot with the memory of the server
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: running
    memory: true

- name: Back to the first one, once
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: before-upgrade
    state: restored

- name: Back to the one that was taken last, whatever has become of the server since
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: running
    state: restored
    restore_current: true

- name: Another name
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: before-upgrade
    new_name: version-1

- name: No such snapshot
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: running
    state: absent
"""

RETURN = r"""
actions:
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [create]
vm_snapshot:
  description: The snapshot as it is, or as it would be in check mode. Null after O(state=absent).
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
      description: Whether it holds the memory of the server.
      type: bool
      sample: false
    mode:
      description: V(internal) or V(external). The platform tells it of snapshots without parent only, else it is null.
      type: str
      sample: external
    server_id:
      description: ID of the server.
      type: str
      sample: cb41616f-caca-49ee-bedd-f6665a254129
    parent:
      description: Name of the snapshot that it was taken on top of. Null for one that has none.
      type: str
      sample: first
    is_current:
      description:
        - Whether the server goes on from this snapshot. It is the one that was taken or restored last.
        - It does not say that the server is still as it was then.
      type: bool
      sample: true
    without_stop:
      description: Whether the server went on running meanwhile. The platform tells it of snapshots without parent only.
      type: bool
      sample: false
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
  sample: {status: 403, operation: vm-snapshot-create}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.vm_snapshot import VM_SNAPSHOT

DEFINITION = state_module(VM_SNAPSHOT)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
