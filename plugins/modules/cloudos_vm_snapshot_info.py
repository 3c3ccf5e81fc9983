#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_vm_snapshot_info
short_description: List whole-VM snapshots of a server of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the whole-VM snapshots of a server, all of them or the one of a name, parents before their children.
  - Takes one GET, and one more to look up the name of the server. Uses the operations C(vm-snapshot-list) and, for the
    name, C(server-list-detail) of the published reference.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  server:
    description:
      - Server, by name or ID.
      - A text in the form of an ID is taken for one, which saves a request.
    type: str
    required: true
  name:
    description: Only the snapshot of exactly this name.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_vm_snapshot
"""

EXAMPLES = r"""
- name: The snapshots of a server
  h3c.cloudos.cloudos_vm_snapshot_info:
    server: web-1
  register: of_web

- name: Show the current one
  ansible.builtin.debug:
    msg: "{{ of_web.vm_snapshots | selectattr('is_current') | map(attribute='name') | first }}"

- name: One snapshot
  h3c.cloudos.cloudos_vm_snapshot_info:
    server: web-1
    name: before-upgrade
"""

RETURN = r"""
vm_snapshots:
  description: The snapshots, parents before their children. The list is empty if there is none.
  returned: success
  type: list
  elements: dict
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
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: vm-snapshot-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.vm_snapshot import VM_SNAPSHOT

DEFINITION = info_module(VM_SNAPSHOT)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
