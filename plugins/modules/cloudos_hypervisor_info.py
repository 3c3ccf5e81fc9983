#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_hypervisor_info
short_description: List hypervisors of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the physical hosts that servers run on, all of them or those with a given name or ID. Requires an
    administrator.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the hypervisor with exactly this host name.
    type: str
  id:
    description: Return only the hypervisor with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_host_aggregate
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: List all hypervisors
  h3c.cloudos.cloudos_hypervisor_info:
  register: all

- name: Show which have room for a server of 64 GB
  ansible.builtin.debug:
    msg: "{{ all.hypervisors | selectattr('free_ram_mb', 'ge', 65536) | map(attribute='name') }}"

- name: Show the compute nodes
  ansible.builtin.debug:
    msg: "{{ all.hypervisors | map(attribute='compute_node') | unique }}"

- name: Get a hypervisor by name
  h3c.cloudos.cloudos_hypervisor_info:
    name: cvknode191(CVM10.125.26.11)
"""

RETURN = r"""
hypervisors:
  description: The hypervisors. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the hypervisor.
      type: str
      sample: "2"
    name:
      description: Name of the physical host. Null if the platform does not return it.
      type: str
      sample: cvknode191(CVM10.125.26.11)
    type:
      description: Type of the hypervisor, such as V(QEMU) for CAS.
      type: str
      sample: QEMU
    version:
      description: Version of the hypervisor.
      type: int
      sample: 2007
    status:
      description: V(enabled) or V(disabled).
      type: str
      sample: enabled
    state:
      description: V(up) or V(down).
      type: str
      sample: up
    host_ip:
      description: Address of the host.
      type: str
      sample: 10.101.37.23
    compute_node:
      description: Compute node that the host belongs to, as in the zone of a server and in the hosts of an aggregate.
      type: str
      sample: cpn-host11rc
    service_id:
      description: ID of the compute service.
      type: str
      sample: "10"
    disabled_reason:
      description: Why it is disabled. Null if it is not.
      type: str
      sample: Maintenance
    vcpus:
      description: Number of CPUs.
      type: int
      sample: 16
    vcpus_used:
      description: Number of CPUs that are used by servers.
      type: int
      sample: 6
    memory_mb:
      description: Memory in MB.
      type: int
      sample: 257342
    memory_mb_used:
      description: Memory that is used by servers, in MB.
      type: int
      sample: 12800
    free_ram_mb:
      description: Free memory in MB.
      type: int
      sample: 244542
    local_gb:
      description: Disk space in GB.
      type: int
      sample: 3375
    local_gb_used:
      description: Disk space that is used by servers, in GB.
      type: int
      sample: 240
    free_disk_gb:
      description: Free disk space in GB.
      type: int
      sample: 3135
    disk_available_least:
      description:
        - Disk space that remains free if all disks of servers grow to their full size, in GB. Null if the platform does
          not return it.
      type: int
      sample: 3000
    running_vms:
      description: Number of servers.
      type: int
      sample: 6
    current_workload:
      description: Number of servers on which a task is in progress.
      type: int
      sample: 0
    cpu_info:
      description: Information about the CPUs, as the platform returns it. Null if there is none.
      type: raw
      sample: "{\"arch\": \"x86_64\"}"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: hypervisor-list-detail}
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
    - >-
      GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/os-hypervisors/detail: status 503,
      trying again (3 tries left)
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.hypervisor import HYPERVISOR

DEFINITION = info_module(HYPERVISOR)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
