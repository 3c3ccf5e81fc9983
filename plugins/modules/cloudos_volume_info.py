#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_volume_info
short_description: List volumes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the volumes of the project, all of them or the one with a given name or ID.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the volumes with exactly this name.
    type: str
  id:
    description: Return only the volume with this ID.
    type: str
  status:
    description: Return only the volumes with this status, such as V(available).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_volume
"""

EXAMPLES = r"""
- name: List all volumes that no server has
  h3c.cloudos.cloudos_volume_info:
    status: available
  register: free

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ free.volumes | map(attribute='name') }}"

- name: Get a volume
  h3c.cloudos.cloudos_volume_info:
    name: data-1
  register: data

- name: Show its size
  ansible.builtin.debug:
    msg: "{{ data.volumes[0].size }} GB"
"""

RETURN = r"""
volumes:
  description: The volumes. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the volume.
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
      description: Name of its volume type.
      type: str
      sample: lvm
    availability_zone:
      description: Name of its storage zone.
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
      description: Whether a server can boot from it.
      type: bool
      sample: false
    encrypted:
      description: Whether it is encrypted.
      type: bool
      sample: false
    multiattach:
      description: Whether several servers can have it.
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
      description: ID of the project that it belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    user_id:
      description: ID of the user who created it.
      type: str
      sample: 1df71957d770436493a84f24d9344853
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
  sample: {status: 403, operation: volume-list}
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
    - "GET /os/compute/v1/v2.1/os-volumes: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.storage.volume import VOLUME

DEFINITION = info_module(VOLUME)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
