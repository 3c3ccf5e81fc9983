#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_stack
short_description: Manage all that an application needs in a project at once
version_added: "1.0.0"
description:
  - Brings networks, volumes, servers and what belongs to them to their desired states in one task.
  - The kinds are processed one after the other, in the order in which they can be created, which is key pairs, server
    groups, security groups, networks, subnets, ports, routers, volumes, snapshots of volumes, servers, floating IPs.
  - All objects of a kind are processed in parallel, like the servers of M(h3c.cloudos.cloudos_servers). Names can refer
    to objects of the same task.
  - Objects with C(state=absent) are deleted after that, in the reverse order, so that nothing is deleted that is still
    used. With O(state=absent), all objects are deleted. What the task does not name is never deleted.
  - The options of all objects are checked before anything is sent. Check mode predicts the whole task, also on a
    platform that has nothing of it yet.
  - A second run sends one list request for each kind, and one for each other kind of name that must be resolved to an
    ID.
  - The playbook C(h3c.cloudos.stack) reads the options from a file.
  - Uses the operations of the modules that manage single objects.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.plan.at_once
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  keypairs:
    description: Key pairs. Each has the options of M(h3c.cloudos.cloudos_keypair) without those of the connection.
    type: list
    elements: dict
  server_groups:
    description: >-
      Server groups. Each has the options of M(h3c.cloudos.cloudos_server_group) without those of the connection.
    type: list
    elements: dict
  security_groups:
    description:
      - Security groups. Each has the options of M(h3c.cloudos.cloudos_security_group) without those of the
        connection.
      - Groups can name one another in their rules, also in a circle.
    type: list
    elements: dict
  networks:
    description: Networks. Each has the options of M(h3c.cloudos.cloudos_network) without those of the connection.
    type: list
    elements: dict
  subnets:
    description: Subnets. Each has the options of M(h3c.cloudos.cloudos_subnet) without those of the connection.
    type: list
    elements: dict
  ports:
    description: Ports. Each has the options of M(h3c.cloudos.cloudos_port) without those of the connection.
    type: list
    elements: dict
  routers:
    description: Routers. Each has the options of M(h3c.cloudos.cloudos_router) without those of the connection.
    type: list
    elements: dict
  volumes:
    description:
      - Volumes. Each has the options of M(h3c.cloudos.cloudos_volume) without those of the connection.
      - A volume can be created from a volume or a snapshot of the same task.
    type: list
    elements: dict
  volume_snapshots:
    description: >-
      Volume snapshots. Each has the options of M(h3c.cloudos.cloudos_volume_snapshot) without those of the
      connection.
    type: list
    elements: dict
  servers:
    description: Servers. Each has the options of M(h3c.cloudos.cloudos_server) without those of the connection.
    type: list
    elements: dict
  floating_ips:
    description:
      - Floating IPs. Each has the options of M(h3c.cloudos.cloudos_floating_ip) without those of the connection.
      - An entry with C(state=unbound) that specifies no address is kept with O(state=absent), because it can be any
        floating IP.
    type: list
    elements: dict
  defaults:
    description:
      - Options for all objects of a kind, by the option that lists them. The options of an object take precedence;
        lists and dictionaries are not merged.
    type: dict
  state:
    description:
      - V(present) brings the objects to their desired states. An object can have its own C(state).
      - V(absent) deletes all of them, whatever C(state) they have.
    type: str
    choices: [present, absent]
    default: present
  wait:
    description:
      - Whether to wait until the platform has finished the last step of each object that does not specify its own.
      - Later kinds may need objects of earlier kinds to be ready.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for each step of an object that does not specify its own time.
      - If it is not specified, the time is that of the module of the object.
    type: int
    aliases: [timeout]
  concurrency:
    description:
      - Maximum number of concurrent requests, from 1 to 100. An object that waits for the platform does not count.
      - If the platform refuses requests because there are too many (status 429, or 503 with C(Retry-After)), none is
        sent for as long as it asks for, and then no more in a second than it has accepted before.
    type: int
    default: 10
  on_failure:
    description:
      - What to do with the other objects when one fails.
      - With V(continue), they are processed. Objects that refer to an object that could not be created fail, too.
      - With V(stop), objects in progress are finished, and no others are started.
      - V(rollback) is like V(stop), and then deletes the objects that this run has created, in the reverse order.
        Objects that existed before are not restored, even if they were changed or replaced.
    type: str
    choices: [continue, stop, rollback]
    default: continue
  progress:
    description:
      - Whether to show the progress while the task runs.
      - It is shown if the task runs in the process of the controller (see the attribute C(action)), and never with
        C(no_log).
    type: bool
    default: true
  result_detail:
    description:
      - What the result contains if the task fails. Ansible prints the whole result of a failed task in one line.
      - With V(failed), RV(results) contains the objects that failed, RV(counts) the number of objects by outcome, and
        the objects themselves are not returned.
      - With V(all), everything is returned as in a successful result.
    type: str
    choices: [failed, all]
    default: failed
