#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_virtualization_host
short_description: Maintenance and power of the hosts of CAS and VMware below a CloudOS cloud
version_added: "1.0.0"
description:
  - Brings a host into maintenance and out of it, and wakes, shuts down and reboots a host that is in maintenance.
  - VMware tells whether a host is in maintenance. CAS tells a status that the published reference does not explain, so
    that O(maintenance_status) is needed there.
  - Takes one GET for the clusters and one for the host, and one request more for each change.
  - The published reference has one path for each action, with the prefix of VMware and with examples of CAS. It is used
    for both platforms. Whether yours serves CAS there, only trying it tells.
  - Uses the operations C(host-maintenance-enter), C(host-maintenance-exit), C(host-wake), C(host-shutdown) and
    C(host-reboot) of the published reference, and to read C(cas-cluster-host-list), C(cas-host-get),
    C(vmware-cluster-host-list) and C(vmware-host-get).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.wait
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details:
      - O(maintenance) changes nothing the second time.
      - O(power=wake) and O(power=shutdown) change nothing the second time on VMware. CAS does not tell whether a host
        is on.
      - O(power=reboot) reboots each time.
options:
  host:
    description: The host, by name or ID.
    type: str
    required: true
  cluster:
    description: The cluster of the host, by name or ID. Needed where several clusters have hosts of that name.
    type: str
  maintenance:
    description:
      - Whether the host shall be in maintenance. A host that is off does not leave it; use O(power=wake) first.
      - What becomes of its virtual machines, the platform decides.
    type: bool
  maintenance_status:
    description:
      - The status that CAS tells of a host in maintenance. M(h3c.cloudos.cloudos_virtualization_info) shows it, if you
        look at such a host.
      - Needed with O(platform=cas). Not used where the platform tells about maintenance itself.
    type: str
  power:
    description:
      - What to do with the power of the host. It has to be in maintenance, or O(maintenance=true) brings it there
        first. Otherwise the task fails before anything is sent.
      - V(wake) and V(shutdown) do nothing if VMware tells that it is on or off already.
      - On CAS nothing can be waited for, because it does not tell the power of a host.
    type: str
    choices: [wake, shutdown, reboot]
  ip:
    description:
      - IP address of the host, which the platform wants to hear. What CAS tells is used if it is not given, and on
        VMware a name that is an address.
    type: str
  wait_timeout:
    default: 1800
seealso:
  - module: h3c.cloudos.cloudos_virtualization_info
"""

EXAMPLES = r"""
- name: A host of VMware goes into maintenance
  h3c.cloudos.cloudos_virtualization_host:
    platform: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    maintenance: true

- name: It is rebooted
  h3c.cloudos.cloudos_virtualization_host:
    platform: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    power: reboot

- name: It serves again
  h3c.cloudos.cloudos_virtualization_host:
    platform: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    maintenance: false

- name: A host of CAS goes into maintenance and is shut down
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
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [enter_maintenance, reboot]
host:
  description: The host as it is, or as it would be in check mode.
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
      description: State as CAS tells it.
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
  returned: on failure, if something had been done
  type: str
  sample: host-11
diff:
  description: The maintenance before and after.
  returned: in diff mode
  type: dict
  sample: {before: {maintenance: false}, after: {maintenance: true}}
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: host-maintenance-enter}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 4, PUT: 1}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - >-
      GET /os/compute/v1/cloudos/crm/9052ae85792143ff955c35c52e8e41bd/cpn-host11rc/clusters-hosts:
      status 503, trying again (3 tries left)
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.features.virtualization_host import MAINTENANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module

DEFINITION = MAINTENANCE


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
