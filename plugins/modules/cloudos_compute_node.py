#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_compute_node
short_description: Manage compute nodes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Adds, changes and deletes compute nodes, which connect the cloud to clusters of CAS, VMware and HP.
  - The platform only accepts a whole node, with the password of its management. O(password) is therefore required for
    every change, but not for a node that is already in the desired state.
  - The platform returns the secrets of a node in clear text. The module never returns, compares or shows them.
  - Requires an administrator.
  - A second run sends one GET request, and one more if O(storage_zone) is an alias.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Host name of the node. It identifies the node, so it cannot be changed.
    type: str
    required: true
  vm_type:
    description:
      - Kind of virtualization.
      - Required when creating a node.
    type: str
    choices: [vmware, cas, hp]
  host_ip:
    description:
      - Address of the management of the cluster, such as CVM or vCenter.
      - Required when creating a node.
    type: str
  username:
    description:
      - User of the management.
      - Required when creating a node.
    type: str
  password:
    description:
      - Password of that user.
      - Required when creating a node, and for each change of an existing one. The password is then set, too.
      - It is never returned and never compared. See O(update_password).
    type: str
  host_pool:
    description:
      - Host pool.
      - Required when creating a node.
    type: str
  network_mode:
    description:
      - V(vxlan_network) is VXLAN as an overlay of the network, V(vxlan_host) as one of the hosts, V(vlan) is VLAN.
      - Required when creating a node.
    type: str
    choices: [vxlan_network, vxlan_host, vlan]
  storage_zone:
    description:
      - Availability zone of its volumes, by its name or by the alias that CloudOS displays.
      - Any other value is sent unchanged.
      - Required when creating a node.
    type: str
  cluster:
    description:
      - Name of the cluster.
      - Required when creating a node.
    type: str
  cluster_id:
    description:
      - ID of the cluster in its virtualization platform, as C(clusters) of M(h3c.cloudos.cloudos_virtualization_info)
        returns it.
      - Required when creating a node.
    type: str
  init_mode:
    description:
      - How servers are initialized. The reference shows C(vmware_api), for a node of CAS.
      - Required when creating a node.
    type: str
  vswitches:
    description:
      - Virtual switches of the physical networks.
      - Those of other networks are kept, unless O(purge_vswitches=true).
      - Required when creating a node.
    type: list
    elements: dict
    suboptions:
      network:
        description:
          - Name of the physical network. It is sent in base64, as the examples of the reference have it.
          - One of O(vswitches[].network) and O(vswitches[].net_name) is required.
        type: str
      net_name:
        description: The same in the form in which it is sent, for a platform that requires another form.
        type: str
      device:
        description: Name of the virtual switch, such as C(vxlan), C(vswitch0) or C(vswitch1). It is sent unchanged.
        type: str
        required: true
  purge_vswitches:
    description: Whether to remove the switches of all networks that are not in O(vswitches).
    type: bool
    default: false
  pci:
    description: Sent as C(pci). The published reference does not explain it.
    type: str
  transport_url:
    description:
      - Address of the message queue, such as C(rabbit://user:password@host).
      - It is never returned and never compared. See O(update_password).
    type: str
  all_pass:
    description:
      - Sent as C(allPass), a password that the reference does not explain.
      - It is never returned and never compared. See O(update_password).
    type: str
  resource_node:
    description: Sent as C(resourceNode). The published reference does not explain it.
    type: str
  use_local_storage:
    description: Whether to use local storage.
    type: bool
  link_clone:
    description: Whether disks are linked clones.
    type: bool
  mode:
    description: Sent as C(mode). The reference shows C(expand).
    type: str
  ip:
    description: Sent as C(ip). The published reference does not explain it.
    type: str
  update_password:
    description:
      - When to set O(password), O(transport_url) and O(all_pass) of a node that exists.
      - With V(always) they are set in each run, which is a change each time.
      - With V(on_create), O(transport_url) and O(all_pass) keep the values that the platform returns when something
        else changes. If it returns no value, or a mask, the given ones are sent.
    type: str
    choices: [on_create, always]
    default: on_create
  validate:
    description:
      - Whether to have the platform log in to the management before a node is added or changed. If it cannot, the task
        fails with the error of the platform, and nothing is changed.
      - For O(vm_type=cas) and O(vm_type=vmware) only. It sends one more POST request, which changes nothing, and none
        if nothing has to be changed.
      - Check mode does not validate.
    type: bool
    default: false
  protocol:
    description: Protocol of the management, for O(validate=true).
    type: str
    choices: [http, https]
    default: http
  switch_type:
    description: Kind of the virtual switches of VMware, for O(validate=true). Not used for CAS.
    type: str
    choices: [standard, distributed]
    default: standard
seealso:
  - module: h3c.cloudos.cloudos_compute_node_info
  - module: h3c.cloudos.cloudos_virtualization_info
  - module: h3c.cloudos.cloudos_availability_zone
"""

EXAMPLES = r"""
- name: Add a cluster of CAS as a compute node
  h3c.cloudos.cloudos_compute_node:
    name: host191
    vm_type: cas
    host_ip: 10.125.26.11
    username: userName
    password: "{{ vault_manager_password }}"
    host_pool: pool1
    network_mode: vlan
    storage_zone: cinder191
    cluster: cluster1
    cluster_id: "1"
    init_mode: vmware_api
    vswitches:
      - network: cas
        device: vxlan
    validate: true

- name: Add a physical network
  h3c.cloudos.cloudos_compute_node:
    name: host191
    password: "{{ vault_manager_password }}"
    vswitches:
      - network: vm
        device: vswitch0

- name: Change the password of the management
  h3c.cloudos.cloudos_compute_node:
    name: host191
    password: "{{ vault_manager_password }}"
    update_password: always

- name: Ensure the compute node is absent
  h3c.cloudos.cloudos_compute_node:
    name: host191
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
compute_node:
  description: The node after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    name:
      description: Host name of the node, which identifies it.
      type: str
      sample: host191
    vm_type:
      description: Kind of virtualization, V(vmware), V(cas) or V(hp). Any other kind is returned as its number.
      type: str
      sample: cas
    host_ip:
      description: Address of the management of the cluster.
      type: str
      sample: 172.25.17.191
    username:
      description: User of the management.
      type: str
      sample: cloudos
    host_pool:
      description: Host pool.
      type: str
      sample: pool1
    network_mode:
      description: Network mode, V(vxlan_network), V(vxlan_host) or V(vlan).
      type: str
      sample: vlan
    storage_zone:
      description: Availability zone of its volumes.
      type: str
      sample: cinder191
    cluster:
      description: Name of the cluster.
      type: str
      sample: cluster1
    cluster_id:
      description: ID of the cluster in its virtualization platform.
      type: str
      sample: "1"
    init_mode:
      description: How servers are initialized.
      type: str
      sample: vmware_api
    vswitches:
      description: Virtual switches of the physical networks.
      type: list
      elements: dict
      contains:
        network:
          description: Its physical network. Null if RV(compute_node.vswitches[].net_name) is not a name in base64.
          type: str
          sample: cas
        net_name:
          description: The same in the form in which the platform returns it.
          type: str
          sample: Y2Fz
        device:
          description: Name of the virtual switch.
          type: str
          sample: vxlan
    pci:
      description: Returned by the platform as C(pci). The published reference does not explain it.
      type: str
      sample: null
    resource_node:
      description: Returned by the platform as C(resourceNode).
      type: str
      sample: host
    use_local_storage:
      description: Whether local storage is used.
      type: bool
      sample: true
    link_clone:
      description: Whether disks are linked clones.
      type: bool
      sample: false
    mode:
      description: Returned by the platform as C(mode).
      type: str
      sample: expand
    ip:
      description: Returned by the platform as C(ip).
      type: str
      sample: 172.25.80.30
diff:
  description: The options of the node before and after. Of secrets, only the fact that they are set is shown.
  returned: in diff mode
  type: dict
  sample: {before: {name: host191, host_pool: pool1}, after: {name: host191, host_pool: pool2}}
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
  sample: {status: 403, operation: compute-node-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/h3cloudos/computenode: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.compute_node import COMPUTE_NODE

DEFINITION = state_module(COMPUTE_NODE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
