#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_server
short_description: Manage servers of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes servers.
  - The platform can rename a server, give it another flavor, change its power state, attach and detach volumes and
    ports, put it into further networks, and give it to another user. Everything else is set when the server is
    created. A difference in it is an error, unless O(replace=true).
  - Some options of a new server are never returned by the platform, so they are not compared. This is noted in their
    descriptions.
  - Bare-metal instances are in the same lists, but are not managed by this module. A new server cannot have the name of
    one, because the name is the host name. Use M(h3c.cloudos.cloudos_baremetal_instance) for them.
  - A server whose status is V(ERROR) makes the task fail with the error message of the platform, unless O(replace=true)
    or O(state=absent).
  - A second run sends one GET request. It takes one more for each kind of name that must be resolved to an ID
    (O(image), O(flavor), O(server_group), O(user), an alias as O(availability_zone)), one more for O(volumes), and one
    more for O(ports). O(networks) cost none if they are given by name, and one more if they are given by ID or by port,
    or if the server is not in all of them. Names are looked up once for all items of a local loop.
  - Volumes and ports are looked up in the lists of OpenStack's own services for them, which are not part of the
    published reference, at C(/os/storage/v1/v2/{tenant_id}/volumes/detail) and C(/os/network/v1/v2.0/ports). If a
    platform does not have those, IDs are sent unchanged.
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
      - Name of the server, which is its host name. Letters, digits and hyphens, the first a letter, the last no
        hyphen. Windows takes 15 characters at most.
      - Required when creating a server. With O(id), it is the desired name of the server.
      - One of O(name) and O(id) is required. If several servers have this name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of an existing server. The platform assigns the ID of a new one.
    type: str
  template:
    description:
      - Server template for a new server, by name or ID. It provides O(image), O(flavor), O(availability_zone) and
        O(storage_pool) when a server is created, each unless the option itself is given. With O(boot_volume), its image
        is ignored.
      - It is only used when a server is created. An existing server is not compared with it, so changing a template
        does not change servers. With O(replace=true), the new server is like the old one, not like the template.
    type: str
  image:
    description:
      - Image to boot from, by name or ID.
      - Required when creating a server, unless O(boot_volume) is given. Changing it requires O(replace=true).
    type: str
  boot_volume:
    description:
      - System volume to boot from, by name or ID, instead of O(image).
      - It is not compared after creation.
    type: str
    aliases: [root_volume]
  boot_volume_size:
    description:
      - Size of O(boot_volume) in GB. Defaults to the disk size of O(flavor).
      - It is not compared after creation.
    type: int
  delete_boot_volume:
    description:
      - Whether the platform deletes O(boot_volume) together with the server.
      - It is set when the server is created, and is not compared.
    type: bool
    default: false
  flavor:
    description:
      - Flavor, by name or ID.
      - Required when creating a server. A different flavor resizes the server according to O(resize).
    type: str
    aliases: [server_type, instance_type]
  resize:
    description:
      - What to do if the server has a different flavor than O(flavor).
      - V(allow) resizes it. It has to be running or stopped for that, so a suspended or shelved server is started
        first, and returned to its state afterwards. A server that is to be stopped anyway is stopped first.
      - V(live) resizes it while it is running, if the platform supports it. A server that is not running is started
        first, and returned to its state afterwards.
      - V(never) makes the task fail.
    type: str
    choices: [allow, live, never]
    default: allow
  confirm_resize:
    description:
      - On some installations, a server remains in the status V(VERIFY_RESIZE) after a resize until it is confirmed.
        With V(true), the module confirms it, also for a server that already has this status.
      - With V(false), the server is left in V(VERIFY_RESIZE). Its old size can then be restored, though not with this
        module. Until then, the platform accepts no other size, power state or port for it, so requesting one is an
        error.
    type: bool
    default: true
  rebuild:
    description:
      - Whether the server is rebuilt in place where O(image) differs. Its ID, addresses and volumes stay. Everything on
        its own disk is lost.
      - Without it, another image is an error, or with O(replace=true) another server.
      - This is an operation of OpenStack that the published reference does not have. Not every platform offers it.
    type: bool
    default: false
  networks:
    description:
      - Networks of the server, each with a network card. A new server gets them in this order. Each entry has one of
        O(networks[].network) and O(networks[].port).
      - Required when creating a server, unless O(ports) are given, which are its only network cards then.
      - An existing server is compared with them by its addresses, or by its interfaces. It is put into those that are
        missing, which is an operation of OpenStack that the published reference does not have. Others are kept, unless
        O(purge_networks=true). An address that differs from O(networks[].fixed_ip) cannot be changed, so it is an
        error, unless O(replace=true). If the platform does not return the networks of a server, they are not compared,
        which is reported with C(-v).
      - O(wait=true) waits until a running server has an address, and each O(networks[].fixed_ip).
      - With O(replace=true), they have to be given again.
      - They are not compared if O(purge_ports=true) with O(ports).
    type: list
    elements: dict
    suboptions:
      network:
        description: Network, by name or ID.
        type: str
        aliases: [id, name]
      port:
        description: Port that becomes the network card, by name or ID. It has its network and its addresses.
        type: str
      fixed_ip:
        description: Address in the network. If it is not given, the platform selects a free one, and any is accepted.
        type: str
      gateway:
        description: Whether a new server gets the gateway of the network. It is not compared.
        type: bool
        default: true
  purge_networks:
    description:
      - Whether O(networks) are complete, so that the server leaves all others. Network cards of O(ports) are kept.
    type: bool
    default: false
  security_groups:
    description:
      - Security groups of the server, by name. A new server gets V(default) by default.
      - Defaults to V(default) when creating a server.
      - Where the platform returns them, they are compared, and changed in place by operations of OpenStack. Others that
        the server has are kept, unless O(purge_security_groups=true). Where the platform does not return them, they are
        not compared after creation.
      - A port has its own security groups, see M(h3c.cloudos.cloudos_port). Where all network cards of the server are
        ports that O(networks) or O(ports) names, this option has no effect.
      - With O(replace=true), the new server gets those of the old one, if the platform returns them.
    type: list
    elements: str
  availability_zone:
    description:
      - Availability zone, by its name or by the alias that CloudOS displays.
      - A compute node of the zone can follow after a colon, as in V(nova11:cpn-host11rc).
      - Required when creating a server, unless there is only one zone. Changing the zone requires O(replace=true). The
        compute node is not compared.
    type: str
  host:
    description:
      - Physical host (CVK) for a new server, with CAS. It is sent as the third part of the zone, so
        O(availability_zone) has to include the compute node, too.
      - It is not compared after creation.
    type: str
  key_name:
    description:
      - Name of the key pair of a new server. It has to belong to the user that logs in.
      - Only one of O(key_name), O(admin_password) and O(use_image_password) can be given.
      - Changing it requires O(replace=true).
    type: str
  admin_password:
    description:
      - Password of the administrator of a new server. If it is not given, the platform generates one, which is not
        returned.
      - It is not compared after creation. See O(update_password).
      - With VMware, attaching a port sends it too, because the address is set inside of the server.
    type: str
  use_image_password:
    description:
      - Whether a new server keeps the password of its image. By default, it does not.
      - It is not compared after creation. With O(replace=true), the setting of the old server is kept, unless one of
        the three is given.
    type: bool
  alias:
    description:
      - >-
        Name that CloudOS displays, at most 32 characters, none of C(/ : * ? " < > |), no dot at the ends. The platform
        gives a new server its O(name).
      - Changing it requires O(replace=true).
    type: str
  description:
    description:
      - Description, at most 128 characters. Changing it requires O(replace=true).
    type: str
  metadata:
    description:
      - Metadata, which servers can read. Values are sent as strings.
      - Keys that are given are compared. Others are kept, unless O(purge_metadata=true). Changing them requires
        O(replace=true).
      - The keys C(alias), C(cvk), C(description), C(enableAdminPass), C(location), C(storageTypeId), C(user_name) and
        C(zone_uuid) belong to the platform and cannot be given. Most of them follow from options of their own.
      - Anyone who can see the server can read it. Do not put secrets here.
    type: dict
    aliases: [meta, labels]
  purge_metadata:
    description:
      - Whether O(metadata) is complete, so that any other key is a difference. Keys of the platform are ignored.
    type: bool
    default: false
  user_data:
    description:
      - User data for cloud-init in a new server, such as a script. The module encodes it.
      - It is not compared after creation, and never returned.
    type: str
    aliases: [userdata]
  user_data_base64:
    description:
      - The same, encoded in base64 already. It is sent as it is, so it can be a compressed or binary file.
      - It is not compared after creation, and never returned.
    type: str
  config_drive:
    description:
      - Whether a new server gets a configuration drive. By default, it gets none.
      - Changing it requires O(replace=true).
    type: bool
  server_group:
    description:
      - Server group of a new server, by name or ID. It determines which servers share a host and which must not.
      - It is not compared after creation. With O(replace=true), the new server joins the group of the old one.
    type: str
    aliases: [placement_group]
  storage_type_id:
    description:
      - ID of the type of storage pool for a new server. O(storage_pool) is required, too.
      - Changing it requires O(replace=true).
    type: str
  storage_pool:
    description:
      - Name of the storage pool for a new server. Changing it requires O(replace=true).
    type: str
  volumes:
    description:
      - Volumes to attach, by name or ID. The one that the server boots from is not among them.
      - A name or an ID that does not match a volume is an error before anything is sent. If the platform does not list
        volumes, only IDs can be given for a new server, and they are sent unchanged.
      - For an existing server, names are looked up among the volumes that can be attached to it. A name that is not
        among them is assumed to be an attached volume that is not given by its ID in the list.
      - A server has to be running or stopped for this. A shelved or suspended server is started first, and returned to
        its state afterwards. If a server is to be shelved or suspended, they are attached before.
      - Others remain attached, unless O(purge_volumes=true). With O(replace=true), volumes that are not given are not
        attached again.
    type: list
    elements: str
  purge_volumes:
    description:
      - Whether to detach all volumes that are not in O(volumes), except the one that the server boots from.
      - An empty list of O(volumes) detaches them all.
    type: bool
    default: false
  ports:
    description:
      - Ports to attach, by name or ID, each as a further network card. They are looked up and attached like O(volumes).
      - Others remain attached, unless O(purge_ports=true). With O(replace=true), ports that are not given are not
        attached again.
    type: list
    elements: str
  purge_ports:
    description:
      - Whether to detach all ports that are not in O(ports). The network cards of O(networks) are ports, too, so a new
        server loses them as soon as it runs.
    type: bool
    default: false
  purge_security_groups:
    description: Whether O(security_groups) is complete, so that any other group is removed from the server.
    type: bool
    default: false
  user:
    description:
      - User that the server belongs to, by name or ID. It is transferred if it belongs to another one.
      - A new server belongs to the user that logs in, and is transferred when it runs. With O(replace=true), the new
        server belongs to the user that the old one belonged to.
      - The project stays the same, so the user needs a role in it to see the server.
      - Looking up users requires an administrator.
    type: str
  power_state:
    description:
      - Power state of the server. A new server runs if it is not given.
      - V(shelved) shelves the server. It keeps its data and uses no compute node, depending on the platform.
      - A server is brought to its desired state through V(running) if there is no direct transition.
      - A task in progress is taken into account if the platform returns it. A server that is being stopped is not
        stopped again, even with O(wait=false). If another action is required, the module first waits for the task in
        progress.
    type: str
    choices: [running, stopped, suspended, shelved]
  update_password:
    description:
      - Whether O(admin_password) is set for a new server only, or in each run. V(always) always reports a change.
      - The password of an existing server is set while it runs, by an operation of OpenStack that the published
        reference does not have.
    type: str
    choices: [on_create, always]
    default: on_create
  reboot:
    description:
      - Reboots a running server, V(soft) by asking its operating system, V(hard) by cutting the power. Each run of the
        task reboots it once more, unless that reboot is still in progress.
      - A server that the same task creates, starts or unshelves is not rebooted in addition. It is an error if the
        server is not to run afterwards.
    type: str
    choices: [soft, hard]
  wait_timeout:
    default: 900
seealso:
  - module: h3c.cloudos.cloudos_servers
    description: Manage many servers at once.
  - module: h3c.cloudos.cloudos_server_info
  - module: h3c.cloudos.cloudos_baremetal_instance
  - module: h3c.cloudos.cloudos_flavor
  - module: h3c.cloudos.cloudos_image
  - module: h3c.cloudos.cloudos_keypair
  - module: h3c.cloudos.cloudos_server_group
  - module: h3c.cloudos.cloudos_server_snapshot
  - module: h3c.cloudos.cloudos_server_template
  - module: h3c.cloudos.cloudos_vm_snapshot
"""

EXAMPLES = r"""
- name: Create a server
  h3c.cloudos.cloudos_server:
    name: web-1
    image: rocky-9
    flavor: small
    availability_zone: nova11
    key_name: deploy
    networks:
      - id: "{{ network_id }}"
  register: web

- name: Show its addresses
  ansible.builtin.debug:
    msg: "{{ web.server.addresses.values() | flatten | map(attribute='addr') }}"

- name: Create a server with two networks, a fixed address, metadata and a start script
  h3c.cloudos.cloudos_server:
    name: web-2
    alias: Web server 2
    description: Second web server of the shop
    image: rocky-9
    flavor: small
    availability_zone: nova11
    admin_password: "{{ vault_admin_password }}"
    networks:
      - id: "{{ network_id }}"
        fixed_ip: 192.168.10.33
      - id: "{{ storage_network_id }}"
        gateway: false
    security_groups: [default, web]
    metadata:
      role: web
      stage: production
    user_data: |
      #!/bin/sh
      echo ready > /var/tmp/first-start

- name: Create a server on a certain physical host
  h3c.cloudos.cloudos_server:
    name: db-1
    image: rocky-9
    flavor: medium
    availability_zone: nova11:cpn-host11rc
    host: cvknode191(CVM10.125.26.11)
    use_image_password: true
    networks:
      - id: "{{ network_id }}"

- name: Create a server from a template, with another flavor
  h3c.cloudos.cloudos_server:
    name: web-3
    template: web
    flavor: medium
    networks:
      - id: "{{ network_id }}"

- name: Create a server that boots from a volume, in a server group
  h3c.cloudos.cloudos_server:
    name: db-2
    boot_volume: "{{ system_volume_id }}"
    boot_volume_size: 20
    flavor: medium
    availability_zone: nova11
    server_group: spread
    networks:
      - id: "{{ network_id }}"

- name: Start to create several servers
  h3c.cloudos.cloudos_server:
    name: "worker-{{ item }}"
    image: rocky-9
    flavor: small
    availability_zone: nova11
    networks:
      - id: "{{ network_id }}"
    wait: false
  loop: [1, 2, 3]

- name: Wait until all of them run
  h3c.cloudos.cloudos_server:
    name: "worker-{{ item }}"
    power_state: running
  loop: [1, 2, 3]

- name: Change the flavor
  h3c.cloudos.cloudos_server:
    name: web-1
    flavor: medium

- name: Change the flavor while the server is running
  h3c.cloudos.cloudos_server:
    name: web-2
    flavor: medium
    resize: live

- name: Reboot a server
  h3c.cloudos.cloudos_server:
    name: web-2
    reboot: soft

- name: Stop a server
  h3c.cloudos.cloudos_server:
    name: web-2
    power_state: stopped

- name: Shelve a server
  h3c.cloudos.cloudos_server:
    name: worker-3
    power_state: shelved

- name: Put a server into a further network
  h3c.cloudos.cloudos_server:
    name: db-1
    networks:
      - network: net-1
      - network: net-2
        fixed_ip: 10.20.10.40

- name: Take it out of all networks but one
  h3c.cloudos.cloudos_server:
    name: db-1
    networks:
      - network: net-1
    purge_networks: true

- name: Attach volumes and a port, and keep those that are already attached
  h3c.cloudos.cloudos_server:
    name: db-1
    volumes:
      - "{{ data_volume_id }}"
      - "{{ log_volume_id }}"
    ports:
      - "{{ port_id }}"

- name: Ensure only this volume is attached
  h3c.cloudos.cloudos_server:
    name: db-1
    volumes: ["{{ data_volume_id }}"]
    purge_volumes: true

- name: Transfer the server to another user
  h3c.cloudos.cloudos_server:
    name: web-2
    user: demo

- name: Rename a server
  h3c.cloudos.cloudos_server:
    id: "{{ web.server.id }}"
    name: shop-1

- name: Change the image by recreating the server
  h3c.cloudos.cloudos_server:
    name: shop-1
    image: rocky-10
    networks:
      - id: "{{ network_id }}"
    replace: true

- name: Ensure the server is absent
  h3c.cloudos.cloudos_server:
    name: db-2
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [resize, start]
server:
  description:
    - The server after the task, or as it would be in check mode. Null after O(state=absent).
    - In check mode, properties that only the platform knows are null for a new server. The ID of an image, flavor or
      volume that does not exist yet is V((to be created\)).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the server. Null for a server that check mode would create.
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
        - Null in every other RV(server.status), such as V(BUILD), V(VERIFY_RESIZE) and V(ERROR).
      type: str
      sample: running
    status:
      description:
        - Status as reported by the platform.
        - Null in check mode for a server that would be shelved, because the platform decides when it releases its host.
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
    networks:
      description:
        - Networks that it is in, as O(networks) gives them, and others with their network and address. Null unless
          O(networks) is given.
      type: list
      elements: dict
      sample:
        - {network: net-1, gateway: true}
    volumes:
      description: IDs of the attached volumes, without the one that it boots from. Null unless O(volumes) is given.
      type: list
      elements: str
      sample: [7332d5ee-3783-4304-a6bb-dd91174b5dc7]
    ports:
      description: IDs of all attached ports. Null unless O(ports) is given.
      type: list
      elements: str
      sample: [ce531f90-199f-48c0-816c-13e38010b442]
id:
  description: ID of a server that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: f4212a1c-01bd-4fca-ab10-94ef7f174a14
diff:
  description: The options of the server before and after. Passwords that are set are shown as asterisks.
  returned: in diff mode
  type: dict
  sample: {before: {name: web-1, power_state: stopped}, after: {name: web-1, power_state: running}}
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
  sample: {status: 403, operation: server-create}
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
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER

DEFINITION = state_module(SERVER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
