#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_volume
short_description: Manage volumes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, grows, changes and deletes volumes. M(h3c.cloudos.cloudos_server) attaches and detaches them.
  - The published reference of the platform does not have these operations. They are those of OpenStack (Cinder).
  - A volume whose status begins with V(error) makes the task fail, unless O(replace=true) or O(state=absent).
  - A volume is only deleted if no server has it. With O(replace=true), its data is lost.
  - A second run sends one GET request, and one more if O(availability_zone) is an alias.
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
      - Name of the volume, 1 to 255 characters.
      - Required when creating a volume. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing volume. The platform assigns the ID of a new one.
    type: str
  size:
    description:
      - Size in GB.
      - A new volume needs it, unless it is made from O(snapshot) or O(source_volume), whose size it has then.
      - A volume grows in place. A smaller size than that of the volume is an error, even with O(replace=true).
      - Whether a volume grows that is attached to a server, the platform decides.
    type: int
  description:
    description: Description of the volume, at most 255 characters. An empty string clears it.
    type: str
    aliases: [display_description]
  volume_type:
    description:
      - Name of the volume type. The platform chooses that of a new volume if it is omitted.
      - Changing it requires O(replace=true).
    type: str
  availability_zone:
    description:
      - Storage zone, by name or alias. The platform chooses that of a new volume if it is omitted.
      - Changing it requires O(replace=true).
    type: str
  image:
    description:
      - Image to create the volume from, by name or ID. A server can boot from such a volume.
      - It is not compared, because the platform does not return it.
      - It is only used when creating a volume, and never compared.
    type: str
  snapshot:
    description:
      - Volume snapshot to create the volume from, by name or ID.
      - It is not compared, because the platform does not return it.
      - It is only used when creating a volume, and never compared.
    type: str
    aliases: [snapshot_id]
  source_volume:
    description:
      - Volume to copy, by name or ID.
      - It is not compared, because the platform does not return it.
      - It is only used when creating a volume, and never compared.
    type: str
  metadata:
    description:
      - Keys and values that the volume is labelled with, at most 255 characters each.
      - Keys that are not listed are kept, unless O(purge_metadata=true).
    type: dict
    aliases: [meta, labels]
  purge_metadata:
    description: Whether to remove the keys that O(metadata) does not list. The platform's own keys are kept.
    type: bool
    default: false
  wait_timeout:
    default: 900
seealso:
  - module: h3c.cloudos.cloudos_volume_info
  - module: h3c.cloudos.cloudos_volume_snapshot
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create a volume
  h3c.cloudos.cloudos_volume:
    name: database
    size: 20
    description: Data of the database
    availability_zone: cinder191
    metadata:
      tier: gold
  register: created

- name: Let it grow
  h3c.cloudos.cloudos_volume:
    name: database
    size: 40

- name: Take a snapshot of it
  h3c.cloudos.cloudos_volume_snapshot:
    name: before-upgrade
    volume: database

- name: Create a volume from the snapshot
  h3c.cloudos.cloudos_volume:
    name: database-copy
    snapshot: before-upgrade

- name: Create a volume that a server can boot from
  h3c.cloudos.cloudos_volume:
    name: web-system
    image: rocky-9
    size: 30

- name: Rename a volume, and label it otherwise
  h3c.cloudos.cloudos_volume:
    id: "{{ created.volume.id }}"
    name: database-1
    metadata:
      owner: ops
    purge_metadata: true

- name: Delete the volume that boots
  h3c.cloudos.cloudos_volume:
    name: web-system
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
volume:
  description:
    - The volume after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the volume. Null in check mode for a new one.
      type: str
      sample: 6c80f8ac-e3e2-480c-8e6e-f1db92fe4bfe
    name:
      description: Name of the volume.
      type: str
      sample: database
    size:
      description: Size in GB.
      type: int
      sample: 20
    description:
      description: Description of the volume. Null if it has none.
      type: str
      sample: Data of the database
    volume_type:
      description: Name of its volume type. Null in check mode for a new one, unless it was specified.
      type: str
      sample: lvm
    availability_zone:
      description: Name of its storage zone. Null in check mode for a new one, unless it was specified.
      type: str
      sample: cinder191
    metadata:
      description: Its keys and values.
      type: dict
      sample: {tier: gold}
    status:
      description: Status of the volume, such as V(available), V(in-use) or V(error).
      type: str
      sample: available
    attachments:
      description: The servers that have it, with C(server_id) and C(device).
      type: list
      elements: dict
      sample: []
    bootable:
      description: Whether a server can boot from it. Null in check mode for a new one.
      type: bool
      sample: false
    encrypted:
      description: Whether it is encrypted. Null in check mode for a new one.
      type: bool
      sample: false
    multiattach:
      description: Whether several servers can have it. Null in check mode for a new one.
      type: bool
      sample: false
    snapshot_id:
      description: ID of the snapshot that it was made from. Null if it was not made from one.
      type: str
      sample: 2bb856e1-b3d8-4432-a858-09e4ce939389
    source_volume_id:
      description: ID of the volume that it is a copy of. Null if it is not one.
      type: str
      sample: 7332d5ee-3783-4304-a6bb-dd91174b5dc7
    project_id:
      description: ID of the project that it belongs to. Null in check mode for a new one.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    user_id:
      description: ID of the user who created it. Null in check mode for a new one.
      type: str
      sample: 1df71957d770436493a84f24d9344853
    created_at:
      description: Time of its creation. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00.000000"
    updated_at:
      description: Time of its last change. Null if it was never changed.
      type: str
      sample: "2026-11-30T08:20:00.000000"
id:
  description: ID of a volume that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 6c80f8ac-e3e2-480c-8e6e-f1db92fe4bfe
diff:
  description: The options of the volume before and after.
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
  sample: {status: 403, operation: volume-create}
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
    - "GET /os/compute/v1/v2.1/os-volumes: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.storage.volume import VOLUME

DEFINITION = state_module(VOLUME)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
