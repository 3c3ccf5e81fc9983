#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_virtualization_info
short_description: List clusters, hosts, virtual machines and storage of CAS and VMware below a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the resources of a compute node of CAS or VMware, in one form for both. Names are the same, numbers are
    numbers, and values that a platform does not return are null. Strings with units are not converted.
  - Virtual machines that CloudOS does not manage are included.
  - Sends one GET request for the clusters, which are also looked up for names. V(hosts) takes one more for each host of
    CAS and for each cluster of VMware, V(vms) one for each cluster of CAS and for each host of VMware, V(storage) one
    for each host.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  cluster:
    description: Return only this cluster, by name or ID.
    type: str
  host:
    description: Return only this host, by name or ID, and what belongs to it.
    type: str
  gather:
    description: Information to gather.
    type: list
    elements: str
    choices: [clusters, hosts, vms, storage]
    default: [clusters]
seealso:
  - module: h3c.cloudos.cloudos_availability_zone_info
"""

EXAMPLES = r"""
- name: List the clusters and hosts of CAS
  h3c.cloudos.cloudos_virtualization_info:
    platform: cas
    compute_node: cpn-host11rc
  register: pool

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.hosts | map(attribute='name') | join(', ') }}"
  loop: "{{ pool.clusters }}"
  loop_control:
    label: "{{ item.name }}"

- name: List the machines and the storage of one host
  h3c.cloudos.cloudos_virtualization_info:
    platform: cas
    compute_node: cpn-host11rc
    host: cvknode191
    gather: [vms, storage]

- name: List the hosts of VMware
  h3c.cloudos.cloudos_virtualization_info:
    platform: vmware
    compute_node: cpn-host12rc
    gather: [hosts]
  register: vmware

- name: Show the hosts that are in service
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.memory_usage_percent }} %"
  loop: "{{ vmware.hosts | rejectattr('in_maintenance') }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
clusters:
  description: The clusters that match O(cluster) and O(host).
  returned: if O(gather) has V(clusters)
  type: list
  elements: dict
  contains:
    id:
      description: ID.
      type: str
      sample: "1"
    name:
      description: Name.
      type: str
      sample: cluster1
    type:
      description: Type, as named by the platform.
      type: str
      sample: cas
    sub_type:
      description: V(cluster) or V(pool), which is a host pool. CAS only.
      type: str
      sample: cluster
    hosts:
      description: Their hosts.
      type: list
      elements: dict
      contains:
        id:
          description: ID.
          type: str
          sample: "1"
        name:
          description: Name.
          type: str
          sample: cvknode191
        type:
          description: Type, as named by the platform.
          type: str
          sample: cas
hosts:
  description: Details of the hosts. Values that a platform does not return are null.
  returned: if O(gather) has V(hosts)
  type: list
  elements: dict
  contains:
    id:
      description: ID of the host.
      type: str
      sample: "1"
    name:
      description: Name of the host.
      type: str
      sample: cvknode191
    cluster_id:
      description: ID of its cluster.
      type: str
      sample: "1"
    ip:
      description: IP address. CAS only.
      type: str
      sample: 172.25.17.191
    netmask:
      description: Netmask. CAS only.
      type: str
      sample: 255.255.240.0
    model:
      description: Model.
      type: str
      sample: UIS R390X G2
    vendor:
      description: Vendor.
      type: str
      sample: F5 Technologies Co., Ltd.
    serial_number:
      description: Serial number. CAS only.
      type: str
      sample: 210200A00DN179000287
    status:
      description: State as reported by CAS. The published reference does not explain its values.
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
    in_maintenance:
      description: Whether it is in maintenance. VMware only.
      type: bool
      sample: false
    cpu_model:
      description: Model of the CPUs.
      type: str
      sample: Intel(R) Xeon(R) CPU E5-2623 v4 @ 2.60GHz
    cpu_mhz:
      description: Frequency of the CPUs in MHz.
      type: int
      sample: 2856
    cpu_frequency:
      description: Frequency of the CPUs as text. CAS only.
      type: str
      sample: 2.86GHz
    cpu_size:
      description: CPUs as text, sockets by cores by threads. CAS only.
      type: str
      sample: 2 * 4 * 2 核
    cpu_sockets:
      description: Number of sockets.
      type: int
      sample: 2
    cpu_cores:
      description: Number of cores.
      type: int
      sample: 4
    cpu_threads:
      description: Number of threads, which CAS calls CPUs.
      type: int
      sample: 16
    cpu_usage_percent:
      description: CPU usage.
      type: float
      sample: 48.07
    memory_size:
      description: Memory, apparently in MB.
      type: int
      sample: 257331
    memory_usage_percent:
      description: Memory usage.
      type: float
      sample: 52.19
    disk_size:
      description: Disk space, apparently in MB. CAS only.
      type: int
      sample: 3251608
    disk_usage_percent:
      description: Disk usage. CAS only.
      type: float
      sample: 59.0
    local_storage:
      description: Local storage as text. CAS only.
      type: str
      sample: 3.10TB
    vm_count:
      description: Number of virtual machines.
      type: int
      sample: 37
    nic_count:
      description: Number of network cards. VMware only.
      type: int
      sample: 8
    allocated_vcpus:
      description: Virtual CPUs of all its machines. VMware only.
      type: int
      sample: 1449
    allocated_memory:
      description: Memory of all its machines. VMware only.
      type: int
      sample: 39456
    uptime:
      description: How long it has been running. VMware only.
      type: int
      sample: 976733
    vswitches:
      description: Its virtual switches. VMware only, and not with O(host).
      type: list
      elements: str
      sample: [vSwitch0, vSwitch1]
    vms:
      description: Its virtual machines. VMware only.
      type: list
      elements: dict
      contains:
        id:
          description: ID.
          type: str
          sample: vm-600
        name:
          description: Name.
          type: str
          sample: win-vm
        type:
          description: Type, as named by the platform.
          type: str
          sample: VirtualMachine
