#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_metric_info
short_description: Read metrics of servers, bare-metal instances and VMware of a CloudOS cloud
version_added: "1.0.0"
description:
  - Reads the values of metrics of a server, its network cards, disks and graphics cards, of a bare-metal instance, and
    of a cluster, host or datastore of VMware.
  - The platform returns them in several forms. The results have one form, with times in UTC and numbers as numbers.
  - Sends one request for each metric of each measured object. Looking up a server by name sends one more GET request
    for each 1000 servers, which the items of a loop share. Reading all network cards, disks or graphics cards of a
    server takes one more request, and so does each entry of O(sensors). VMware takes one GET request for the clusters,
    one for all metrics, and for a datastore one for each host.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  scope:
    description:
      - Type of the object that is measured.
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
      - Required, except with O(gpu) and O(scope=vmware).
    type: str
  nic:
    description:
      - MAC address of the network card, in any usual notation. Defaults to all network cards of the server.
      - Only with O(scope=nic).
    type: str
  disk:
    description:
      - Device name of the disk in the server, such as V(vda) or V(/dev/vda). Defaults to all disks of the server.
      - Only with O(scope=disk).
    type: str
  gpu:
    description:
      - ID of the graphics card. Defaults to all graphics cards of O(server).
      - Only with O(scope=gpu).
    type: str
  sensors:
    description:
      - Types of the sensors of the bare-metal instance. Required with O(scope=baremetal), and only used with it.
      - The platform identifies the instance by its ID for types that begin with V(ipmi_), and by its address for all
        others.
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
      - Name of the compute node that represents the VMware. See M(h3c.cloudos.cloudos_availability_zone_info).
      - Required with O(scope=vmware), and only used with it.
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
      - Names of the metrics to read. Defaults to those of the reference, which are listed below, and to all metrics of
        the platform with O(scope=baremetal) and O(scope=vmware).
      - With O(scope=server) V(cpu_util), V(memory.usage), V(disk.read.bytes.rate) and V(disk.write.bytes.rate).
      - With O(scope=nic) V(network.incoming.bytes.rate) and V(network.outgoing.bytes.rate).
      - With O(scope=disk) V(disk.device.usage) and V(disk.device.capacity). The reference also spells the latter
        C(disk.device.capcacity). Both are accepted, and the one that the platform knows is sent.
      - With O(scope=gpu) V(vgpu.rate), V(vgpu.memory.rate), V(vgpu.encoder.rate) and V(vgpu.decoder.rate).
      - With O(scope=vmware), they are the numbers of counters, such as V("2"), whose meaning it does not explain.
      - A platform may have others, such as V(disk.device.iops) of a disk.
    type: list
    elements: str
  start:
    description:
      - Start of the time range. If it is not given, the platform begins with the oldest value, or, with
        O(source=samples) and without O(stop), with the last full day.
      - ISO 8601 as in V(2026-01-31T12:00:00Z) or V(2026-01-31T20:00:00+08:00), or seconds since 1970. Without an offset
        it is UTC, and without a time of day it is the beginning of that day.
      - Fractions of seconds are cut off.
      - VMware returns all of its values. With O(scope=vmware), the module selects those in the time range.
    type: str
  stop:
    description:
      - End of the time range, in the same forms as O(start). Defaults to the latest value.
    type: str
  source:
    description:
      - Which of the two operations is used for the values of servers and network cards.
      - V(measures) returns the period of each value, V(samples) returns its unit.
      - V(samples) can only be used with O(scope=server) and O(scope=nic).
    type: str
    choices: [measures, samples]
    default: measures
seealso:
  - module: h3c.cloudos.cloudos_server_info
"""

EXAMPLES = r"""
- name: Get the metrics of a server in the last hour
  h3c.cloudos.cloudos_metric_info:
    scope: server
    server: web-1
    metrics: [cpu_util]
    start: "{{ now().timestamp() - 3600 }}"
  register: load

- name: Show the latest value
  ansible.builtin.debug:
    msg: "{{ load.metrics[0].measures[-1].value }} % at {{ load.metrics[0].measures[-1].timestamp }}"

- name: Get the metrics of a working day in Shanghai
  h3c.cloudos.cloudos_metric_info:
    scope: server
    server: web-1
    start: "2026-01-30T09:00:00+08:00"
    stop: "2026-01-30T18:00:00+08:00"

- name: Get the traffic of all network cards, with units
  h3c.cloudos.cloudos_metric_info:
    scope: nic
    server: web-1
    source: samples

- name: Get the traffic of one network card
  h3c.cloudos.cloudos_metric_info:
    scope: nic
    server: web-1
    nic: fa:16:3e:8c:01:39
    metrics: [network.incoming.bytes.rate]

- name: Get the usage of the disks
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

- name: Get the load of the graphics cards of a server
  h3c.cloudos.cloudos_metric_info:
    scope: gpu
    server: web-1
    metrics: [vgpu.rate, vgpu.memory.rate]

- name: Get fans and temperatures of a bare-metal instance
  h3c.cloudos.cloudos_metric_info:
    scope: baremetal
    server: metal-1
    sensors: [ipmi_fan_sensor, ipmi_temperature_sensor]

- name: Get a counter of a host of VMware
  h3c.cloudos.cloudos_metric_info:
    scope: vmware
    compute_node: cpn-host12rc
    host: 172.25.17.18
    metrics: ["2"]
"""

RETURN = r"""
metrics:
  description:
    - Metrics of each measured object. The list is empty if there are none.
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
        - >-
          Which part of it is measured: the MAC address of a network card, the device of a disk, the ID of a graphics
          card, the name of a sensor, or the instance of a counter of VMware.
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
          description: Length of the period of the value in seconds. Null with O(source=samples).
          type: int
          sample: 300
        value:
          description: The value. Null if the platform has no number.
          type: float
          sample: 2.4434199409
        unit:
          description:
            - Unit of the value, which the platform only returns with O(source=samples).
            - Otherwise, it is the unit of the reference for C(cpu_util), and null for all others.
          type: str
          sample: "%"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 404, operation: server-metric-measures}
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
    - "GET /os/compute/v1/v2/meters/cpu_util: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.metrics import METRICS

DEFINITION = METRICS


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
