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
  - Creates, renames, restores and deletes snapshots of a whole server, with all its disks and optionally its memory.
  - Snapshots have no ID. O(server) and O(name) identify a snapshot.
  - A snapshot is created once. A second run finds it by its name, however much the server has changed since.
  - Nothing is ever restored unless O(state=restored). Restoring discards all changes to the server since the snapshot.
  - A second run sends one GET request, and one more to look up the name of the server. Names are looked up once for all
    items of a local loop. Before a snapshot is created, the limit of snapshots and whether the name is free are
    requested.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  state:
    description:
      - V(present) creates the snapshot if the server has none with that name, and otherwise changes its name and
        description.
      - V(absent) deletes it. Its child snapshots are kept. A server that does not exist is not an error.
      - V(restored) brings the server back to the snapshot, which has to exist.
      - With V(restored), nothing happens if it is the current snapshot already. See O(restore_current).
    choices: [present, absent, restored]
  server:
    description:
      - Server, by name or ID.
      - A value in the form of an ID is used as an ID, which saves a request.
    type: str
    required: true
  name:
    description:
      - Name of the snapshot.
      - A comma is refused for a snapshot to be created or deleted, because the platform separates names with commas
        when deleting.
    type: str
    required: true
  new_name:
    description:
      - New name for the snapshot O(name).
      - If there is no snapshot with the name O(name), but one with this name, nothing is changed. If there is neither,
        the task fails.
    type: str
  description:
    description:
      - Description.
    type: str
  memory:
    description:
      - Whether the snapshot includes the memory of the server. Defaults to V(false) when creating a snapshot.
      - Changing it requires O(replace=true), which deletes the snapshot and creates one of the server in its current
        state.
    type: bool
  mode:
    description:
      - V(internal) stores the snapshot inside the image files of the disks, V(external) in separate files. The platform
        creates external ones if it is not given.
      - The platform returns the mode only for snapshots without a parent. Otherwise, the mode is not compared.
      - Changing it requires O(replace=true), which deletes the snapshot and creates one of the server in its current
        state.
    type: str
    choices: [internal, external]
  restore_current:
    description:
      - What O(state=restored) does with a snapshot that is the current one. A snapshot is the current one after it was
        created or restored, and remains so while the server changes. The platform does not report whether the server
        has changed since.
      - With V(true), it is restored nevertheless. Each run of the task restores it again.
      - With V(false), it counts as restored, so that a second run changes nothing.
      - If it is not given, nothing is restored, and a warning is shown.
    type: bool
  wait_timeout:
    default: 600
seealso:
  - module: h3c.cloudos.cloudos_vm_snapshot_info
  - module: h3c.cloudos.cloudos_snapshot_strategy
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create a snapshot before the upgrade
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: before-upgrade
    description: Before the upgrade to version 2

- name: Create a snapshot with the memory of the server
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: running
    memory: true

- name: Restore the first snapshot once
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: before-upgrade
    state: restored

- name: Restore the latest snapshot, whatever has changed since
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: running
    state: restored
    restore_current: true

- name: Rename a snapshot
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: before-upgrade
    new_name: version-1

- name: Ensure the snapshot is absent
  h3c.cloudos.cloudos_vm_snapshot:
    server: web-1
    name: running
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
vm_snapshot:
  description: The snapshot after the task, or as it would be in check mode. Null after O(state=absent).
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
      description: Whether it includes the memory of the server.
      type: bool
      sample: false
    mode:
      description: V(internal) or V(external). The platform returns it only for snapshots without a parent. Otherwise,
        it is null.
      type: str
      sample: external
    server_id:
      description: ID of the server.
      type: str
      sample: cb41616f-caca-49ee-bedd-f6665a254129
    parent:
      description: Name of the parent snapshot. Null if there is none.
      type: str
      sample: first
    is_current:
      description:
        - Whether this is the current snapshot of the server, which is the one that was last created or restored.
        - The server may have changed since.
      type: bool
      sample: true
    without_stop:
      description: Whether the server continued to run meanwhile. The platform returns it only for snapshots without a
        parent.
      type: bool
      sample: false
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
  sample: {status: 403, operation: vm-snapshot-create}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.vm_snapshot import VM_SNAPSHOT

DEFINITION = state_module(VM_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
