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
  - Enrols, changes and deletes bare-metal nodes, takes them from one provision state to another, and switches them on
    and off.
  - O(provision_state) is where a node shall rest. The module sends the verbs that lead there from where the node is,
    and waits after each. If the node ends in a failed state, the task fails with the node's own error. A later run
    goes on from the failed state.
  - A node is found by O(id), O(name) or the address in O(ipmi), in this order. One that is found by its address gets
    the name.
  - Passwords are never told by the platform, so they are not compared. See O(update_password).
  - A second run takes one GET, which the items of a local loop share. It takes one more for each node with O(ports),
    and one more where O(ports) give port groups by name.
  - Only administrators can use it. The platform passes it on to Ironic, in version 1.34 of its API.
  - Uses the operations C(baremetal-node-list), C(baremetal-node-get), C(baremetal-node-create),
    C(baremetal-node-patch), C(baremetal-node-provision), C(baremetal-node-power), C(baremetal-node-maintenance-on),
    C(baremetal-node-maintenance-off) and C(baremetal-node-delete) of the published reference, and for O(ports)
    C(baremetal-port-list), C(baremetal-port-create), C(baremetal-port-patch), C(baremetal-port-delete) and
    C(baremetal-portgroup-list).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.wait
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: Nothing but GET is sent, and the request for a token.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Passwords are set in each run with O(update_password=always), and O(clean_steps) are done in each run.
options:
  name:
    description:
      - Name of the node. Up to 255 letters, digits and characters of C(._~-).
      - With O(id), or where the node is found by its address, it is the name that the node shall have.
      - One of O(name), O(id) and O(ipmi) is needed.
    type: str
  id:
    description: ID of a node that exists. New nodes get theirs from the platform.
    type: str
  driver:
    description:
      - Driver of the node. A new one gets V(pxe_ipmitool) if nothing is given.
    type: str
  ipmi:
    description:
      - The management controller of the node. All of it is needed for a new node.
      - No two nodes get the same address, however it is written. Case, the short forms of IPv6, a dot at the end of a
        host name and blanks at the ends mean nothing.
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
        names say that they are secrets.
      - With V(always) they are set in each run, which is a change each time.
    type: str
    choices: [on_create, always]
    default: on_create
  driver_info:
    description:
      - What else the driver has to know, by Ironic's names, such as C(ipmi_port) or C(deploy_kernel).
      - It adds to what is there. A member that is an empty text is removed.
    type: dict
  properties:
    description:
      - Properties of the node, such as C(cpus), C(memory_mb), C(local_gb), C(cpu_arch) and C(capabilities).
      - They add to what is there. A property that is an empty text is removed. See O(purge_properties).
    type: dict
  purge_properties:
    description:
      - Whether to remove properties that are not in O(properties).
      - Those that the platform and its inspection write stay, and so do those that are secrets.
    type: bool
    default: false
  instance_info:
    description:
      - What is to be deployed on the node, or runs on a node that is adopted, by Ironic's names, such as
        C(image_source). Needed only where Ironic is to deploy or adopt a node without an instance of CloudOS; without
        an C(image_source) that is refused before anything is sent.
      - It adds to what is there. A member that is an empty text is removed. Ironic forgets all of it when it gives a
        node back.
    type: dict
  resource_class:
    description: Resource class, by which flavors choose nodes.
    type: str
  provision_state:
    description:
      - State in which the node shall rest. A new node is in V(enroll).
      - V(manageable) means that the platform can reach the management controller, V(available) that instances can be
        put on the node, V(active) that something runs on it.
      - From each state, the legal verbs are sent. V(available) takes V(manageable) and a cleaning. A node in
        V(clean failed) is managed again first; the maintenance that Ironic put it into is ended.
      - No verb leads back to V(enroll).
      - A node that carries an instance of CloudOS is never given back. Delete the instance instead.
      - An active node without one is given back when another state is wanted. Its disks are cleaned.
    type: str
    choices: [enroll, manageable, available, active]
  inspect:
    description:
      - Whether the node shall have been inspected. One that never was is taken through V(manageable) and inspected.
      - An active node is left alone. With O(provision_state=enroll) it is refused, since no verb leads back there.
    type: bool
    default: false
  clean_steps:
    description:
      - An action, not a state. Takes the node through V(manageable), cleans it with these steps, and takes it to where
        it was, or to O(provision_state). It is done in each run that gives it.
      - An active node is refused. A node in V(enroll) is V(manageable) afterwards, so O(provision_state=enroll) is
        refused beside it.
    type: list
    elements: dict
    suboptions:
      interface:
        description: Interface of the driver that does the step.
        type: str
        required: true
        choices: [bios, deploy, management, power, raid]
      step:
        description: Name of the step.
        type: str
        required: true
      args:
        description: Arguments of the step.
        type: dict
  adopt:
    description:
      - Whether to get to O(provision_state=active) by adopting the node with what runs on it, rather than by deploying.
        A node that would have to be given back for that is refused.
    type: bool
    default: false
  give_back:
    description:
      - Whether a node that is in use, or about to be, may be given back to get to O(provision_state). With V(false),
        such a node stays in use and O(provision_state) counts for others only, so that one description fits a node
        before and after an instance is deployed on it.
      - A node that carries an instance of CloudOS is never given back. With V(true), wanting another state of it is an
        error.
    type: bool
    default: true
  abort:
    description:
      - Whether to break off a cleaning or a deployment that waits for the node, if it leads to another state than
        O(provision_state). Without it, its end is waited for.
    type: bool
    default: false
  power_state:
    description:
      - Whether the node shall be on or off.
      - Cleaning and deploying switch the node too, so the power state is set again after verbs.
    type: str
    choices: ["on", "off"]
  maintenance:
    description:
      - Whether the node shall be in maintenance, where the platform leaves it alone.
      - A node in maintenance is neither cleaned nor deployed. If O(provision_state) needs that, V(true) ends the
        maintenance for as long as it takes. If nothing is given, the task fails, unless Ironic itself put the node into
        maintenance because a cleaning failed.
    type: bool
  maintenance_reason:
    description: Why the node is in maintenance. It implies O(maintenance=true).
    type: str
  ports:
    description:
      - Network cards of the node. Each is a MAC address, or a dictionary with C(address), and if wanted C(port_group)
        (name or ID of a port group of the node, or an empty text for none) and C(pxe_enabled).
      - Addresses are compared without regard to case and separators.
      - They add to what is there. See O(purge_ports). To change a port of a provided node takes a moment of
        maintenance.
    type: list
    elements: raw
  purge_ports:
    description: Whether to delete ports that are not in O(ports).
    type: bool
    default: false
  state:
    description:
      - With V(absent), a node that Ironic does not let go of as it is, is given back and managed first. Its ports and
        port groups go with it.
      - A node in maintenance is deleted as it is, and nothing on its disks is cleaned.
      - A node that carries an instance is refused.
  wait_timeout:
    default: 3600
