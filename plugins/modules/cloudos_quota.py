#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_quota
short_description: Manage the quota of a project of a CloudOS cloud
version_added: "1.0.0"
description:
  - Changes the quota of a project. Every project has a quota, so none is created or deleted.
  - Specify only the keys to be changed. The platform requires the whole document, so the other keys that it returns are
    sent along unchanged.
  - Some keys are not among the limits that the platform returns. Where it lets the quota document be read, they are
    compared like the others. Where it does not, such a key alone never causes a change. It is sent along when something
    else differs, and always with O(force=true). This is noted in their descriptions.
  - A limit is not lowered below the current usage, unless O(allow_below_usage=true). The task fails before anything is
    sent, and reports the usage and the requested limit.
  - Only administrators may change quotas.
  - A second run sends one GET request, and one more if O(project) is a name. The items of a loop share both.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details: Except with O(force=true), if a key is given that the platform does not return.
options:
  project:
    description: The project whose quota it is, by name or ID. It need not be the one of O(api_project).
    type: str
    required: true
  state:
    description:
      - There is only V(present). No quota can be deleted, and the platform has no operation that resets one.
    type: str
    choices: [present]
    default: present
  network:
    description:
      - Limits of networking.
    type: dict
    suboptions:
      network:
        description: Networks.
        type: int
      subnet:
        description: Subnets.
        type: int
      router:
        description: Routers. Compared only where the platform lets the quota document be read.
        type: int
      port:
        description: Ports. Compared only where the platform lets the quota document be read.
        type: int
      vnic:
        description: Virtual network cards.
        type: int
      vpcs:
        description: VPCs.
        type: int
      floatingip:
        description: Floating (public) IP addresses.
        type: int
      security_group:
        description: Security groups.
        type: int
      security_group_rule:
        description: Rules of security groups. Compared only where the platform lets the quota document be read.
        type: int
      rbac_policy:
        description: RBAC policies of networks. Compared only where the platform lets the quota document be read.
        type: int
      firewall:
        description: Firewalls.
        type: int
      loadbalancer:
        description: Load balancers.
        type: int
      listener:
        description: Listeners of load balancers.
        type: int
      pool:
        description: Pools of load balancers. Compared only where the platform lets the quota document be read.
        type: int
      vpnservice:
        description: VPNs.
        type: int
      ipsecpolicy:
        description: IPsec policies. Compared only where the platform lets the quota document be read.
        type: int
      private_zone:
        description: Private DNS zones.
        type: int
      record_set:
        description: Record sets of DNS zones.
        type: int
      network_addresses:
        description:
          - Networks whose addresses the project may use, and the address pools in them.
          - They are compared as networks and ranges. V(7.7.7.7/24) equals V(7.7.7.0/24), and V(10.0.0.1) to V(10.0.0.9)
            is the same in one pool or in two.
          - They are added to the existing ones. O(purge_network_addresses=true) removes all others.
        type: list
        elements: dict
        suboptions:
          cidr:
            description: The network. Host bits may be set.
            type: str
            required: true
          ip_version:
            description:
              - Sent unchanged, and not compared.
              - The reference shows V(4) in one example and V(0) in the others.
            type: int
          ip_pools:
            description: Pools of addresses in the network. Without them, those of the network are not managed.
            type: list
            elements: dict
            suboptions:
              start_ip:
                description: First address.
                type: str
                required: true
              end_ip:
                description: Last address.
                type: str
                required: true
  compute:
    description:
      - Limits of servers.
    type: dict
    suboptions:
      instances:
        description: Servers.
        type: int
      cores:
        description: CPU cores.
        type: int
      ram:
        description: Memory in MB.
        type: int
  block_storage:
    description:
      - Limits of volumes.
    type: dict
    suboptions:
      volumes:
        description: Volumes.
        type: int
      gigabytes:
        description: Storage in GB, all volumes together.
        type: int
      snapshots:
        description: Snapshots of volumes.
        type: int
      backups:
        description: Backups of volumes.
        type: int
  file_share:
    description:
      - Limits of file storage.
      - Compared only where the platform lets the quota document be read.
    type: dict
    suboptions:
      shares:
        description: File shares.
        type: int
      manila_gigabytes:
        description: File storage in GB.
        type: int
  object_storage:
    description:
      - Limits of object storage.
      - Compared only where the platform lets the quota document be read.
    type: dict
    suboptions:
      obj_stor_buckets:
        description: Buckets.
        type: int
      obj_stor_gigabytes:
        description: Object storage in GB.
        type: int
  compute_extend:
    description:
      - Limits of whole-server snapshots.
      - Older platforms do not have them.
    type: dict
    suboptions:
      virtual_snaps:
        description: Snapshots of whole servers.
        type: int
      auto_virtual_snaps:
        description: Snapshots of whole servers that strategies create.
        type: int
  backup:
    description:
      - Limits of the Eisoo backup service.
      - Compared only where the platform lets the quota document be read.
    type: dict
    suboptions:
      back_up:
        description: Backups by the Eisoo service.
        type: int
  template:
    description:
      - Quota template to start from, by name or ID. Other options take precedence over the template.
      - Its keys are treated as if they were given. The guide about quotas has a table of the corresponding keys.
      - The memory and the storage of a template are not used, since the platform does not specify their units. Specify
        O(compute.ram) and O(block_storage.gigabytes).
      - It sends one more GET request.
    type: str
  purge_network_addresses:
    description:
      - Whether to remove networks and pools of addresses that are not among O(network.network_addresses).
      - Without O(network.network_addresses) it does nothing.
    type: bool
    default: false
  allow_below_usage:
    description: Whether a limit may be lowered below the current usage of the project. The resources in use are kept.
    type: bool
    default: false
  force:
    description:
      - Whether to send the document although nothing differs, if a key is given that the platform does not return.
      - Such a run always reports a change.
    type: bool
    default: false
