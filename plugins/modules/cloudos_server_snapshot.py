#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_snapshot
short_description: Manage snapshots of servers of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates and deletes snapshots of servers. A snapshot is an image of the system disk.
  - The platform has no operation that changes a snapshot. A difference is an error, unless O(replace=true).
  - Only snapshots are found. An ordinary image with the name or ID is never changed. A snapshot that was converted into
    an image with C(from_snapshot) of M(h3c.cloudos.cloudos_image) is no longer a snapshot.
  - A snapshot whose status is V(ERROR) makes the task fail, unless O(replace=true) or O(state=absent).
  - A second run sends one GET request, and one more if O(server) is a name.
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
      - Name of the snapshot. 1 to 64 letters, digits and hyphens, the first a letter.
      - Required when creating a snapshot. Changing it requires O(id) and O(replace=true).
      - One of O(name) and O(id) is required. If several snapshots have this name, and O(server) does not distinguish
        them, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing snapshot. The platform assigns the ID of a new one.
    type: str
  server:
    description:
      - Server to take the snapshot of, by name or ID.
      - Required when creating a snapshot. Snapshots of several servers can have the same name; with O(server), the one
        of this server is selected.
      - A snapshot is kept when its server is deleted. It can then be found with the ID of the server, but not with its
        name.
      - With O(id), another server is a difference, and changing it requires O(replace=true).
    type: str
  description:
    description:
      - Description, at most 85 characters. Changing it requires O(replace=true).
      - A replaced snapshot is created again from the current state of the server.
    type: str
  wait_timeout:
    default: 1800
seealso:
  - module: h3c.cloudos.cloudos_server_snapshot_info
  - module: h3c.cloudos.cloudos_server
  - module: h3c.cloudos.cloudos_image
"""

EXAMPLES = r"""
- name: Create a snapshot before an upgrade
  h3c.cloudos.cloudos_server_snapshot:
    name: before-upgrade
    server: web-1
    description: Before the upgrade to 9.5
  register: snapshot

- name: Create a server from the snapshot
  h3c.cloudos.cloudos_server:
    name: web-1-copy
    image: "{{ snapshot.server_snapshot.id }}"
    flavor: small
    availability_zone: nova11
    networks:
      - id: "{{ network_id }}"

- name: Start to create a snapshot of each server
  h3c.cloudos.cloudos_server_snapshot:
    name: weekly
    server: "{{ item }}"
    wait: false
  loop: [web-1, web-2]

- name: Wait until all snapshots are available
  h3c.cloudos.cloudos_server_snapshot:
    name: weekly
    server: "{{ item }}"
  loop: [web-1, web-2]

- name: Recreate one of the snapshots
  h3c.cloudos.cloudos_server_snapshot:
    name: weekly
    server: web-2
    description: A fresh one
    replace: true

- name: Ensure the snapshot of one of the servers is absent
  h3c.cloudos.cloudos_server_snapshot:
    name: weekly
    server: web-1
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
server_snapshot:
  description:
    - The snapshot after the task, or as it would be in check mode. Null after O(state=absent).
    - In check mode, properties that only the platform knows are null for a new snapshot.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the snapshot, which is the ID of an image.
      type: str
      sample: 7431deba-0169-4cde-8e7d-738b169268a8
    name:
      description: Name of the snapshot.
      type: str
      sample: before-upgrade
    server:
      description: ID of the server from which it was created.
      type: str
      sample: c13aa373-7b75-446e-8653-44ced33a5e9f
    description:
      description: Description. Null if there is none.
      type: str
      sample: Before the upgrade to 9.5
    status:
      description: Status as reported by the platform.
      type: str
      sample: ACTIVE
    progress:
      description: Progress in percent.
      type: int
      sample: 100
    size:
      description: Size in bytes.
      type: int
      sample: 1012662272
    min_disk:
      description: Minimum system disk of a server that is created from it, in GB.
      type: int
      sample: 10
    min_ram:
      description: Minimum memory of a server that is created from it, in MB.
      type: int
      sample: 1024
    image:
      description: ID of the image from which the server was created.
      type: str
      sample: 82f1505a-0972-4b5c-b1f1-65701fa309eb
    metadata:
      description: Metadata of the platform. Keys that hold secrets are left out.
      type: dict
      sample: {image_type: snapshot, virt_type: CAS, cas_ostype: "linux|CentOS 4/5/6(64bit)"}
    created:
      description: When it was created.
      type: str
      sample: "2026-01-31T03:49:05.792Z"
    updated:
      description: When it was last changed.
      type: str
      sample: "2026-01-31T03:49:36.792Z"
id:
  description: ID of a snapshot that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 7431deba-0169-4cde-8e7d-738b169268a8
diff:
  description: The options of the snapshot before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: before-upgrade, server: web-1 (c13aa373-7b75-446e-8653-44ced33a5e9f)}}
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
  sample: {status: 403, operation: server-snapshot-create}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/images/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.server_snapshot import SERVER_SNAPSHOT

DEFINITION = state_module(SERVER_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