notes:
  - If options are invalid, the task fails before anything is sent. Otherwise, the task processes all objects, and fails
    at the end if any of them failed. RV(results) reports the outcome of each.
  - An option that is not given is not managed. Its current value is kept.
seealso:
  - module: h3c.cloudos.cloudos_servers
  - module: h3c.cloudos.cloudos_export
"""

EXAMPLES = r"""
- name: Create a server with all that it needs
  h3c.cloudos.cloudos_stack:
    keypairs:
      - name: shop
        public_key: "{{ alice_public_key }}"
    security_groups:
      - name: shop
        rules:
          - {protocol: tcp, port_range_min: 443, port_range_max: 443}
    networks:
      - name: shop
    subnets:
      - name: shop
        network: shop
        cidr: 10.10.1.0/24
    routers:
      - name: shop
        external_gateway:
          network: internet
        interfaces: [shop]
    volumes:
      - name: shop-data
        size: 20
    servers:
      - name: shop-1
        image: rocky-9
        flavor: small
        availability_zone: nova11
        key_name: shop
        networks:
          - network: shop
        security_groups: [shop]
        volumes: [shop-data]
    floating_ips:
      - network: internet
        server: shop-1
  register: shop

- name: Show the address
  ansible.builtin.debug:
    msg: "{{ shop.floating_ips[0].address }}"

- name: Delete the volume, and grow the shop to three servers
  h3c.cloudos.cloudos_stack:
    defaults:
      servers:
        image: rocky-9
        flavor: small
        availability_zone: nova11
        networks:
          - network: shop
        security_groups: [shop]
    volumes:
      - name: shop-data
        state: absent
    servers:
      - name: shop-1
        volumes: []
        purge_volumes: true
      - name: shop-2
      - name: shop-3

- name: Ensure nothing of the shop is left
  h3c.cloudos.cloudos_stack:
    state: absent
    keypairs:
      - name: shop
    security_groups:
      - name: shop
    networks:
      - name: shop
    subnets:
      - name: shop
    routers:
      - name: shop
    servers:
      - name: shop-1
      - name: shop-2
      - name: shop-3
    floating_ips:
      - server: shop-1
"""

RETURN = r"""
keypairs:
  description:
    - The key pairs after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_keypair#module:keypair).
  returned: if O(keypairs) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {name: shop, type: ssh}
server_groups:
  description:
    - The server groups after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_server_group#module:server_group).
  returned: if O(server_groups) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 6e0f9d5a-2b9b-4d1f-8b0a-3a1f0f5d7c11, name: shop-web, policy: anti-affinity}
security_groups:
  description:
    - The security groups after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_security_group#module:security_group).
  returned: if O(security_groups) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 0d2f4f6e-83a5-4bb0-b7d6-4f1a1a2f9c55, name: shop-web}
networks:
  description:
    - The networks after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_network#module:network).
  returned: if O(networks) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: d4471b96-4a48-4002-9214-4b026b4186de, name: shop}
subnets:
  description:
    - The subnets after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_subnet#module:subnet).
  returned: if O(subnets) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 08eae331-0402-425a-923c-34f7cfe39c1b, name: shop, cidr: 10.10.1.0/24}
ports:
  description:
    - The ports after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_port#module:port).
  returned: if O(ports) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 5a3f1c1e-9d54-4c77-8e3b-0f7a4b6f2f10, name: shop-db}
routers:
  description:
    - The routers after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_router#module:router).
  returned: if O(routers) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 9b1d7c3e-55a8-4a4e-8c3f-6e2a7f1b8d20, name: shop}