notes:
  - An option or key that is not given is not managed. Its value in the quota is kept if the platform returns it. Values
    that the platform does not return cannot be sent along.
  - V(-1) means unlimited, V(0) means none.
seealso:
  - module: h3c.cloudos.cloudos_quota_info
  - module: h3c.cloudos.cloudos_quota_template
  - module: h3c.cloudos.cloudos_project_info
"""

EXAMPLES = r"""
- name: Set the quota of a project with about twenty servers
  h3c.cloudos.cloudos_quota:
    project: demo
    compute:
      instances: 20
      cores: 80
      ram: 327680
    block_storage:
      volumes: 40
      gigabytes: 4000
    network:
      floatingip: 10

- name: Remove the limit of servers
  h3c.cloudos.cloudos_quota:
    project: demo
    compute:
      instances: -1

- name: Set a quota from a template, with more CPU cores
  h3c.cloudos.cloudos_quota:
    project: demo
    template: small
    compute:
      cores: 200
      ram: 204800

- name: Set exactly the addresses that a project may use
  h3c.cloudos.cloudos_quota:
    project: demo
    network:
      network_addresses:
        - cidr: 192.168.0.0/16
          ip_pools:
            - start_ip: 192.168.10.1
              end_ip: 192.168.10.250
    purge_network_addresses: true

- name: Set one quota for several projects
  h3c.cloudos.cloudos_quota:
    project: "{{ item }}"
    compute:
      cores: 40
  loop:
    - demo
    - empty

- name: Set the limit of file shares, which is always sent because the platform does not return it
  h3c.cloudos.cloudos_quota:
    project: demo
    file_share:
      shares: 5
      manila_gigabytes: 500
    force: true

