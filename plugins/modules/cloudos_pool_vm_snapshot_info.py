#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_pool_vm_snapshot_info
short_description: List snapshots of virtual machines of CAS below a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the snapshots of a virtual machine of CAS, all of them or the one with a given name, parents before their
    children.
  - VMware does not list the snapshots of its machines, so O(platform=vmware) is refused.
  - Sends one GET request for the clusters, one for the machines of each cluster, and one for the snapshots.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.pool.machine
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the snapshot with exactly this name.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_pool_vm_snapshot
"""

EXAMPLES = r"""
- name: List the snapshots of a machine
  h3c.cloudos.cloudos_pool_vm_snapshot_info:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
  register: snapshots

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ snapshots.pool_vm_snapshots | map(attribute='name') | join(', ') }}"
"""

RETURN = r"""
pool_vm_snapshots:
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
      description: Whether it includes the memory of the machine.
      type: bool
      sample: false
    vm_id:
      description: ID of the machine on CAS or VMware.
      type: str
      sample: "600"
    parent:
      description: Name of the parent snapshot. Null if there is none.
      type: str
      sample: first
    is_current:
      description:
        - Whether this is the current snapshot of the machine, which is the one that was last created or restored.
        - The machine may have changed since.
      type: bool
      sample: true
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
  sample: {status: 403, operation: pool-vm-snapshot-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - >-
      GET /os/compute/v1/cloudos/crm/9052ae85792143ff955c35c52e8e41bd/cpn-host11rc/clusters-hosts:
      status 503, trying again (3 tries left)
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.pool_vm_snapshot import (
    POOL_VM_SNAPSHOT,
)

DEFINITION = info_module(POOL_VM_SNAPSHOT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