seealso:
  - module: h3c.cloudos.cloudos_baremetal_nodes
    description: Many nodes at once.
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

- name: Several nodes, inspected
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

- name: A new password of the management controller, found by its address
  h3c.cloudos.cloudos_baremetal_node:
    ipmi:
      address: 172.25.16.229
      password: "{{ vault_ipmi_password }}"
    update_password: always

- name: Out of service for new disks
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    power_state: "off"
    maintenance_reason: new disks

- name: Back again
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    maintenance: false
    provision_state: available

- name: Erase the disks of a node by hand
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    clean_steps:
      - interface: deploy
        step: erase_devices_metadata

- name: Take over a node with what runs on it
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node3
    instance_info:
      image_source: http://images.example.com/linux.raw
    provision_state: active
    adopt: true

- name: Available for an instance, and left alone once it carries one
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node1
    provision_state: available
    give_back: false

- name: No such node
  h3c.cloudos.cloudos_baremetal_node:
    name: rack1-node2
    state: absent
"""

RETURN = r"""
actions:
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [create, add_port, manage, provide]
baremetal_node:
  description: The node as it is, or as it would be in check mode. Null after O(state=absent).
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
      description: What else the driver knows, without secrets and without what C(ipmi) tells.
      type: dict
      sample: {ipmi_port: "623"}
    properties:
      description: Properties without secrets. Numbers are texts, as the platform keeps them.
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
      description: V(on) or V(off). Null as long as the platform does not know.
      type: str
      sample: "off"
    maintenance:
      description: Whether the node is in maintenance.
      type: bool
      sample: false
    maintenance_reason:
      description: Why it is. Null without maintenance, and where no reason was given.
      type: str
      sample: new disks
    ports:
      description:
        - The ports, if O(ports) is given, else null. The C(id) of a port that this task adds is null.
      type: list
      elements: dict
      sample:
        - id: d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5
          address: 74:ea:cb:75:1c:2b
          port_group: 1b7305bb-a418-4a6a-a81e-000d14af3a4f
          pxe_enabled: true
    target_provision_state:
      description: Where the node is on its way to. Where a way failed, the state that it should have led to.
      type: str
      sample: available
    target_power_state:
      description: Power state that is being set, in Ironic's words. Null while none is.
      type: str
      sample: power on
    last_error:
      description: What went wrong last, in Ironic's words.
      type: str
      sample: "Failed to get power state for node."
    instance_id:
      description: ID of the instance that the node carries. Null without one.
      type: str
      sample: 136968d8-cc4f-41d6-9adc-2524053e076e
    reservation:
      description: Host that works on the node, and keeps others from changing it.
      type: str
      sample: ironic-conductor-0
    network_interface:
      description: How the node is connected to networks.
      type: str
      sample: neutron
    inspection_finished_at:
      description: When an inspection last succeeded. Null if none ever did.
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
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 409, operation: baremetal-node-provision}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3, PUT: 2}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/v1/nodes/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE

DEFINITION = state_module(BAREMETAL_NODE)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
