#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_snapshot_info
short_description: List snapshots of servers of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the snapshots of the servers of the project, all of them or those that match. Ordinary images are left out.
  - Sends one GET request, and one more if O(server) is a name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only snapshots with exactly this name.
    type: str
  id:
    description: Return only the snapshot with this ID. O(server) is then ignored.
    type: str
  server:
    description: Return only snapshots of this server, by name or ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_server_snapshot
"""

EXAMPLES = r"""
- name: List all snapshots of the project
  h3c.cloudos.cloudos_server_snapshot_info:
  register: all

- name: Show their total size in bytes
  ansible.builtin.debug:
    msg: "{{ all.server_snapshots | sum(attribute='size') }}"

- name: List the snapshots of a server
  h3c.cloudos.cloudos_server_snapshot_info:
    server: web-1
  register: of_web

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ of_web.server_snapshots | map(attribute='name') }}"
"""

RETURN = r"""
server_snapshots:
  description: The snapshots. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
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
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: server-snapshot-list}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/images/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.server_snapshot import SERVER_SNAPSHOT

DEFINITION = info_module(SERVER_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