- name: Forbid further volumes, whatever is in use
  h3c.cloudos.cloudos_quota:
    project: demo
    block_storage:
      volumes: 0
    allow_below_usage: true
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [update]
quota:
  description: The quota after the task, or as it would be in check mode. Keys that the platform does not return are not
    included, and sections that it does not return are null.
  returned: success
  type: dict
  contains:
    project:
      description: ID of the project.
      type: str
      sample: 66b6b770-d079-44a8-8cd9-3348bb185f60
    network:
      description: Limits of networking. V(-1) means unlimited, null means not returned.
      type: dict
      contains:
        network:
          description: Networks.
          type: int
          sample: 100
        subnet:
          description: Subnets.
          type: int
          sample: 100
        vnic:
          description: Virtual network cards.
          type: int
          sample: 100
        vpcs:
          description: VPCs.
          type: int
          sample: 100
        floatingip:
          description: Floating (public) IP addresses.
          type: int
          sample: 100
        security_group:
          description: Security groups.
          type: int
          sample: 100
        firewall:
          description: Firewalls.
          type: int
          sample: 100
        loadbalancer:
          description: Load balancers.
          type: int
          sample: 100
        listener:
          description: Listeners of load balancers.
          type: int
          sample: 100
        vpnservice:
          description: VPNs.
          type: int
          sample: 100
        private_zone:
          description: Private DNS zones.
          type: int
          sample: 100
        record_set:
          description: Record sets of DNS zones.
          type: int
          sample: 100
        network_addresses:
          description: The networks whose addresses the project may use.
          type: list
          elements: dict
          contains:
            cidr:
              description: The network.
              type: str
              sample: 192.168.0.0/16
            ip_version:
              description: Version of its addresses. Null if the platform does not return it.
              type: int
              sample: 4
            ip_pools:
              description: Pools of addresses in the network.
              type: list
              elements: dict
              contains:
                start_ip:
                  description: First address.
                  type: str
                  sample: 192.168.0.1
                end_ip:
                  description: Last address.
                  type: str
                  sample: 192.168.255.255
    compute:
      description: Limits of servers. V(-1) means unlimited, null means not returned.
      type: dict
      contains:
        instances:
          description: Servers.
          type: int
          sample: 100
        cores:
          description: CPU cores.
          type: int
          sample: 500
        ram:
          description: Memory in MB.
          type: int
          sample: 513024
    block_storage:
      description: Limits of volumes. V(-1) means unlimited, null means not returned.
      type: dict
      contains:
        volumes:
          description: Volumes.
          type: int
          sample: 100
        gigabytes:
          description: Storage in GB, all volumes together.
          type: int
          sample: 10000
        snapshots:
          description: Snapshots of volumes.
          type: int
          sample: 100
        backups:
          description: Backups of volumes.
          type: int
          sample: 100
    file_share:
      description: File shares. V(-1) means unlimited, null that the quota document cannot be read.
      type: dict
      contains:
        shares:
          description: Shares of files.
          type: int
          sample: 100
        manila_gigabytes:
          description: Size of the shares together, in GB.
          type: int
          sample: 100
    object_storage:
      description: Object storage. V(-1) means unlimited, null that the quota document cannot be read.
      type: dict
      contains:
        obj_stor_buckets:
          description: Buckets.
          type: int
          sample: 100
        obj_stor_gigabytes:
          description: Size of the objects together, in GB.
          type: int
          sample: 100
    compute_extend:
      description: Limits of whole-server snapshots. V(-1) means unlimited, null means not returned.
      type: dict
      contains:
        virtual_snaps:
          description: Snapshots of whole servers.
          type: int
          sample: 100
        auto_virtual_snaps:
          description: Snapshots of whole servers that strategies create.
          type: int
          sample: 100
    backup:
      description: Backups. V(-1) means unlimited, null that the quota document cannot be read.
      type: dict
      contains:
        back_up:
          description: Backups.
          type: int
          sample: 100
    used:
      description: Current usage of the project, with the keys of its limits.
      type: dict
      contains:
        network:
          description: Usage of networking.
          type: dict
          contains:
            network:
              description: Networks.
              type: int
              sample: 2
            subnet:
              description: Subnets.
              type: int
              sample: 2
            vnic:
              description: Virtual network cards.
              type: int
              sample: 2
            vpcs:
              description: VPCs.
              type: int
              sample: 2
            floatingip:
              description: Floating (public) IP addresses.
              type: int
              sample: 2
            security_group:
              description: Security groups.
              type: int
              sample: 2
            firewall:
              description: Firewalls.
              type: int
              sample: 2
            loadbalancer:
              description: Load balancers.
              type: int
              sample: 2
            listener:
              description: Listeners of load balancers.
              type: int
              sample: 2
            vpnservice:
              description: VPNs.
              type: int
              sample: 2
            private_zone:
              description: Private DNS zones.
              type: int
              sample: 2
            record_set:
              description: Record sets of DNS zones.
              type: int
              sample: 2
        compute:
          description: Usage of servers.
          type: dict
          contains:
            instances:
              description: Servers.
              type: int
              sample: 5
            cores:
              description: CPU cores.
              type: int
              sample: 12
            ram:
              description: Memory in MB.
              type: int
              sample: 8192
        block_storage:
          description: Usage of volumes.
          type: dict
          contains:
            volumes:
              description: Volumes.
              type: int
              sample: 2
            gigabytes:
              description: Storage in GB, all volumes together.
              type: int
              sample: 500
            snapshots:
              description: Snapshots of volumes.
              type: int
              sample: 2
            backups:
              description: Backups of volumes.
              type: int
              sample: 2
        compute_extend:
          description: Usage of whole-server snapshots.
          type: dict
          contains:
            virtual_snaps:
              description: Snapshots of whole servers.
              type: int
              sample: 2
            auto_virtual_snaps:
              description: Snapshots of whole servers that strategies create.
              type: int
              sample: 2
diff:
  description: The limits before and after.
  returned: in diff mode
  type: dict
  sample: {before: {compute: {cores: 40}}, after: {compute: {cores: 80}}}
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
  sample: {status: 403, operation: quota-update}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2, PUT: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/keystone/all-limits: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota import QUOTA

DEFINITION = state_module(QUOTA)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
