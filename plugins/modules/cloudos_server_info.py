#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server_info
short_description: List servers of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the servers of the project, all of them or those that match.
  - Bare-metal instances are in the same list of the platform, and are left out.
  - Sends one GET request for each 1000 servers. Each entry of O(gather) takes one more request for each server.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only servers with exactly this name.
    type: str
  id:
    description:
      - Return only the server with this ID. All other filters except O(name) are then ignored.
    type: str
  image:
    description: Return only servers of this image, by name or ID.
    type: str
  flavor:
    description: Return only servers of this flavor, by name or ID.
    type: str
  status:
    description: Return only servers with this status of the platform, such as V(ACTIVE), V(SHUTOFF) or V(ERROR).
    type: str
  host:
    description:
      - The filter C(host) of the platform, a regular expression. OpenStack matches it against the compute node. The
        published reference describes it as the name of the server.
    type: str
  changes_since:
    description: Return only servers that changed since this time, such as V(2026-01-31T12:00:00Z).
    type: str
  detail:
    description:
      - Whether to return all properties. With V(false), only C(id) and C(name) are returned, from the short list of the
        platform, which supports no other filters than O(name) and O(id).
    type: bool
    default: true
  gather:
    description:
      - Additional information to gather about each server.
      - V(volumes) and V(interfaces) are the attached ones. V(attachable_volumes) are the volumes that could be
        attached.
      - V(gpus) are its graphics cards.
      - V(console) requests an address of the console. The server has to be running. Anyone with the address can use the
        console, so keep it confidential.
    type: list
    elements: str
    choices: [volumes, interfaces, attachable_volumes, gpus, console]
    default: []
  console_type:
    description: Type of the console.
    type: str
    choices: [novnc, xvpvnc]
    default: novnc
seealso:
  - module: h3c.cloudos.cloudos_server
  - module: h3c.cloudos.cloudos_servers
  - module: h3c.cloudos.cloudos_baremetal_instance_info
"""

EXAMPLES = r"""
- name: List all servers of the project
  h3c.cloudos.cloudos_server_info:
  register: all

- name: Show the running servers
  ansible.builtin.debug:
    msg: "{{ all.servers | selectattr('power_state', 'equalto', 'running') | map(attribute='name') }}"

- name: List all failed servers
  h3c.cloudos.cloudos_server_info:
    status: ERROR
  register: broken

- name: Show why
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.fault }}"
  loop: "{{ broken.servers }}"
  loop_control:
    label: "{{ item.name }}"

- name: Get a server with its volumes and network cards
  h3c.cloudos.cloudos_server_info:
    name: web-1
    gather: [volumes, interfaces]
  register: web

- name: Show its MAC addresses
  ansible.builtin.debug:
    msg: "{{ web.servers[0].interfaces | map(attribute='mac_address') }}"

- name: List the volumes that could be attached
  h3c.cloudos.cloudos_server_info:
    id: "{{ web.servers[0].id }}"
    gather: [attachable_volumes]

- name: List the graphics cards of the server
  h3c.cloudos.cloudos_server_info:
    id: "{{ web.servers[0].id }}"
    gather: [gpus]

- name: List only the IDs and names of all servers
  h3c.cloudos.cloudos_server_info:
    detail: false

- name: List all servers with a certain flavor
  h3c.cloudos.cloudos_server_info:
    flavor: "{{ web.servers[0].flavor }}"

- name: Get an address of the console without showing it
  h3c.cloudos.cloudos_server_info:
    name: web-1
    gather: [console]
  register: console
  no_log: true
