#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_metric_info
short_description: Read what a CloudOS cloud measures of servers, bare-metal instances and VMware
version_added: "1.0.0"
description:
  - Reads the values of metrics of a server, its network cards, disks and graphics cards, of a bare-metal instance, and
    of a cluster, host or datastore of VMware.
  - The platform tells them in several forms. The results have one, with times in UTC and numbers that are numbers.
  - Takes one request for each metric of each thing that is measured. A server by name takes one GET more for each 1000
    servers, which the items of a loop share. All network cards, disks or graphics cards of a server take one request
    more, each entry of O(sensors) too. VMware takes one GET for the clusters, one for all metrics, and for a datastore
    one for each host.
  - Uses the operations C(server-metric-measures), C(server-meter-samples), C(server-gpu-metric-measures),
    C(baremetal-metric-measures), C(resource-search), C(baremetal-metric-resources) and C(vmware-perf-get) of the
    published reference. To find out what is meant it uses C(server-list-detail), C(server-interface-list),
    C(server-gpu-list), C(vmware-cluster-host-list) and C(vmware-host-datastores).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  scope:
    description:
      - What is measured.
      - V(server) is a server as a whole, V(nic) its network cards, V(disk) its disks, V(gpu) its graphics cards.
      - V(baremetal) is a bare-metal instance, by its O(sensors).
      - V(vmware) is what O(datastore), O(host) or O(cluster) names of VMware, the first of them that is given. It is
        for administrators.
    type: str
    choices: [server, nic, disk, gpu, baremetal, vmware]
    required: true
  server:
    description:
      - The server or bare-metal instance, by name or ID.
      - Needed, except with O(gpu) and O(scope=vmware).
    type: str
  nic:
    description:
      - The network card with this MAC address, in any usual spelling. All of the server if it is not given.
      - Only with O(scope=nic).
    type: str
  disk:
    description:
      - The disk that is this device of the server, such as V(vda) or V(/dev/vda). All of the server if it is not given.
      - Only with O(scope=disk).
    type: str
  gpu:
    description:
      - The graphics card of this ID. All of O(server) if it is not given.
      - Only with O(scope=gpu).
    type: str
  sensors:
    description:
      - Which sensors of the bare-metal instance, by type. Needed with O(scope=baremetal), and only used there.
      - The platform tells the instance by its ID for types that begin with V(ipmi_), and by its address for all others.
    type: list
    elements: str
    choices:
      - ipmi_fan_sensor
      - ipmi_power_sensor
      - ipmi_temperature_sensor
      - host
      - host_disk_total_used
      - host_disk_bytes
      - host_network_interface
      - hardware_gpu
  compute_node:
    description:
      - Name of the compute node that stands for the VMware. M(h3c.cloudos.cloudos_availability_zone_info) tells them.
      - Needed with O(scope=vmware), and only used there.
    type: str
  cluster:
    description:
      - The cluster of VMware, by name or ID, or with O(host) or O(datastore) the one that it belongs to.
      - Only with O(scope=vmware).
    type: str
  host:
    description:
      - The host of VMware, by name or ID, or with O(datastore) the one that has it.
      - Only with O(scope=vmware).
    type: str
  datastore:
    description:
      - The datastore of VMware, by name or ID.
      - Only with O(scope=vmware).
    type: str
  metrics:
    description:
      - Names of the metrics to read. If it is not given, those of the reference, which are the following, and with
        O(scope=baremetal) and O(scope=vmware) all that the platform has.
      - With O(scope=server) V(cpu_util), V(memory.usage), V(disk.read.bytes.rate) and V(disk.write.bytes.rate).
      - With O(scope=nic) V(network.incoming.bytes.rate) and V(network.outgoing.bytes.rate).
      - With O(scope=disk) V(disk.device.usage) and V(disk.device.capacity). The reference also spells the latter
        C(disk.device.capcacity). Both are taken, and the platform gets the one that it knows.
      - With O(scope=gpu) V(vgpu.rate), V(vgpu.memory.rate), V(vgpu.encoder.rate) and V(vgpu.decoder.rate).
      - With O(scope=vmware) they are the numbers of counters, such as V("2"), whose meaning it does not tell.
      - A platform may have others, such as V(disk.device.iops) of a disk.
    type: list
    elements: str
  start:
    description:
      - The time from which on to read. If it is not given, the platform begins with the oldest value, with
        O(source=samples) and without O(stop) too with the last full day.
      - ISO 8601 as in V(2026-01-31T12:00:00Z) or V(2026-01-31T20:00:00+08:00), or seconds since 1970. Without an offset
        it is UTC, and without a time of day it is the beginning of that day.
      - Fractions of seconds are cut off.
      - VMware tells all that it has. With O(scope=vmware) the values of the wanted time are picked from that.
    type: str
  stop:
    description:
      - The time up to which to read, in the same forms as O(start). The latest value if it is not given.
    type: str
  source:
    description:
      - Which of the two operations tells the values of servers and network cards.
      - V(measures) tells the period of each value, V(samples) tells its unit.
      - V(samples) goes with O(scope=server) and O(scope=nic) only.
    type: str
    choices: [measures, samples]
    default: measures
