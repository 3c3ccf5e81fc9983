#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_node
short_description: Manage bare-metal nodes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Enrols, changes and deletes bare-metal nodes, moves them from one provision state to another, and switches them on
    and off.
  - O(provision_state) is the desired stable state of a node. The module sends the verbs that lead there from the
    current state, and waits after each. If the node ends in a failed state, the task fails with the error of the node.
    A later run continues from the failed state.
  - A node is found by O(id), O(name) or the address in O(ipmi), in this order. A node that is found by its address is
    renamed to O(name).
  - Passwords are never returned by the platform, so they are not compared. See O(update_password).
  - A second run sends one GET request, which the items of a local loop share. It takes one more for each node with
    O(ports), one more if O(ports) give port groups by name, and one more for each node with O(bios_interface) or
    O(rescue_interface).
  - Only administrators can use this module. The platform passes it on to Ironic, in version 1.34 of its API, or in the
    version that an option requires.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: Only GET requests and the request for a token are sent.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Passwords are set in each run with O(update_password=always). O(clean_steps) and O(reboot) are executed in each
        run.
options:
  name:
    description:
      - Name of the node. Up to 255 letters, digits and characters of C(._~-).
      - With O(id), or if the node is found by its address, it is the desired name of the node.
      - One of O(name), O(id) and O(ipmi) is required.
    type: str
  id:
    description: ID of an existing node. The platform assigns the ID of a new one.
    type: str
  driver:
    description:
      - Driver of the node. Defaults to V(pxe_ipmitool) when creating a node.
    type: str
  ipmi:
    description:
      - The management controller of the node. All of it is required when creating a node.
      - Two nodes never get the same address, however it is written. Case, the short forms of IPv6, a trailing dot of a
        host name, and leading and trailing spaces are ignored.
    type: dict
    suboptions:
      address:
        description: Address of the controller. The node can be found by it.
        type: str
      username:
        description: User to log in as.
        type: str
      password:
        description: Password of the user. It is never returned and never compared. See O(update_password).
        type: str
  update_password:
    description:
      - When to set the password in O(ipmi), and members of O(driver_info), O(properties) and O(instance_info) whose
        names mark them as secrets.
      - With V(always) they are set in each run, which is a change each time.
    type: str
    choices: [on_create, always]
    default: on_create
  driver_info:
    description:
      - Further settings of the driver, as named by Ironic, such as C(ipmi_port) or C(deploy_kernel).
      - It is merged into the existing settings. A member that is an empty string is removed.
    type: dict
  properties:
    description:
      - Properties of the node, such as C(cpus), C(memory_mb), C(local_gb), C(cpu_arch) and C(capabilities).
      - They are merged into the existing properties. A property that is an empty string is removed. See
        O(purge_properties).
    type: dict
  purge_properties:
    description:
      - Whether to remove properties that are not in O(properties).
      - Properties that the platform and its inspection set are kept, and so are secrets.
    type: bool
    default: false
  instance_info:
    description:
      - What is to be deployed on the node, or runs on a node to be adopted, as named by Ironic, such as
        C(image_source). Only required if Ironic is to deploy or adopt a node without an instance of CloudOS; without
        C(image_source), this is refused before anything is sent.
      - It is merged into the existing settings. A member that is an empty string is removed. Ironic clears all of it
        when a node is released.
    type: dict
  configdrive:
    description:
      - Config drive for a system that this task deploys with O(provision_state=active) or O(rebuild=true).
      - A text is a gzipped ISO 9660 image in base64, or the URL of one. A dictionary has the parts from which Ironic
        makes the image, C(meta_data) and C(network_data), which are dictionaries, and C(user_data), which is a text.
      - It is never returned and never compared. A task that deploys nothing does not send it.
      - This is an operation of OpenStack that the published reference does not have. With O(rebuild), Ironic knows it
        from version 1.35 of its API on, as a dictionary from version 1.56 on.
    type: raw
  rebuild:
    description:
      - Whether an active node is deployed again in place where O(instance_info) differs, for example by another
        C(image_source). Everything on its disk is lost.
      - Without it, another O(instance_info) is only stored. O(configdrive) alone does not rebuild a node.
      - A rebuild that failed or was interrupted is repeated by the next run.
      - A node that carries an instance of CloudOS is refused.
      - This is an operation of OpenStack that the published reference does not have. Not every platform offers it.
    type: bool
    default: false
  resource_class:
    description: Resource class, by which flavors choose nodes.
    type: str
  provision_state:
    description:
      - State in which the node is to remain. A new node is in V(enroll).
      - V(manageable) means that the platform can reach the management controller, V(available) that instances can be
        put on the node, V(active) that something runs on it.
      - From each state, only the allowed verbs are sent. The way to V(available) leads through V(manageable) and a
        cleaning. A node in V(clean failed) is managed again first; the maintenance that Ironic put it into is ended.
      - No verb leads back to V(enroll).
      - A node that carries an instance of CloudOS is never released. Delete the instance instead.
      - An active node without an instance is released if another state is requested. Its disks are cleaned.
    type: str
    choices: [enroll, manageable, available, active]
  inspect:
    description:
      - Whether the node should have been inspected. A node that was never inspected is moved to V(manageable) and
        inspected.
      - An active node is not changed. With O(provision_state=enroll), this is refused, since no verb leads back to that
        state.
    type: bool
    default: false
  clean_steps:
    description:
      - An action, not a state. Moves the node to V(manageable), cleans it with these steps, and returns it to its
        previous state or to O(provision_state). The steps are executed in each run.
      - An active node is refused. A node in V(enroll) is V(manageable) afterwards, so O(provision_state=enroll) cannot
        be combined with it.
    type: list
    elements: dict
    suboptions:
      interface:
        description: Interface of the driver that executes the step.
        type: str
        choices: [bios, deploy, management, power, raid]
        required: true
      step:
        description: Name of the step.
        type: str
        required: true
      args:
        description: Arguments of the step.
        type: dict
  adopt:
    description:
      - Whether to reach O(provision_state=active) by adopting the node with the system that runs on it, instead of
        deploying it. A node that would have to be released for that is refused.
    type: bool
    default: false
  give_back:
    description:
      - Whether a node that is in use, or about to be, may be released to reach O(provision_state). With V(false), such
        a node stays in use and O(provision_state) only applies to others, so that one description fits a node before
        and after an instance is deployed on it.
      - A node that carries an instance of CloudOS is never released. With V(true), requesting another state of it is an
        error.
    type: bool
    default: true
  abort:
    description:
      - Whether to abort a cleaning or a deployment that waits for the node, if it leads to another state than
        O(provision_state). Otherwise, the module waits until it has finished.
    type: bool
    default: false
  power_state:
    description:
      - Whether the node should be on or off.
      - Cleaning and deploying switch the node too, so the power state is set again after verbs.
    type: str
    choices: ["on", "off"]
  reboot:
    description:
      - Reboots a node that is on, V(soft) by asking its operating system, V(hard) by cutting the power. Each run of the
        task reboots it once more, unless a reboot is still in progress.
      - A node that the same task creates, switches on, inspects, cleans, deploys or releases is not rebooted in
        addition. It is an error if the node is off and stays off.
    type: str
    choices: [soft, hard]
  maintenance:
    description:
      - Whether the node should be in maintenance, in which the platform does not change it.
      - A node in maintenance is neither cleaned nor deployed. If O(provision_state) requires that, V(true) ends the
        maintenance for as long as it takes. If it is not given, the task fails, unless Ironic itself put the node into
        maintenance because a cleaning failed.
    type: bool
  maintenance_reason:
    description: Why the node is in maintenance. It implies O(maintenance=true).
    type: str
  ports:
    description:
      - Network cards of the node. Each is a MAC address, or a dictionary with C(address), and optionally C(port_group)
        (name or ID of a port group of the node, or an empty string for none) and C(pxe_enabled).
      - Addresses are compared without regard to case and separators.
      - They are added to the existing ports. See O(purge_ports). Changing a port of a provided node takes a short
        maintenance.
    type: list
    elements: raw
  bios_interface:
    description:
      - Interface of the driver to configure the BIOS, as named by Ironic, such as V(no-bios).
      - Ironic knows it from version 1.40 of its API on, which the published reference does not have. It is only read
        if it is given.
    type: str
  boot_interface:
    description:
      - Interface of the driver to boot the node, as named by Ironic, such as V(ipxe).
      - The interfaces of a node that is deployed can only be changed in maintenance.
    type: str
  console_interface:
    description:
      - Interface of the driver to open its console, as named by Ironic, such as V(ipmitool-socat).
    type: str
  deploy_interface:
    description:
      - Interface of the driver to deploy and clean it, as named by Ironic, such as V(direct).
    type: str
  inspect_interface:
    description:
      - Interface of the driver to inspect it, as named by Ironic, such as V(inspector).
    type: str
  management_interface:
    description:
      - Interface of the driver to set its boot device, as named by Ironic, such as V(ipmitool).
    type: str
  network_interface:
    description:
      - Interface of the driver to connect it to networks, as named by Ironic, such as V(neutron).
    type: str
  power_interface:
    description:
      - Interface of the driver to switch it on and off, as named by Ironic, such as V(ipmitool).
    type: str
  raid_interface:
    description:
      - Interface of the driver to configure its RAID, as named by Ironic, such as V(agent).
    type: str
  rescue_interface:
    description:
      - Interface of the driver to rescue it, as named by Ironic, such as V(agent).
      - Ironic knows it from version 1.38 of its API on, which the published reference does not have. It is only read
        if it is given.
    type: str
  storage_interface:
    description:
      - Interface of the driver to attach volumes to it, as named by Ironic, such as V(cinder).
    type: str
  vendor_interface:
    description:
      - Interface of the driver for operations of its vendor, as named by Ironic, such as V(ipmitool).
    type: str
  target_raid_config:
    description:
      - RAID configuration that the node should have, as named by Ironic. C(logical_disks) is a list of dictionaries
        with C(raid_level), C(size_gb) (a number, or C(MAX)), and optionally C(is_root_volume), C(volume_name),
        C(disk_type), C(interface_type), C(number_of_physical_disks), C(share_physical_disks), C(controller) and
        C(physical_disks).
      - It replaces the present one as a whole. An empty dictionary means no RAID.
      - Setting it does not change the disks. A cleaning with the steps of the interface C(raid) does, see
        O(clean_steps). The O(raid_interface) of the node has to support it.
      - This is an operation of OpenStack that the published reference does not have. Not every platform offers it.
    type: dict
  purge_ports:
    description: Whether to delete ports that are not in O(ports).
    type: bool
    default: false
  state:
    description:
      - With V(absent), a node that Ironic does not delete in its current state is released and managed first. Its ports
        and port groups are deleted with it.
      - A node in maintenance is deleted directly, and its disks are not cleaned.
      - A node that carries an instance is refused.
  wait_timeout:
    default: 3600
