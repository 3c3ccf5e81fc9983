#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_compute_node_info
short_description: List compute nodes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the compute nodes, all of them or the one with a given name. Requires an administrator.
  - The platform returns the secrets of a node in clear text. The module never returns them.
  - Sends one GET request, and with O(gather) one POST that changes nothing.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the node with exactly this host name.
    type: str
  gather:
    description:
      - V(available_config) queries the management of a cluster for the switches and networks that a node can use.
      - It requires O(name) and O(password). O(vm_type), O(host_ip) and O(username) default to those of the node with
        this name; for a node that is yet to be added, they are required, too.
    type: list
    elements: str
    choices: [available_config]
    default: []
  vm_type:
    description: Kind of virtualization, for O(gather).
    type: str
    choices: [cas, vmware]
  host_ip:
    description: Address of the management, for O(gather).
    type: str
  username:
    description: User of the management, for O(gather).
    type: str
  password:
    description: Password of that user, for O(gather). It is never returned.
    type: str
  protocol:
    description: Protocol of the management, for O(gather).
    type: str
    choices: [http, https]
    default: http
  switch_type:
    description: Kind of the virtual switches of VMware, for O(gather). Not used for CAS.
    type: str
    choices: [standard, distributed]
    default: standard
seealso:
  - module: h3c.cloudos.cloudos_compute_node
"""

EXAMPLES = r"""
- name: List all compute nodes
  h3c.cloudos.cloudos_compute_node_info:
  register: all

- name: Show where they are managed
  ansible.builtin.debug:
    msg: "{{ item.cluster }} ({{ item.vm_type }}) by {{ item.host_ip }}"
  loop: "{{ all.compute_nodes }}"
  loop_control:
    label: "{{ item.name }}"

- name: Get the switches and networks that a new node of CAS could use
  h3c.cloudos.cloudos_compute_node_info:
    name: cpn-host11
    vm_type: cas
    host_ip: 10.125.26.11
    username: userName
    password: "{{ vault_manager_password }}"
    gather: [available_config]
  register: planned
"""

RETURN = r"""
compute_nodes:
  description: The nodes. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
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
          description: Its physical network. Null if RV(compute_nodes[].vswitches[].net_name) is not a name in base64.
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
available_config:
  description: Switches and networks of its cluster that a node can use.
  returned: if O(gather) has V(available_config)
  type: dict
  contains:
    vswitches:
      description: Names of the standard virtual switches.
      type: list
      elements: str
      sample: [vSwitch0]
    distributed_vswitches:
      description: Names of the distributed virtual switches.
      type: list
      elements: str
      sample: [dvSwitch]
    networks:
      description: The physical networks, and the switch of each.
      type: list
      elements: dict
      contains:
        network:
          description: Its name. Null if RV(available_config.networks[].net_name) is not a name in base64.
          type: str
          sample: vm
        net_name:
          description: The same in the form in which the platform returns it.
          type: str
          sample: dm0=
        device:
          description: Name of the virtual switch.
          type: str
          sample: vSwitch0
        switch_type:
          description: Kind of the switch, V(standard) or V(distributed).
          type: str
          sample: standard
        is_disabled:
          description: Whether the platform reports it as disabled.
          type: bool
          sample: false
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
  sample: {GET: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/h3cloudos/computenode: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.compute_node import COMPUTE_NODE

DEFINITION = info_module(COMPUTE_NODE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
