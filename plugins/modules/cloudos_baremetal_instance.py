#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_instance
short_description: Manage bare-metal instances of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, renames, starts, stops and deletes bare-metal instances. These are servers that have a physical node for
    themselves.
  - Networks with O(networks[].port) are tenant networks. The platform connects each of them to a port of the node.
  - Networks without it are flat networks. The instance configures its network cards itself, according to O(interfaces).
  - The platform can rename an instance and change its power state. Everything else is set when the instance is created.
    A difference in it is an error, unless O(replace=true).
  - Some options of a new instance are never returned by the platform, so they are not compared. This is noted in their
    descriptions.
  - Ordinary servers are in the same lists, but are not managed by this module. A new instance cannot have the name of a
    server, because the name is the host name. An instance is recognized by its metadata (C(extraType)).
  - An instance whose status is V(ERROR) makes the task fail with the error message of the platform, unless
    O(replace=true) or O(state=absent).
  - A second run sends one GET request. It takes one more for each kind of name that must be resolved to an ID
    (O(image), O(flavor), O(node), an alias as O(availability_zone)). Names are looked up once for all items of a local
    loop.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the instance, which is its host name. Letters, digits and hyphens, the first a letter, the last no
        hyphen. Windows takes 15 characters at most.
      - Required when creating an instance. With O(id), it is the desired name of the instance.
      - One of O(name) and O(id) is required. If several instances have this name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of an existing instance. The platform assigns the ID of a new one.
    type: str
  image:
    description:
      - Image, by name or ID. It should be one for bare metal.
      - Required when creating an instance. Changing it requires O(replace=true).
    type: str
  flavor:
    description:
      - Flavor, by name or ID. It should be one that the node can provide.
      - Required when creating an instance. Changing it requires O(replace=true).
    type: str
    aliases: [server_type, instance_type]
  networks:
    description:
      - Networks of a new instance, in this order.
      - Either all networks have O(networks[].port), or none. This determines which kind of instance is created.
      - Required when creating an instance, with at least one entry. They are not compared after creation.
      - With O(replace=true), they have to be given again, because the platform does not return them.
    type: list
    elements: dict
    suboptions:
      network:
        description: Network, by name or ID.
        type: str
        aliases: [id, name]
        required: true
      fixed_ip:
        description: Address in the network. If it is not given, the platform selects a free one.
        type: str
      port:
        description:
          - Port of the node to which the network is connected, by ID or MAC address, or a port group, by ID or name.
          - It makes the network a tenant network, and requires O(node).
        type: str
      gateway:
        description:
          - Whether the network is the gateway of the instance. At most one network can be.
          - If it is not given for any network, the first one is the gateway.
          - Only for networks with O(networks[].port).
        type: bool
  interfaces:
    description:
      - How a new instance in flat networks configures its network cards. The module generates the user data from them.
      - Without them it gets no user data, and the image has to configure its network itself, for example by DHCP.
      - They are not compared after creation. Not allowed for networks with O(networks[].port), and not beside
        O(user_data) and O(user_data_base64), in the place of which they stand.
    type: list
    elements: dict
    suboptions:
      nics:
        description:
          - MAC addresses of the network cards. Several of them form a bond, which requires O(interfaces[].bond_mode).
        type: list
        elements: str
        required: true
      address:
        description: IP address of the interface.
        type: str
        required: true
      cidr:
        description:
          - The network of O(interfaces[].address), sent unchanged. The published reference has an example without a
            prefix length, V(3.3.1.0). Custom programs may require one, as in V(3.3.1.0/24).
          - If there is a prefix length, the addresses have to be inside the network.
        type: str
        required: true
      gateway:
        description: IP address of the gateway.
        type: str
      route:
        description:
          - Routes, passed unchanged to the program of the image. The published reference does not specify their form.
        type: str
      vlan_id:
        description: VLAN of the interface, V(1) to V(4094). Without it the interface is untagged.
        type: int
      bond_mode:
        description:
          - Mode of the bond, a number that is passed to the program of the image.
          - A single card can be a bond, too. Without a mode, it is not.
        type: int
  interfaces_program:
    description:
      - Program of the image that configures the network cards. It is called when the instance starts for the first
        time, and gets the O(interfaces) as JSON in its only argument.
      - If its name ends with C(.ps1), it is called by PowerShell, as in the only example of the published reference.
        Anything else is called by C(/bin/sh).
      - It is not compared after creation.
    type: str
    default: C:/test.ps1
  user_data:
    description:
      - User data for cloud-init in a new instance, such as a script. The module encodes it.
      - The published reference only has the data that the module generates from O(interfaces) and O(admin_password).
        What is given here takes their place. It requires an image with C(cloud-init) or a similar program.
      - In tenant networks, O(admin_password) is sent to the platform all the same.
      - It is not compared after creation, and never returned.
    type: str
    aliases: [userdata]
  user_data_base64:
    description:
      - The same, encoded in base64 already. It is sent as it is, so it can be a compressed or binary file.
      - It is not compared after creation, and never returned.
    type: str
  security_groups:
    description:
      - Names of the security groups of a new instance. Defaults to V(default).
      - They are not compared after creation. With O(replace=true), the new instance gets those of the old one, if the
        platform returns them.
    type: list
    elements: str
  availability_zone:
    description:
      - Availability zone, by its name or by the alias that CloudOS displays.
      - Required when creating an instance, unless there is only one zone for bare metal. Changing it requires
        O(replace=true).
    type: str
  node:
    description:
      - Bare-metal node to use, by name, ID or the address of its management controller.
      - It has to be available, unless O(managed_node=true).
      - For up to a minute after a node has become available, the platform may not place an instance on it (V(No valid
        host was found)). An instance that fails for this reason is deleted and created again, for up to two minutes,
        but not with O(wait=false).
      - If it is not given, the platform selects one.
      - Changing it requires O(replace=true).
    type: str
  compute_node:
    description:
      - Compute node that serves O(node). If it is not given, it is looked up, which takes one more request.
      - A node that has just become available is reported some time later. Until then, it is looked up again, for up to
        five minutes and up to O(wait_timeout), but not with O(wait=false) or in check mode.
      - It can change automatically, so it is not compared for an existing instance. With O(replace=true), it is used
        for the new instance.
    type: str
  managed_node:
    description:
      - Whether O(node) was taken over together with the system that runs on it (C(do_manage)). If it is not given, it
        is not sent.
      - Changing it requires O(replace=true).
    type: bool
  key_name:
    description:
      - Name of the key pair of a new instance. It has to belong to the user that logs in.
      - Only one of O(key_name), O(admin_password) and O(use_image_password) can be given.
      - The published reference mentions login by key, but has no member for it. It is sent as for servers.
      - Changing it requires O(replace=true).
    type: str
  admin_password:
    description:
      - Password of the administrator of a new instance. If it is not given, the platform generates one, which is not
        returned.
      - In tenant networks, the module also generates user data for C(cloud-init) from it, unless O(user_data) or
        O(user_data_base64) is given.
      - It is not compared after creation, and cannot be changed.
    type: str
  use_image_password:
    description:
      - Whether a new instance keeps the password of its image. By default, it does not.
      - It is not compared after creation. With O(replace=true), the setting of the old instance is kept, unless one of
        the three is given.
    type: bool
  gpu_monitoring:
    description:
      - Whether a new instance gets the key with which it reports on its graphics cards. The module reads the key from
        the platform and never shows it.
      - It is not compared after creation.
    type: bool
  alias:
    description:
      - >-
        Name that CloudOS displays, at most 32 characters, none of C(/ : * ? " < > |), no dot at the ends. The platform
        gives a new instance its O(name).
      - Changing it requires O(replace=true).
    type: str
  description:
    description:
      - Description, at most 255 characters. Changing it requires O(replace=true).
    type: str
  metadata:
    description:
      - Metadata, which instances can read. Values are sent as strings.
      - Keys that are given are compared. Others are kept, unless O(purge_metadata=true). Changing them requires
        O(replace=true).
      - Anyone who can see the instance can read it. Do not put secrets here.
    type: dict
    aliases: [meta, labels]
  purge_metadata:
    description:
      - Whether O(metadata) is complete, so that any other key is a difference. Keys of the platform are ignored.
    type: bool
    default: false
  power_state:
    description:
      - Power state of the instance. A new instance runs if it is not given.
    type: str
    choices: [running, stopped]
  reboot:
    description:
      - Reboots a running instance, V(soft) by asking its operating system, V(hard) by cutting the power. Each run of
        the task reboots it once more, unless that reboot is still in progress.
      - An instance that the same task creates or starts is not rebooted in addition. It is an error if the instance is
        not to run afterwards.
    type: str
    choices: [soft, hard]
  wait_timeout:
    default: 3600
seealso:
  - module: h3c.cloudos.cloudos_baremetal_instance_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create an instance on any node, in a flat network with DHCP
  h3c.cloudos.cloudos_baremetal_instance:
    name: build-1
    image: rocky-9-metal
    flavor: metal
    availability_zone: ironic2
    key_name: deploy
    networks:
      - id: "{{ network_id }}"

- name: Create an instance on a certain node that configures a network card and a bond with a VLAN
  h3c.cloudos.cloudos_baremetal_instance:
    name: win-1
    image: windows-2022-metal
    flavor: metal
    availability_zone: ironic2
    node: rack-1-node-2
    admin_password: "{{ vault_admin_password }}"
    networks:
      - id: "{{ network_id }}"
        fixed_ip: 192.168.10.33
    interfaces:
      - nics: ["2c:44:fd:91:cc:08"]
        address: 192.168.10.33
        cidr: 192.168.0.0
        gateway: 192.168.0.1
      - nics: ["2c:44:fd:91:cc:09", "2c:44:fd:91:cc:0a"]
        bond_mode: 0
        vlan_id: 73
        address: 3.3.2.22
        cidr: 3.3.2.0

- name: Create an instance in two tenant networks, each on a port of its own
  h3c.cloudos.cloudos_baremetal_instance:
    name: db-1
    alias: Database 1
    image: rocky-9-metal
    flavor: metal
    availability_zone: ironic2
    node: rack-1-node-5
    admin_password: "{{ vault_admin_password }}"
    networks:
      - id: "{{ network_id }}"
        port: bond0
        gateway: true
      - id: "{{ storage_network_id }}"
        port: "74:ea:cb:75:1c:2d"
    metadata:
      role: db
  register: database

- name: Show its addresses
  ansible.builtin.debug:
    msg: "{{ database.baremetal_instance.addresses.values() | flatten | map(attribute='addr') }}"

- name: Create an instance that runs a script when it starts for the first time
  h3c.cloudos.cloudos_baremetal_instance:
    name: build-2
    image: rocky-9-metal
    flavor: metal
    availability_zone: ironic2
    key_name: deploy
    networks:
      - id: "{{ network_id }}"
    user_data: |
      #!/bin/sh
      echo ready > /var/tmp/first-start

- name: Create an instance with monitored graphics cards
  h3c.cloudos.cloudos_baremetal_instance:
    name: gpu-1
    image: rocky-9-metal
    flavor: metal
    availability_zone: ironic2
    use_image_password: true
    gpu_monitoring: true
    networks:
      - id: "{{ network_id }}"

- name: Stop an instance
  h3c.cloudos.cloudos_baremetal_instance:
    name: gpu-1
    power_state: stopped

- name: Reboot an instance
  h3c.cloudos.cloudos_baremetal_instance:
    name: db-1
    reboot: soft

- name: Rename an instance
  h3c.cloudos.cloudos_baremetal_instance:
    id: "{{ database.baremetal_instance.id }}"
    name: db-2

- name: Change the image by recreating the instance on the same node
  h3c.cloudos.cloudos_baremetal_instance:
    name: build-1
    image: rocky-10-metal
    networks:
      - id: "{{ network_id }}"
    replace: true

- name: Ensure the instance is absent
  h3c.cloudos.cloudos_baremetal_instance:
    name: gpu-1
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [rename, stop]
baremetal_instance:
  description:
    - The instance after the task, or as it would be in check mode. Null after O(state=absent).
    - In check mode, properties that only the platform knows are null for a new instance. The ID of an image, flavor or
      node that does not exist yet is V((to be created\)).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the instance. Null for one that check mode would create.
      type: str
      sample: 32f92d9d-4e18-4135-8ee3-a62f2cb7a231
    name:
      description: Name of the instance, which is its host name.
      type: str
      sample: db-1
    image:
      description: ID of the image.
      type: str
      sample: 26c62934-5d2c-4280-981f-eca865edb19d
    flavor:
      description: ID of the flavor.
      type: str
      sample: 68869510-611d-4494-a26c-61c48461782d
    availability_zone:
      description: Name of the availability zone.
      type: str
      sample: ironic2
    compute_node:
      description: Compute node that serves the node.
      type: str
      sample: ironic-host2
    node:
      description: ID of the bare-metal node, if the platform returns it for the instance.
      type: str
      sample: 6855617a-5724-4e0b-9458-dc9399502799
    managed_node:
      description: Whether the node had been taken over (C(do_manage)). V(false) if it is not in the metadata.
      type: bool
      sample: true
    key_name:
      description: Name of the key pair.
      type: str
      sample: deploy
    alias:
      description: Name that CloudOS displays.
      type: str
      sample: Database 1
    description:
      description: Description. Null if there is none.
      type: str
      sample: The first database
    metadata:
      description: Metadata, including that of the platform. Keys that hold secrets are left out.
      type: dict
      sample: {role: db, extraType: BareMetal, enableAdminPass: "1"}
    power_state:
      description:
        - V(running) or V(stopped).
        - Null in most other states of RV(baremetal_instance.status), such as V(BUILD) and V(ERROR).
      type: str
      sample: running
    status:
      description: Status as reported by the platform.
      type: str
      sample: ACTIVE
    vm_state:
      description: State of the instance in the compute service.
      type: str
      sample: active
    task_state:
      description: Task that the platform is performing. Null if there is none, or if the platform does not report it.
      type: str
      sample: powering-off
    fault:
      description: Error message of the platform. Null if there is none.
      type: str
      sample: No valid host was found. There are not enough hosts available.
    addresses:
      description: Addresses by the name of the network.
      type: dict
      sample:
        net-1:
          - {addr: 192.168.10.33, version: 4, type: fixed, mac_address: "74:ea:cb:75:1c:2b"}
    ip_address:
      description: First fixed address, IPv4 before IPv6. Null if it has none.
      type: str
      sample: 192.168.10.21
    floating_ip:
      description: First floating address. Null if it has none.
      type: str
      sample: 203.0.113.21
    instance_name:
      description: Name of the instance in the compute service.
      type: str
      sample: instance-00000001
    host_id:
      description: ID of the host, different for each project.
      type: str
      sample: 3f3eb049e1d8fbf5c8b392ceaed1b9f3988666a6af76bf7753486a8d
    access_ipv4:
      description: IPv4 address for access, if one is set.
      type: str
      sample: 192.0.2.33
    access_ipv6:
      description: IPv6 address for access, if one is set.
      type: str
      sample: "2001:db8::33"
    project_id:
      description: ID of the project.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    user_id:
      description: ID of the user that created it.
      type: str
      sample: 1df71957d770436493a84f24d9344853
    created:
      description: When it was created.
      type: str
      sample: "2026-01-31T03:49:05Z"
    updated:
      description: When it was last changed.
      type: str
      sample: "2026-01-31T04:02:06Z"
    launched_at:
      description: When it was started for the first time.
      type: str
      sample: "2026-01-31T04:02:06.035322"
    terminated_at:
      description: When it was deleted. Null for one that exists.
      type: str
      sample: "2026-02-01T10:00:00.000000"
id:
  description: ID of an instance that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 32f92d9d-4e18-4135-8ee3-a62f2cb7a231
diff:
  description: The options of the instance before and after. Secrets that are set are shown as asterisks.
  returned: in diff mode
  type: dict
  sample: {before: {name: db-1, power_state: stopped}, after: {name: db-1, power_state: running}}
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
  sample: {status: 403, operation: baremetal-instance-create-flat}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 4, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE

DEFINITION = state_module(BAREMETAL_INSTANCE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