seealso:
  - module: h3c.cloudos.cloudos_server_info
"""

EXAMPLES = r"""
- name: How busy a server was in the last hour
  h3c.cloudos.cloudos_metric_info:
    scope: server
    server: web-1
    metrics: [cpu_util]
    start: "{{ now().timestamp() - 3600 }}"
  register: load

- name: Show the latest value
  ansible.builtin.debug:
    msg: "{{ load.metrics[0].measures[-1].value }} % at {{ load.metrics[0].measures[-1].timestamp }}"

- name: A working day in Shanghai
  h3c.cloudos.cloudos_metric_info:
    scope: server
    server: web-1
    start: "2026-01-30T09:00:00+08:00"
    stop: "2026-01-30T18:00:00+08:00"

- name: The traffic of all network cards, with units
  h3c.cloudos.cloudos_metric_info:
    scope: nic
    server: web-1
    source: samples

- name: The traffic of one network card
  h3c.cloudos.cloudos_metric_info:
    scope: nic
    server: web-1
    nic: fa:16:3e:8c:01:39
    metrics: [network.incoming.bytes.rate]

- name: How full the disks are
  h3c.cloudos.cloudos_metric_info:
    scope: disk
    server: web-1
  register: disks

- name: Show the latest value of each
  ansible.builtin.debug:
    msg: "{{ item.part }}: {{ (item.measures | last).value }}"
  loop: "{{ disks.metrics | selectattr('metric', 'equalto', 'disk.device.usage') }}"
  loop_control:
    label: "{{ item.part }}"

- name: What the graphics cards of a server do
  h3c.cloudos.cloudos_metric_info:
    scope: gpu
    server: web-1
    metrics: [vgpu.rate, vgpu.memory.rate]

- name: Fans and temperatures of a bare-metal instance
  h3c.cloudos.cloudos_metric_info:
    scope: baremetal
    server: metal-1
    sensors: [ipmi_fan_sensor, ipmi_temperature_sensor]

- name: A counter of a host of VMware
  h3c.cloudos.cloudos_metric_info:
    scope: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    metrics: ["2"]
"""

RETURN = r"""
metrics:
  description:
    - Each metric of each thing that is measured. The list is empty if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    metric:
      description: Name of the metric.
      type: str
      sample: cpu_util
    server_id:
      description: ID of the server or bare-metal instance. Null for a graphics card that was named without it, and
        for VMware.
      type: str
      sample: f4212a1c-01bd-4fca-ab10-94ef7f174a14
    part:
      description:
        - Which part of it is measured. The MAC address of a network card, the device of a disk, the ID of a graphics
          card, the platform's name of a sensor, the instance of a counter of VMware.
        - Null for the server, cluster, host or datastore itself.
      type: str
      sample: vda
    sensor:
      description: Type of the sensor. Null unless O(scope=baremetal).
      type: str
      sample: ipmi_fan_sensor
    resource_id:
      description: ID in the platform's monitoring, or on VMware.
      type: str
      sample: 22d28b69-52b9-5cbd-b302-fc178eaccbdc
    measures:
      description: The values, the oldest first. The list is empty if nothing was measured in that time.
      type: list
      elements: dict
      contains:
        timestamp:
          description: Time of the value, ISO 8601 in UTC.
          type: str
          sample: "2026-01-31T12:00:00Z"
        period:
          description: How many seconds the value is about. Null with O(source=samples).
          type: int
          sample: 300
        value:
          description: The value. Null where the platform has no number.
          type: float
          sample: 2.4434199409
        unit:
          description:
            - Unit of the value, which the platform tells with O(source=samples) only.
            - Otherwise it is that of the reference, which tells the one of C(cpu_util), and null for all others.
          type: str
          sample: "%"
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 404, operation: server-metric-measures}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/meters/cpu_util: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.features.metrics import METRICS
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module

DEFINITION = METRICS


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