volumes:
  description:
    - The volumes after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_volume#module:volume).
  returned: if O(volumes) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 1f6b2d0c-7a3e-4d59-9f88-2c5e6a7b8c90, name: shop-db, size: 100}
volume_snapshots:
  description:
    - The volume snapshots after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_volume_snapshot#module:volume_snapshot).
  returned: if O(volume_snapshots) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 2a7c3e1d-8b4f-4e6a-a099-3d6f7b8c9d01, name: before-update}
servers:
  description:
    - The servers after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_server#module:server).
  returned: if O(servers) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: f4212a1c-01bd-4fca-ab10-94ef7f174a14, name: shop-web-1, status: ACTIVE, power_state: running}
floating_ips:
  description:
    - The floating IPs after the task, or as they would be in check mode. Without those that are absent or failed.
    - Each has the keys of RV(h3c.cloudos.cloudos_floating_ip#module:floating_ip).
  returned: if O(floating_ips) has members, on success, and on failure with O(result_detail=all)
  type: list
  elements: dict
  sample:
    - {id: 3b8d4f2e-9c50-4f7b-b1aa-4e708c9dae12, address: 198.51.100.7}
results:
  description:
    - Outcome of each object, in the order in which they were processed.
    - If the task fails, only the failed objects, unless O(result_detail=all) is set.
  returned: success and failure
  type: list
  elements: dict
  contains:
    kind:
      description: The option that lists it.
      type: str
      sample: servers
    name:
      description: Its name. Null for a floating IP.
      type: str
      sample: shop-web-1
    id:
      description: Its ID. Null for one that does not exist.
      type: str
      sample: f4212a1c-01bd-4fca-ab10-94ef7f174a14
    outcome:
      description:
        - V(created), V(changed), V(deleted) or V(unchanged); in check mode, what it would be.
        - V(failed), V(rolled_back) for an object that was created and deleted again, V(not_begun) for an object
          that was not processed because another one failed.
      type: str
      sample: created
    changed:
      description: Whether the object was changed.
      type: bool
      sample: true
    actions:
      description: Actions that were taken, or would be taken in check mode, in this order.
      type: list
      elements: str
      sample: [create]
    plan_id:
      description: Identity of its plan. Null if there is none.
      type: str
      sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
    failed:
      description: V(true) for a failed object. Only present for failed objects.
      type: bool
      sample: true
    msg:
      description: Reason of the failure. Only present for failed objects.
      type: str
      sample: "The server shop-web-1 (f4212a1c-01bd-4fca-ab10-94ef7f174a14) failed: No valid host was found."
    error:
      description: Error response of the platform. Only present for failed objects.
      type: dict
      sample: {status: 409, operation: server-create}
    recreate:
      description:
        - The options that create the successor, without secrets, if an object was deleted because of C(replace=true)
          and could not be created again. Only present in this case.
      type: dict
      sample: {power_state: running}
counts:
  description: Number of objects by outcome.
  returned: success and failure
  type: dict
  contains:
    created:
      description: Number of objects that were created.
      type: int
      sample: 30
    changed:
      description: Number of objects that were changed or replaced.
      type: int
      sample: 0
    deleted:
      description: Number of objects that were deleted.
      type: int
      sample: 0
    unchanged:
      description: Number of objects that were already in the desired state.
      type: int
      sample: 0
    failed:
      description: Number of objects that failed.
      type: int
      sample: 0
    rolled_back:
      description: Number of objects that were created and deleted again.
      type: int
      sample: 0
    not_begun:
      description: Number of objects that were not processed because another one failed.
      type: int
      sample: 0
diff:
  description:
    - Options of each changed object before and after. Passwords that are set are shown as asterisks.
    - If there are ten or more, a text with a summary of them, C(prepared), is appended.
  returned: in diff mode
  type: list
  elements: dict
  sample:
    - before: {}
      after: {name: shop}
      before_header: network shop
      after_header: network shop
plan_id:
  description:
    - Identity of the plan of all objects. It is the same in check mode and in
      the run.
    - With O(only_plan), a run does only what was previewed. On failure, it is that of the plan that was refused.
  returned: success, and on failure if the plan was refused
  type: str
  sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.stack import STACK

DEFINITION = STACK


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
