#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_virtualization_host
short_description: Manage maintenance and power of hosts of CAS and VMware below a CloudOS cloud
version_added: "1.0.0"
description:
  - Puts a host into maintenance and takes it out again, and wakes, shuts down and reboots a host that is in
    maintenance.
  - VMware reports whether a host is in maintenance. CAS reports a status that the published reference does not explain,
    so O(maintenance_status) is required with CAS.
  - Sends one GET request for the clusters and one for the host, and one more request for each change.
  - The published reference has one path for each action, with the prefix of VMware and with examples of CAS. It is used
    for both platforms. Whether a given platform serves CAS at this path has to be tried.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details:
      - O(maintenance) changes nothing the second time.
      - O(power=wake) and O(power=shutdown) change nothing the second time on VMware. CAS does not report whether a host
        is on.
      - O(power=reboot) reboots each time.
options:
  host:
    description: The host, by name or ID.
    type: str
    required: true
  cluster:
    description: The cluster of the host, by name or ID. Required if several clusters have hosts with that name.
    type: str
  maintenance:
    description:
      - Whether the host should be in maintenance. A host that is off does not leave it; use O(power=wake) first.
      - The platform decides what happens to its virtual machines.
    type: bool
  maintenance_status:
    description:
      - The status that CAS reports for a host in maintenance. M(h3c.cloudos.cloudos_virtualization_info) returns it for
        such a host.
      - Required with O(platform=cas). Not used if the platform reports the maintenance itself.
    type: str
  power:
    description:
      - Power action for the host. It has to be in maintenance, or O(maintenance=true) puts it into maintenance first.
        Otherwise, the task fails before anything is sent.
      - V(wake) and V(shutdown) do nothing if VMware reports that the host already is on or off.
      - On CAS, the module cannot wait, because CAS does not report the power state of a host.
    type: str
    choices: [wake, shutdown, reboot]
  ip:
    description:
      - IP address of the host, which the platform requires. Defaults to the address that CAS reports, and on VMware to
        a name that is an address.
    type: str
  wait_timeout:
    default: 1800
seealso:
  - module: h3c.cloudos.cloudos_virtualization_info
"""

EXAMPLES = r"""
- name: Put a host of VMware into maintenance
  h3c.cloudos.cloudos_virtualization_host:
    platform: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    maintenance: true

- name: Reboot the host
  h3c.cloudos.cloudos_virtualization_host:
    platform: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    power: reboot

- name: End the maintenance
  h3c.cloudos.cloudos_virtualization_host:
    platform: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    maintenance: false

- name: Put a host of CAS into maintenance and shut it down
  h3c.cloudos.cloudos_virtualization_host:
    platform: cas
    compute_node: cpn-host11rc
    host: cvknode192
    maintenance: true
    maintenance_status: "2"
    power: shutdown
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [enter_maintenance, reboot]
host:
  description: The host after the task, or as it would be in check mode.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the host.
      type: str
      sample: host-11
    name:
      description: Name of the host.
      type: str
      sample: 172.25.17.18
    cluster_id:
      description: ID of its cluster.
      type: str
      sample: domain-c7
    ip:
      description: IP address. CAS only.
      type: str
      sample: 172.25.17.191
    maintenance:
      description: Whether it is in maintenance.
      type: bool
      sample: true
    status:
      description: State as reported by CAS.
      type: str
      sample: "1"
    power_state:
      description: V(POWERED_ON), V(POWERED_OFF), V(STAND_BY) or V(UNKNOWN). VMware only.
      type: str
      sample: POWERED_ON
    connection_state:
      description: V(CONNECTED), V(DISCONNECTED) or V(NOT_RESPONDING). VMware only.
      type: str
      sample: CONNECTED
    uptime:
      description: How long it has been running. VMware only.
      type: int
      sample: 976733
id:
  description: ID of the host.
  returned: on failure, if an action had been completed
  type: str
  sample: host-11
diff:
  description: The maintenance before and after.
  returned: in diff mode
  type: dict
  sample: {before: {maintenance: false}, after: {maintenance: true}}
plan_id:
  description:
    - Identity of the plan, which is the host, the actions and what they change. It is the same in check mode and in
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
  sample: {status: 403, operation: host-maintenance-enter}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 4, PUT: 1}
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
from ansible_collections.h3c.cloudos.plugins.module_utils.features.virtualization_host import MAINTENANCE

DEFINITION = MAINTENANCE


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
