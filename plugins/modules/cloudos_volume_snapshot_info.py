#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_volume_snapshot_info
short_description: List snapshots of volumes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the snapshots of the project's volumes, all of them or the one with a given name or ID.
  - Sends one GET request, and one more if O(volume) is specified.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the volume snapshots with exactly this name.
    type: str
  id:
    description: Return only the volume snapshot with this ID.
    type: str
  volume:
    description: Return only the snapshots of this volume, by name or ID.
    type: str
  status:
    description: Return only the snapshots with this status, such as V(available).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_volume_snapshot
"""

EXAMPLES = r"""
- name: List all volume snapshots
  h3c.cloudos.cloudos_volume_snapshot_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.volume_snapshots | map(attribute='name') }}"

- name: List the snapshots of a volume
  h3c.cloudos.cloudos_volume_snapshot_info:
    volume: data-1
  register: of_volume

- name: Show when they were taken
  ansible.builtin.debug:
    msg: "{{ of_volume.volume_snapshots | map(attribute='created_at') }}"
"""

RETURN = r"""
volume_snapshots:
  description: The volume snapshots. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the volume snapshot.
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
      description: Size of its volume in GB.
      type: int
      sample: 1
    project_id:
      description: ID of the project that it belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    created_at:
      description: Time of its creation.
      type: str
      sample: "2026-11-30T08:15:00.000000"
    updated_at:
      description: Time of its last change. Null if it was never changed.
      type: str
      sample: "2026-11-30T08:20:00.000000"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: volume-snapshot-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2.1/os-volume-snapshots: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.storage.volume_snapshot import VOLUME_SNAPSHOT

DEFINITION = info_module(VOLUME_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