seealso:
  - module: h3c.cloudos.cloudos_baremetal_nodes
    description: Manage many nodes at once.
  - module: h3c.cloudos.cloudos_baremetal_node_info
  - module: h3c.cloudos.cloudos_baremetal_port
  - module: h3c.cloudos.cloudos_baremetal_portgroup
"""

EXAMPLES = r"""
- name: Enrol a node and make it available
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    ipmi:
      address: 172.25.16.228
      username: admin
      password: "{{ vault_ipmi_password }}"
    properties:
      cpu_arch: x86_64
      cpus: 16
      memory_mb: 262144
    ports:
      - 74:ea:cb:75:1c:2b
      - address: 74:ea:cb:75:1c:2c
        pxe_enabled: false
    provision_state: available

- name: Enrol and inspect several nodes
  h3c.cloudos.cloudos_baremetal_node:
    name: "{{ item.name }}"
    ipmi:
      address: "{{ item.address }}"
      username: admin
      password: "{{ vault_ipmi_password }}"
    inspect: true
    provision_state: manageable
  loop:
    - {name: rack1-node2, address: 172.25.16.229}
    - {name: rack1-node3, address: 172.25.16.230}
  loop_control:
    label: "{{ item.name }}"

- name: Set a new password of the management controller of a node that is found by its address
  h3c.cloudos.cloudos_baremetal_node:
    ipmi:
      address: 172.25.16.229
      password: "{{ vault_ipmi_password }}"
    update_password: always

