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
  - Lists the whole-VM snapshots of a server, all of them or the one with a given name, parents before their children.
  - Sends one GET request, and one more to look up the name of the server.
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
      - A value in the form of an ID is used as an ID, which saves a request.
    type: str
    required: true
  name:
    description: Return only the snapshot with exactly this name.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_vm_snapshot
"""

EXAMPLES = r"""
- name: List the snapshots of a server
  h3c.cloudos.cloudos_vm_snapshot_info:
    server: web-1
  register: of_web

- name: Show the current one
  ansible.builtin.debug:
    msg: "{{ of_web.vm_snapshots | selectattr('is_current') | map(attribute='name') | first }}"

- name: Get a snapshot
  h3c.cloudos.cloudos_vm_snapshot_info:
    server: web-1
    name: before-upgrade
"""

RETURN = r"""
vm_snapshots:
  description: The snapshots, parents before their children. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
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
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: vm-snapshot-list}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.vm_snapshot import VM_SNAPSHOT

DEFINITION = info_module(VM_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