vms:
  description:
    - The virtual machines, both those that CloudOS manages and those that it does not.
    - Values that a platform does not return are null.
  returned: if O(gather) has V(vms)
  type: list
  elements: dict
  contains:
    id:
      description: ID on the platform.
      type: str
      sample: "600"
    name:
      description: Name.
      type: str
      sample: test-vm
    title:
      description: Display name. CAS only.
      type: str
      sample: test-vm
    uuid:
      description: ID in CloudOS.
      type: str
      sample: 10d666a9-489c-49b0-b2df-0b2e489d19a7
    cluster_id:
      description: ID of its cluster.
      type: str
      sample: "1"
    host_id:
      description: ID of its host.
      type: str
      sample: "1"
    host_name:
      description: Name of its host on CAS. On VMware its own host name.
      type: str
      sample: cvknode191
    host_pool_id:
      description: ID of its host pool. CAS only.
      type: str
      sample: "1"
    datastore_id:
      description: ID of its datastore. VMware only.
      type: str
      sample: datastore-12
    status:
      description: State. CAS only.
      type: str
      sample: running
    power_state:
      description: V(POWERED_ON), V(POWERED_OFF), V(STAND_BY) or V(UNKNOWN). VMware only.
      type: str
      sample: POWERED_ON
    guest_state:
      description: State of its operating system. VMware only.
      type: str
      sample: running
    system:
      description: V(windows) or V(linux). CAS only.
      type: str
      sample: linux
    os:
      description: Operating system.
      type: str
      sample: CentOS 6/7(64-bit)
    vcpus:
      description: Number of virtual CPUs.
      type: int
      sample: 1
    cpu_usage_percent:
      description: CPU usage.
      type: float
      sample: 48.07
    memory:
      description: Memory in the unit of CAS, which the reference does not specify. CAS only.
      type: int
      sample: 16
    memory_mb:
      description: Memory in MB. VMware only.
      type: int
      sample: 8192
    memory_usage_percent:
      description: Memory usage.
      type: float
      sample: 52.19
    provisioned_gb:
      description: Maximum disk space, in GB. VMware only.
      type: float
      sample: 25.15
    used_gb:
      description: Used disk space, in GB. VMware only.
      type: float
      sample: 10.36
    is_template:
      description: Whether it is a template. VMware only.
      type: bool
      sample: false
    annotation:
      description: Annotation. VMware only.
      type: str
      sample: A machine for tests
    nics:
      description: Its network cards. VMware only.
      type: list
      elements: dict
      contains:
        mac_address:
          description: MAC address.
          type: str
          sample: fa:16:3e:3b:8d:d7
        ip_address:
          description: IP address.
          type: str
          sample: 10.2.11.3
    disks:
      description: Its disks. VMware only.
      type: list
      elements: dict
      contains:
        key:
          description: Number of the disk.
          type: int
          sample: 2000
        uuid:
          description: ID of the disk.
          type: str
          sample: 6000C290-99d8-f06c-adef-6c7cd32fec9a
        label:
          description: Label.
          type: str
          sample: Hard disk 1
        size_gb:
          description: Size in GB.
          type: int
          sample: 10
        datastore_id:
          description: ID of its datastore.
          type: str
          sample: datastore-12
        file:
          description: Its file.
          type: str
          sample: "[datastore1] win-vm/win-vm.vmdk"
        thin_provisioned:
          description: Whether it is thin provisioned.
          type: bool
          sample: true
storage:
  description: Storage pools or datastores, once for each host that has them. Values that a platform does not return are
    null.
  returned: if O(gather) has V(storage)
  type: list
  elements: dict
  contains:
    id:
      description: ID of the storage pool or datastore.
      type: str
      sample: defaultpool
    name:
      description: Name.
      type: str
      sample: defaultpool
    title:
      description: Display name. CAS only.
      type: str
      sample: defaultpool
    host_id:
      description: ID of the host that has it.
      type: str
      sample: "1"
    path:
      description: Its folder. CAS only.
      type: str
      sample: /vms/images
    type:
      description: Its type. CAS only.
      type: str
      sample: dir
    status:
      description: State as reported by CAS. The published reference does not explain its values.
      type: str
      sample: "1"
    total_size:
      description: Its size, apparently in MB. CAS only.
      type: int
      sample: 1220146
    free_size:
      description: Free space, in the same unit. CAS only.
      type: int
      sample: 1157533
    allocation:
      description: Allocated space. CAS only.
      type: float
      sample: 453.3271484375
    is_symbolic:
      description: Returned by CAS as C(symbolic).
      type: bool
      sample: false
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: cas-cluster-host-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2}
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
from ansible_collections.h3c.cloudos.plugins.module_utils.features.virtualization import VIRTUALIZATION

DEFINITION = VIRTUALIZATION


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
