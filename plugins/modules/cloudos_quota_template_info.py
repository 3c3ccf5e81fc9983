#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_quota_template_info
short_description: List quota templates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the quota templates, all of them or those with a given name or ID.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only templates with exactly this name, such as V(common.name.small).
    type: str
  id:
    description: Return only the template with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_quota_template
"""

EXAMPLES = r"""
- name: List all templates
  h3c.cloudos.cloudos_quota_template_info:
  register: all

- name: Show how many servers each allows
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.servers }}"
  loop: "{{ all.quota_templates }}"
  loop_control:
    label: "{{ item.name }}"

- name: Get a template that comes with the platform
  h3c.cloudos.cloudos_quota_template_info:
    name: common.name.small
  register: small

- name: Get the same template by ID
  h3c.cloudos.cloudos_quota_template_info:
    id: "{{ small.quota_templates[0].id }}"
"""

RETURN = r"""
quota_templates:
  description: The templates. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the template.
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
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: quota-template-list}
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
    - "GET /os/kinton/v1/quotaMange/queryAllQuotaManage: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota_template import QUOTA_TEMPLATE

DEFINITION = info_module(QUOTA_TEMPLATE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
