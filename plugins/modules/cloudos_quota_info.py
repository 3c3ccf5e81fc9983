#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_quota_info
short_description: List the quotas of projects of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the limits and the usage of all projects or of one.
  - Limits and usage have the keys of M(h3c.cloudos.cloudos_quota). The platform does not return all of them.
  - Sends one GET request for all projects, which only administrators may see. For one project, sends one GET request,
    and one more if O(project) is a name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  project:
    description: Return only the quota of this project, by name or ID.
    type: str
  document:
    description:
      - Whether to read the quota document of each project, too, for the keys that the limits do not have. It takes a
        request for each project.
      - Some platforms do not let it be read. These keys are null then.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_quota
  - module: h3c.cloudos.cloudos_project_info
"""

EXAMPLES = r"""
- name: Get the quota of a project
  h3c.cloudos.cloudos_quota_info:
    project: demo
  register: demo

- name: Show how many CPU cores are used, and how many may be
  ansible.builtin.debug:
    msg: "{{ demo.quotas[0].used.compute.cores }} of {{ demo.quotas[0].compute.cores }}"

- name: List the quotas of all projects
  h3c.cloudos.cloudos_quota_info:
  register: all

- name: Show the IDs of projects that use more servers than they may
  ansible.builtin.debug:
    msg: "{{ item.project }}"
  loop: "{{ all.quotas }}"
  loop_control:
    label: "{{ item.project }}"
  when:
    - item.compute.instances != -1
    - item.used.compute.instances > item.compute.instances
"""

RETURN = r"""
quotas:
  description: The quotas. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
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
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: limits-list-all}
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
    - "GET /os/kinton/v1/keystone/all-limits: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota import QUOTA

DEFINITION = info_module(QUOTA)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
