#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_node_info
short_description: List bare-metal nodes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the bare-metal nodes, all of them or the one with a given name or ID.
  - Sends one GET request. Each entry of O(gather) takes one more for each node.
  - Only administrators can use this module.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only nodes with exactly this name.
    type: str
  id:
    description: Return only the node with this ID.
    type: str
  gather:
    description:
      - Additional information to gather about each node.
      - Ironic knows V(rescue_interface) from version 1.38 of its API on, V(bios_interface) from version 1.40. Reading
        them is an operation of OpenStack that the published reference does not have.
    type: list
    elements: str
    choices: [ports, port_groups, rescue_interface, bios_interface]
    default: []
seealso:
  - module: h3c.cloudos.cloudos_baremetal_node
  - module: h3c.cloudos.cloudos_baremetal_nodes
"""

EXAMPLES = r"""
- name: List all nodes
  h3c.cloudos.cloudos_baremetal_node_info:
  register: all

- name: Show which of them are free
  ansible.builtin.debug:
    msg: "{{ all.baremetal_nodes | selectattr('provision_state', 'equalto', 'available') | map(attribute='name') }}"

- name: Show what failed
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.last_error }}"
  loop: "{{ all.baremetal_nodes | selectattr('last_error') }}"
  loop_control:
    label: "{{ item.name }}"

- name: Get a node with its network cards
  h3c.cloudos.cloudos_baremetal_node_info:
    name: rack1-node1
    gather: [ports, port_groups]
  register: node

- name: Show where they are plugged in
  ansible.builtin.debug:
    msg: "{{ item.address }}: {{ item.local_link_connection.port_id | default('unknown') }}"
  loop: "{{ node.baremetal_nodes[0].ports }}"
  loop_control:
    label: "{{ item.address }}"
"""

RETURN = r"""
baremetal_nodes:
  description: The nodes. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the node.
      type: str
      sample: e15691cf-3c7e-437b-9f30-2a9fba829bd7
    name:
      description: Name of the node.
      type: str
      sample: rack1-node1
    driver:
      description: Driver of the node.
      type: str
      sample: pxe_ipmitool
    ipmi:
      description: Address and user name of the management controller. The password is never returned.
      type: dict
      sample: {address: 172.25.16.228, username: admin}
    driver_info:
      description: Further settings of the driver, without secrets and without those in C(ipmi).
      type: dict
      sample: {ipmi_port: "623"}
    properties:
      description: Properties without secrets. Numbers are strings, as the platform stores them.
      type: dict
      sample: {cpus: "16", memory_mb: "262144", cpu_arch: x86_64}
    instance_info:
      description: What runs on the node, or is to be deployed on it, without secrets.
      type: dict
      sample: {image_source: "http://images.example.com/linux.raw"}
    resource_class:
      description: Resource class, by which flavors choose nodes.
      type: str
      sample: baremetal-large
    provision_state:
      description: Provision state of Ironic.
      type: str
      sample: available
    power_state:
      description: V(on) or V(off). Null until the platform knows it.
      type: str
      sample: "off"
    maintenance:
      description: Whether the node is in maintenance.
      type: bool
      sample: false
    maintenance_reason:
      description: Reason of the maintenance. Null without maintenance, and if no reason was given.
      type: str
      sample: new disks
    ports:
      description:
        - The ports if O(gather) has V(ports), otherwise null.
      type: list
      elements: dict
      sample:
        - id: d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5
          address: 74:ea:cb:75:1c:2b
          port_group: 1b7305bb-a418-4a6a-a81e-000d14af3a4f
          pxe_enabled: true
          physical_network: physnet1
          local_link_connection: {port_id: Twenty-FiveGigE1/1/1, switch_id: "74:ea:cb:5a:30:52"}
    bios_interface:
      description: Interface of the driver for the BIOS. Null unless O(gather) has V(bios_interface).
      type: str
      sample: no-bios
    boot_interface:
      description: Interface of the driver to boot the node. Null if the platform does not report it.
      type: str
      sample: ipxe
    console_interface:
      description: Interface of the driver to open its console. Null if the platform does not report it.
      type: str
      sample: ipmitool-socat
    deploy_interface:
      description: Interface of the driver to deploy and clean it. Null if the platform does not report it.
      type: str
      sample: direct
    inspect_interface:
      description: Interface of the driver to inspect it. Null if the platform does not report it.
      type: str
      sample: inspector
    management_interface:
      description: Interface of the driver to set the boot device. Null if the platform does not report it.
      type: str
      sample: ipmitool
    target_provision_state:
      description: Target of the transition in progress. After a failed transition, the state that it should have led
        to.
      type: str
      sample: available
    target_power_state:
      description: Power state that is being set, as named by Ironic. Null if none is being set.
      type: str
      sample: power on
    last_error:
      description: Last error, as reported by Ironic.
      type: str
      sample: "Failed to get power state for node."
    instance_id:
      description: ID of the instance that the node carries. Null without one.
      type: str
      sample: 136968d8-cc4f-41d6-9adc-2524053e076e
    reservation:
      description: Host that is processing the node and has reserved it.
      type: str
      sample: ironic-conductor-0
    network_interface:
      description: How the node is connected to networks.
      type: str
      sample: neutron
    power_interface:
      description: Interface of the driver to switch it on and off. Null if the platform does not report it.
      type: str
      sample: ipmitool
    raid_interface:
      description: Interface of the driver to configure its RAID. Null if the platform does not report it.
      type: str
      sample: agent
    rescue_interface:
      description: Interface of the driver for rescuing. Null unless O(gather) has V(rescue_interface).
      type: str
      sample: agent
    storage_interface:
      description: Interface of the driver to attach volumes to it. Null if the platform does not report it.
      type: str
      sample: cinder
    vendor_interface:
      description: Interface of the driver for operations of its vendor. Null if the platform does not report it.
      type: str
      sample: ipmitool
    target_raid_config:
      description: RAID configuration that the node should have. Empty without one.
      type: dict
      sample: {logical_disks: [{raid_level: "1", size_gb: MAX}]}
    raid_config:
      description: RAID configuration that the node has, as reported by Ironic.
      type: dict
      sample: {logical_disks: [{raid_level: "1", size_gb: 400}]}
    inspection_finished_at:
      description: When the last inspection succeeded. Null if none has succeeded yet.
      type: str
      sample: "2018-10-17T00:36:29+00:00"
    provision_updated_at:
      description: When the provision state last changed.
      type: str
      sample: "2018-11-19T00:11:08+00:00"
    created_at:
      description: When the node was enrolled.
      type: str
      sample: "2018-10-09T08:37:39+00:00"
    updated_at:
      description: When the node was last changed.
      type: str
      sample: "2018-11-19T02:48:45+00:00"
    port_groups:
      description: The port groups.
      returned: if O(gather) has V(port_groups)
      type: list
      elements: dict
      sample: [{id: 1b7305bb-a418-4a6a-a81e-000d14af3a4f, name: bond0, address: null}]
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 409, operation: baremetal-node-list}
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
    - "GET /os/kinton/v1/v1/nodes/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE

DEFINITION = info_module(BAREMETAL_NODE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