- name: Put a node into maintenance
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    power_state: "off"
    maintenance_reason: new disks

- name: End the maintenance
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    maintenance: false
    provision_state: available

- name: Erase the disks of a node manually
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    clean_steps:
      - interface: deploy
        step: erase_devices_metadata

- name: Choose how a node boots, and configure its RAID
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    boot_interface: ipxe
    raid_interface: agent
    target_raid_config:
      logical_disks:
        - {raid_level: "1", size_gb: MAX, is_root_volume: true}
    clean_steps:
      - {interface: raid, step: delete_configuration}
      - {interface: raid, step: create_configuration}

- name: Deploy an image with a config drive
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    instance_info:
      image_source: http://images.example.com/linux-8.raw
    configdrive:
      meta_data:
        hostname: rack1-node2
      user_data: |
        #!/bin/sh
        echo ready > /var/tmp/first-start
    provision_state: active

- name: Deploy another image in place
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    instance_info:
      image_source: http://images.example.com/linux-9.raw
    rebuild: true

- name: Reboot a node by asking its operating system
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    reboot: soft

- name: Adopt a node with the system that runs on it
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node3
    instance_info:
      image_source: http://images.example.com/linux.raw
    provision_state: active
    adopt: true

- name: Make a node available unless it carries an instance
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    provision_state: available
    give_back: false

- name: Ensure the node is absent
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create, add_port, manage, provide]
baremetal_node:
  description: The node after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
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
        - The ports if O(ports) is given, otherwise null. The C(id) of a port that this task adds is null.
      type: list
      elements: dict
      sample:
        - id: d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5
          address: 74:ea:cb:75:1c:2b
          port_group: 1b7305bb-a418-4a6a-a81e-000d14af3a4f
          pxe_enabled: true
    bios_interface:
      description: Interface of the driver for the BIOS. Null unless O(bios_interface) is given.
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
      description: Interface of the driver for rescuing. Null unless O(rescue_interface) is given.
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
id:
  description: ID of a node that was enrolled before the task failed.
  returned: on failure after a creation
  type: str
  sample: e15691cf-3c7e-437b-9f30-2a9fba829bd7
diff:
  description: The options of the node before and after.
  returned: in diff mode
  type: dict
  sample: {before: {provision_state: enroll}, after: {provision_state: available}}
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
  sample: {status: 409, operation: baremetal-node-provision}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3, PUT: 2}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/v1/nodes/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE

DEFINITION = state_module(BAREMETAL_NODE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