"""

RETURN = r"""
servers:
  description: The servers. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the server.
      type: str
      sample: f4212a1c-01bd-4fca-ab10-94ef7f174a14
    name:
      description: Name of the server, which is its host name.
      type: str
      sample: web-1
    image:
      description: ID of the image. Null for a server that boots from a volume.
      type: str
      sample: 26c62934-5d2c-4280-981f-eca865edb19d
    flavor:
      description: ID of the flavor. Its name if the platform returns no ID and the flavor no longer exists.
      type: str
      sample: 68869510-611d-4494-a26c-61c48461782d
    networks:
      description: Networks that it is in, by ID, each with its address. Null unless O(gather) has V(interfaces).
      type: list
      elements: dict
      sample:
        - {network: d4471b96-4a48-4002-9214-4b026b4186de, fixed_ip: 192.168.10.33}
    security_groups:
      description: Names of its security groups. Null if the platform does not return them.
      type: list
      elements: str
      sample: [default, web]
    availability_zone:
      description: Name of the availability zone.
      type: str
      sample: nova11
    key_name:
      description: Name of the key pair.
      type: str
      sample: deploy
    alias:
      description: Name that CloudOS displays.
      type: str
      sample: Web server 1
    description:
      description: Description. Null if there is none.
      type: str
      sample: The first web server
    metadata:
      description: Metadata, including that of the platform. Keys that hold secrets are left out.
      type: dict
      sample: {role: web, user_name: admin, enableAdminPass: "1"}
    config_drive:
      description: Whether it has a configuration drive.
      type: bool
      sample: false
    storage_type_id:
      description: ID of the type of storage pool.
      type: str
      sample: ccc45604-4026-4411-8db6-ff79b74c1684
    storage_pool:
      description: Name of the storage pool.
      type: str
      sample: isopool
    user:
      description: ID of the user that it belongs to.
      type: str
      sample: 1df71957d770436493a84f24d9344853
    power_state:
      description:
        - V(running), V(stopped), V(suspended) or V(shelved).
        - Null in every other RV(servers[].status), such as V(BUILD), V(VERIFY_RESIZE) and V(ERROR).
      type: str
      sample: running
    status:
      description: Status as reported by the platform.
      type: str
      sample: ACTIVE
    vm_state:
      description: State of the virtual machine.
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
          - {addr: 192.168.10.33, version: 4, type: fixed, mac_address: "fa:16:3e:00:00:04"}
    ip_address:
      description: First fixed address, IPv4 before IPv6. Null if it has none.
      type: str
      sample: 192.168.10.21
    floating_ip:
      description: First floating address. Null if it has none.
      type: str
      sample: 203.0.113.21
    compute_node:
      description: Compute node that it runs on.
      type: str
      sample: cpn-host11rc
    hypervisor_hostname:
      description: Name of the hypervisor, if the platform returns it.
      type: str
      sample: cvknode191
    instance_name:
      description: Name of the virtual machine on the hypervisor.
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
      description: The same as C(user).
      type: str
      sample: 1df71957d770436493a84f24d9344853
    created:
      description: When it was created.
      type: str
      sample: "2026-01-31T03:49:05Z"
    updated:
      description: When it was last changed.
      type: str
      sample: "2026-01-31T03:49:06Z"
    launched_at:
      description: When it was started for the first time.
      type: str
      sample: "2026-01-31T03:49:06.035322"
    terminated_at:
      description: When it was deleted. Null for one that exists.
      type: str
      sample: "2026-02-01T10:00:00.000000"
    volumes:
      description:
        - IDs of the attached volumes, without the one that it boots from. Null unless O(gather) has V(volumes).
      type: list
      elements: str
      sample: [7332d5ee-3783-4304-a6bb-dd91174b5dc7]
    volume_attachments:
      description: The attached volumes, the one that it boots from included.
      returned: if O(gather) has V(volumes)
      type: list
      elements: dict
      contains:
        id:
          description: ID of the volume.
          type: str
          sample: 7332d5ee-3783-4304-a6bb-dd91174b5dc7
        device:
          description: Device name of the volume in the server.
          type: str
          sample: /dev/vdb
    ports:
      description: IDs of the attached ports. Null unless O(gather) has V(interfaces).
      type: list
      elements: str
      sample: [ce531f90-199f-48c0-816c-13e38010b442]
    interfaces:
      description: The network cards.
      returned: if O(gather) has V(interfaces)
      type: list
      elements: dict
      contains:
        port_id:
          description: ID of the port.
          type: str
          sample: ce531f90-199f-48c0-816c-13e38010b442
        network_id:
          description: ID of the network.
          type: str
          sample: d4471b96-4a48-4002-9214-4b026b4186de
        mac_address:
          description: MAC address.
          type: str
          sample: "fa:16:3e:00:00:04"
        state:
          description: State of the port.
          type: str
          sample: ACTIVE
        fixed_ips:
          description: Addresses, each with C(subnet_id) and C(ip_address).
          type: list
          elements: dict
          sample: [{subnet_id: d9484490-2cdd-45c3-aff1-e67edb1ebf90, ip_address: 192.168.10.33}]
    attachable_volumes:
      description: Volumes of the project that could be attached to the server.
      returned: if O(gather) has V(attachable_volumes)
      type: list
      elements: dict
      contains:
        id:
          description: ID of the volume.
          type: str
          sample: 7332d5ee-3783-4304-a6bb-dd91174b5dc7
        name:
          description: Name of the volume.
          type: str
          sample: data-2
        size:
          description: Size in GB.
          type: int
          sample: 10
        status:
          description: Status of the volume.
          type: str
          sample: available
        bootable:
          description: Whether a server can boot from it.
          type: bool
          sample: false
        multiattach:
          description: Whether several servers can have it at once.
          type: bool
          sample: false
    gpus:
      description: IDs of the graphics cards of the server.
      returned: if O(gather) has V(gpus)
      type: list
      elements: str
      sample: [1ffc0f24-afe9-5a2a-88b9-8844f3f6469e]
    console:
      description: The console.
      returned: if O(gather) has V(console)
      type: dict
      contains:
        type:
          description: Type of the console.
          type: str
          sample: novnc
        url:
          description: Address of the console, with a token of its own.
          type: str
          sample: http://192.0.2.5:6080/vnc_auto.html?token=8f1f6cf2-6ab1-4b66-8f4f-7a54b2c6e7b1
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: server-list-detail}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/servers/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER

DEFINITION = info_module(SERVER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
