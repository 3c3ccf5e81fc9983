#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_quota_template
short_description: Manage quota templates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes quota templates, which are named sets of limits that quotas of projects can start from.
  - Limits are whole numbers, V(-1) means no limit. The platform determines the limits of a new template that are not
    given.
  - A change is sent with the whole template, as the platform requires. Options that are not given keep their current
    values.
  - The reference does not specify how the platform identifies the template to be changed. The module sends the ID and
    the name and reads the template afterwards. If it is not changed, the task fails, and names the template that the
    platform may have created instead.
  - Three keys of the API have two spellings each. Both are read. A new template is sent with the first one, a change
    with the one that the platform itself uses.
  - A second run sends one GET request. A creation sends one more GET request, because the platform does not return the
    new ID, and a change sends one to verify it.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the template, up to 128 characters, as the platform returns it. Those that come with the platform have
        names such as V(common.name.small), which its web pages translate.
      - Required when creating a template. It is used to look up the template, unless O(id) is given. With O(id), it can
        be changed.
      - One of O(name) and O(id) is required. If several templates have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of the template to look up.
    type: str
  servers:
    description:
      - Number of servers. API key C(novaNum).
    type: int
  cpus:
    description:
      - Number of virtual CPUs. API key C(cpu).
    type: int
  ram:
    description:
      - Memory. API key C(ram).
      - The published reference does not specify a unit. The value is passed through unchanged.
    type: int
  storage:
    description:
      - Size of block storage. API key C(storage).
      - The published reference does not specify a unit. The value is passed through unchanged.
    type: int
  volumes:
    description:
      - Number of volumes. API key C(volumeNum).
    type: int
  snapshots:
    description:
      - Number of snapshots. API key C(snapshotNum).
    type: int
  vm_snapshots:
    description:
      - Number of whole-VM snapshots. API key C(virtualSnpaNum) or C(virtualSnapNum).
    type: int
  vm_snapshot_strategies:
    description:
      - Number of strategies for whole-VM snapshots. API key C(autoVirtualSnpaNum) or C(autoVirtualSnapNum).
    type: int
  backups:
    description:
      - Number of Eisoo backups. API key C(eisooBackupNum) or C(eissoBackupNum).
    type: int
  shares:
    description:
      - Number of file shares. API key C(shareNum).
    type: int
  share_gigabytes:
    description:
      - Size of file shares, in GB by the name of its key. API key C(manilaGigabytes).
    type: int
  buckets:
    description:
      - Number of buckets of object storage. API key C(bucketNum).
    type: int
  bucket_gigabytes:
    description:
      - Size of object storage, in GB by the name of its key. API key C(ossGigabytes).
    type: int
  networks:
    description:
      - Number of networks. API key C(netNum).
    type: int
  virtual_networks:
    description:
      - Number of virtual networks. API key C(virtualNetNum).
    type: int
  subnets:
    description:
      - Number of subnets. API key C(subnetNum).
    type: int
  routers:
    description:
      - Number of routers. API key C(routeNum).
    type: int
  vpcs:
    description:
      - Number of VPCs. API key C(vpcNum).
    type: int
  public_ips:
    description:
      - Number of public (floating) IP addresses. API key C(publicIpNum).
    type: int
  security_groups:
    description:
      - Number of security groups. API key C(securityGroupNum).
    type: int
  firewalls:
    description:
      - Number of firewalls. API key C(fireNum).
    type: int
  load_balancers:
    description:
      - Number of load balancers. API key C(balanceNum).
    type: int
  listeners:
    description:
      - Number of listeners of load balancers. API key C(listenerNum).
    type: int
  vpns:
    description:
      - Number of VPNs. API key C(vpnNum).
    type: int
  private_zones:
    description:
      - Number of private DNS zones. API key C(privateZoneNum).
    type: int
  record_sets:
    description:
      - Number of DNS record sets. API key C(recordSetNum).
    type: int
  extra:
    description: Additional text of up to 2048 characters. API key C(extra).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_quota_template_info
  - module: h3c.cloudos.cloudos_quota
"""

EXAMPLES = r"""
- name: Create a template with limits for a team
  h3c.cloudos.cloudos_quota_template:
    name: team
    servers: 20
    cpus: 80
    volumes: 40
    public_ips: 5
    load_balancers: 2

- name: Change the number of servers
  h3c.cloudos.cloudos_quota_template:
    name: team
    servers: 30
  register: team

- name: Rename a template
  h3c.cloudos.cloudos_quota_template:
    id: "{{ team.quota_template.id }}"
    name: large-team

- name: Ensure the template is absent
  h3c.cloudos.cloudos_quota_template:
    name: large-team
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
quota_template:
  description: The template after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the template. Null for a template that check mode would create.
      type: str
      sample: 375a2ed5-f0cb-4d4e-baa3-b9f4e17822d8
    name:
      description: Name of the template.
      type: str
      sample: team
    servers:
      description: Number of servers.
      type: int
      sample: 100
    cpus:
      description: Number of virtual CPUs.
      type: int
      sample: 100
    ram:
      description: Memory, in a unit that the reference does not specify.
      type: int
      sample: 100
    storage:
      description: Size of block storage, in a unit that the reference does not specify.
      type: int
      sample: 100
    volumes:
      description: Number of volumes.
      type: int
      sample: 100
    snapshots:
      description: Number of snapshots.
      type: int
      sample: 100
    vm_snapshots:
      description: Number of whole-VM snapshots.
      type: int
      sample: 100
    vm_snapshot_strategies:
      description: Number of strategies for whole-VM snapshots.
      type: int
      sample: 100
    backups:
      description: Number of Eisoo backups.
      type: int
      sample: 100
    shares:
      description: Number of file shares.
      type: int
      sample: 100
    share_gigabytes:
      description: Size of file shares, in GB by the name of its key.
      type: int
      sample: 100
    buckets:
      description: Number of buckets of object storage.
      type: int
      sample: 100
    bucket_gigabytes:
      description: Size of object storage, in GB by the name of its key.
      type: int
      sample: 100
    networks:
      description: Number of networks.
      type: int
      sample: 100
    virtual_networks:
      description: Number of virtual networks.
      type: int
      sample: 100
    subnets:
      description: Number of subnets.
      type: int
      sample: 100
    routers:
      description: Number of routers.
      type: int
      sample: 100
    vpcs:
      description: Number of VPCs.
      type: int
      sample: 100
    public_ips:
      description: Number of public (floating) IP addresses.
      type: int
      sample: 100
    security_groups:
      description: Number of security groups.
      type: int
      sample: 100
    firewalls:
      description: Number of firewalls.
      type: int
      sample: 100
    load_balancers:
      description: Number of load balancers.
      type: int
      sample: 100
    listeners:
      description: Number of listeners of load balancers.
      type: int
      sample: 100
    vpns:
      description: Number of VPNs.
      type: int
      sample: 100
    private_zones:
      description: Number of private DNS zones.
      type: int
      sample: 100
    record_sets:
      description: Number of DNS record sets.
      type: int
      sample: 100
    extra:
      description: Additional text. Null if there is none.
      type: str
      sample: for small teams
id:
  description: ID of a template that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 375a2ed5-f0cb-4d4e-baa3-b9f4e17822d8
diff:
  description: The options of the template before and after.
  returned: in diff mode
  type: dict
  sample: {before: {name: team, servers: 20}, after: {name: team, servers: 30}}
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
  sample: {status: 403, operation: quota-template-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/quotaMange/queryAllQuotaManage: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota_template import QUOTA_TEMPLATE

DEFINITION = state_module(QUOTA_TEMPLATE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
