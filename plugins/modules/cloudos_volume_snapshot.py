#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_volume_snapshot
short_description: Manage snapshots of volumes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes snapshots of volumes. M(h3c.cloudos.cloudos_volume) creates volumes from them.
  - The published reference of the platform does not have these operations. They are those of OpenStack (Cinder).
  - A snapshot whose status is V(error) makes the task fail, unless O(replace=true) or O(state=absent).
  - A second run sends one GET request, and one more if O(volume) is a name.
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
  name:
    description:
      - Name of the volume snapshot, 1 to 255 characters.
      - Required when creating a volume snapshot. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several have this name, and O(volume) does not distinguish them, the
        task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing volume snapshot. The platform assigns the ID of a new one.
    type: str
  volume:
    description:
      - Volume to take the snapshot of, by name or ID.
      - Required when creating a volume snapshot. Snapshots of several volumes can have the same name; with O(volume),
        the one of this volume is selected.
      - With O(id), another volume is a difference, and changing it requires O(replace=true).
    type: str
  description:
    description: Description of the volume snapshot, at most 255 characters. An empty string clears it.
    type: str
    aliases: [display_description]
  force:
    description:
      - Whether to take the snapshot of a volume that is in use. Its data may change meanwhile.
      - Otherwise, the snapshot of such a volume is an error.
    type: bool
    default: false
  wait_timeout:
    default: 900
seealso:
  - module: h3c.cloudos.cloudos_volume_snapshot_info
  - module: h3c.cloudos.cloudos_volume
"""

EXAMPLES = r"""
- name: Take a snapshot of a volume
  h3c.cloudos.cloudos_volume_snapshot:
    name: before-upgrade
    volume: data-1
    description: Before the upgrade
  register: taken

- name: Take another one, even if a server has the volume
  h3c.cloudos.cloudos_volume_snapshot:
    name: nightly
    volume: data-2
    force: true

- name: Rename it
  h3c.cloudos.cloudos_volume_snapshot:
    id: "{{ taken.volume_snapshot.id }}"
    name: release-1

- name: Ensure the snapshot is absent
  h3c.cloudos.cloudos_volume_snapshot:
    name: release-1
    volume: data-1
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
volume_snapshot:
  description:
    - The volume snapshot after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the volume snapshot. Null in check mode for a new one.
      type: str
      sample: 2bb856e1-b3d8-4432-a858-09e4ce939389
    name:
      description: Name of the volume snapshot.
      type: str
      sample: before-upgrade
    volume:
      description: ID of its volume.
      type: str
      sample: c758bbd8-9e11-4510-ab3c-44de69c0bbb6
    description:
      description: Description of the volume snapshot. Null if it has none.
      type: str
      sample: Before the upgrade
    status:
      description: Status of the volume snapshot, such as V(available) or V(error).
      type: str
      sample: available
    size:
      description: Size of its volume in GB. Null in check mode for a new one.
      type: int
      sample: 1
    project_id:
      description: ID of the project that it belongs to. Null in check mode for a new one.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    created_at:
      description: Time of its creation. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00.000000"
    updated_at:
      description: Time of its last change. Null if it was never changed.
      type: str
      sample: "2026-11-30T08:20:00.000000"
id:
  description: ID of a volume snapshot that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 2bb856e1-b3d8-4432-a858-09e4ce939389
diff:
  description: The options of the volume snapshot before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: web}}
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
  sample: {status: 403, operation: volume-snapshot-create}
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
    - "GET /os/compute/v1/v2.1/os-volume-snapshots: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.storage.volume_snapshot import VOLUME_SNAPSHOT

DEFINITION = state_module(VOLUME_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
