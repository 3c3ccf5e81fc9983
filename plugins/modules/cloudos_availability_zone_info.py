#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_availability_zone_info
short_description: List availability zones of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the availability zones, all of them or those that match, and optionally their contents.
  - Sends one GET request. A name in O(project) takes one more.
  - V(services) and V(hosts) of O(gather) take one GET each for the compute zones and one for the storage zones.
    V(storage_pools) takes those of V(hosts), and one for each host of the zones. V(projects) takes one for the
    projects, and one for each of them.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only zones with exactly this name.
    type: str
  id:
    description: Return only the zone with this ID. All other filters except O(name) are then ignored.
    type: str
  resource_type:
    description: Return only zones of this type, such as V(nova) for compute zones or V(cinder) for storage zones.
    type: str
  project:
    description:
      - Return only zones that are assigned to this project, by name or ID. The platform then returns no descriptions.
    type: str
  gather:
    description:
      - Additional information to gather about each zone.
      - V(services) are the services of its hosts, V(hosts) the hosts, V(storage_pools) the storage behind them.
      - V(projects) are the projects that it is assigned to, of those that the user can see. With O(project) only that
        one is looked at.
    type: list
    elements: str
    choices: [services, hosts, storage_pools, projects]
    default: []
seealso:
  - module: h3c.cloudos.cloudos_availability_zone
"""

EXAMPLES = r"""
- name: List all zones for servers
  h3c.cloudos.cloudos_availability_zone_info:
    resource_type: nova
  register: compute

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ compute.availability_zones | map(attribute='name') }}"

- name: List the zones of a project
  h3c.cloudos.cloudos_availability_zone_info:
    project: demo

- name: Get a zone with its services
  h3c.cloudos.cloudos_availability_zone_info:
    name: nova11
    gather: [services]
  register: zone

- name: Show the hosts that are down
  ansible.builtin.debug:
    msg: "{{ zone.availability_zones[0].services | rejectattr('state', 'equalto', 'up') | map(attribute='host') }}"

- name: List the zones with their storage pools
  h3c.cloudos.cloudos_availability_zone_info:
    name: nova11
    gather: [storage_pools]
  register: storage

- name: Show how much is free
  ansible.builtin.debug:
    msg: "{{ item.name }} has {{ item.free_mb // 1024 }} GB"
  loop: "{{ storage.availability_zones[0].storage_pools }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
availability_zones:
  description: The zones. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the zone.
      type: str
      sample: da24b11e-62ba-4cf7-84c3-adadcab07e87
    name:
      description: Name of the zone, which servers and volumes are placed by.
      type: str
      sample: nova11
    alias:
      description: Name that CloudOS displays.
      type: str
      sample: Building 1
    virt_type:
      description: Virtualization type.
      type: str
      sample: CAS
    resource_type:
      description: V(nova) for a compute zone, V(cinder) for a storage zone.
      type: str
      sample: nova
    description:
      description: Description, which only the platform can set. Null if there is none, and with O(project).
      type: str
      sample: CAS cluster
    services:
      description: The services of the zone.
      returned: with V(services) in O(gather)
      type: list
      elements: dict
      contains:
        id:
          description: Number of the service. Null if the platform returns none.
          type: int
          sample: 2
        host:
          description: Name of the host.
          type: str
          sample: cpn-host11rc
        binary:
          description: Name of the program that provides the service.
          type: str
          sample: nova-compute
        status:
          description: Whether it is to be used, V(enabled) or V(disabled).
          type: str
          sample: enabled
        state:
          description: Whether it runs, V(up) or V(down).
          type: str
          sample: up
        disabled_reason:
          description: Why it is disabled. Null if it is not.
          type: str
          sample: maintenance
        updated:
          description: When it last reported.
          type: str
          sample: "2017-11-24T09:48:25.484Z"
    hosts:
      description: The hosts of the zone, once for each service.
      returned: with V(hosts) in O(gather)
      type: list
      elements: dict
      contains:
        name:
          description: Name of the host.
          type: str
          sample: cpn-host11rc
        service:
          description: Name of the service.
          type: str
          sample: compute
    storage_pools:
      description: The storage pools behind the hosts of the zone.
      returned: with V(storage_pools) in O(gather)
      type: list
      elements: dict
      contains:
        host:
          description: Name of the host that reports the pool.
          type: str
          sample: cpn-host11rc
        cluster:
          description: Name of the cluster.
          type: str
          sample: cluster1-R3830G5
        node:
          description: Name of the node. Null for the pools of the host as a whole.
          type: str
          sample: cvknode30.7(CVM10.125.30.252)
        host_pool:
          description: Name of the host pool.
          type: str
          sample: hostpool01
        name:
          description: Name of the storage pool.
          type: str
          sample: iscsishared
        type:
          description: Type of the storage pool.
          type: str
          sample: fs
        path:
          description: Path of the storage pool.
          type: str
          sample: /vms/iscsishared
        active:
          description: Whether the pool is active.
          type: bool
          sample: true
        total_mb:
          description: Capacity in MB.
          type: int
          sample: 10485760
        free_mb:
          description: Free space in MB.
          type: int
          sample: 4045126
        allocated_mb:
          description: Allocated space in MB. It can exceed the capacity.
          type: int
          sample: 23861978
    projects:
      description: The projects that the zone is assigned to.
      returned: with V(projects) in O(gather)
      type: list
      elements: dict
      contains:
        id:
          description: ID of the project.
          type: str
          sample: 9052ae85792143ff955c35c52e8e41bd
        name:
          description: Name of the project.
          type: str
          sample: admin
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: azone-list}
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
    - "GET /os/compute/v1/cloudos/azones: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.availability_zone import (
    AVAILABILITY_ZONE,
)

DEFINITION = info_module(AVAILABILITY_ZONE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
