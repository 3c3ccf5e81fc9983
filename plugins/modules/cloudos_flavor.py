#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_flavor
short_description: Manage flavors of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates and deletes flavors, which define the sizes of servers.
  - The platform cannot change the sizes of a flavor. A difference is an error, unless O(replace=true).
  - The published reference has no operation that deletes a flavor either. The operation of OpenStack is sent for
    O(state=absent) and O(replace=true). If the platform refuses it, the task fails and nothing is changed.
  - O(extra_specs) and O(projects) are changed in place by operations of OpenStack, and O(swap), O(ephemeral) and
    O(is_public) are members that OpenStack knows. The published reference has none of them. If the platform refuses
    one, the task fails and says so.
  - A server keeps the flavor with which it was created. Whether a flavor that is in use can be deleted is up to the
    platform.
  - A second run sends one GET request, and one more each for O(extra_specs), unless the platform returns them with the
    flavor, and for the access list of O(projects), whose names are looked up in one list.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the flavor. It is used to look up the flavor, unless one with O(id) exists.
      - Required when creating a flavor. Changing it requires O(replace=true).
      - One of O(name) and O(id) is required. If several flavors have this name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of the flavor to look up.
      - If there is no such flavor, a flavor with the name O(name) is looked up.
      - This ID is requested for a new flavor. The platform may assign another one, which is then returned.
    type: str
    aliases: [flavorid]
  vcpus:
    description:
      - Number of virtual CPUs, at least 1.
      - Required when creating a flavor. Changing it requires O(replace=true).
    type: int
  ram:
    description:
      - Memory in MB, at least 1.
      - Required when creating a flavor. Changing it requires O(replace=true).
    type: int
  disk:
    description:
      - System disk in GB. V(0) is allowed.
      - Required when creating a flavor. Changing it requires O(replace=true).
    type: int
  rxtx_factor:
    description:
      - Factor for the network bandwidth of servers, a whole number. The platform sets V(1.0) for a new flavor if it is
        not given.
      - Changing it requires O(replace=true).
    type: float
  swap:
    description:
      - Swap disk in MB. A new flavor has none if it is not given.
      - Changing it requires O(replace=true).
    type: int
  ephemeral:
    description:
      - Second disk in GB, which is lost with the server. A new flavor has none if it is not given.
      - Changing it requires O(replace=true).
    type: int
  is_public:
    description:
      - Whether all projects may use the flavor. The platform makes a new one public if it is not given.
      - Changing it requires O(replace=true).
    type: bool
  extra_specs:
    description:
      - Keys and values for the scheduler and the hypervisor, such as V(hw:cpu_policy). The scheduler compares some of
        them with C(metadata) of M(h3c.cloudos.cloudos_host_aggregate).
      - A key has 1 to 255 letters, digits, spaces, hyphens, underscores, colons and dots, a value at most 255
        characters.
      - Keys that are not listed are kept, unless O(purge_extra_specs=true).
    type: dict
  purge_extra_specs:
    description: Whether to remove the keys that O(extra_specs) does not list.
    type: bool
    default: false
  projects:
    description:
      - Projects that may use the flavor, by name or ID, for one with O(is_public=false). Administrators may use any.
      - Others are kept, unless O(purge_projects=true).
    type: list
    elements: str
  purge_projects:
    description: Whether to take the flavor from the projects that O(projects) does not list.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_flavor_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create a flavor with two CPUs, 4 GB of memory and 40 GB of disk
  h3c.cloudos.cloudos_flavor:
    name: web
    vcpus: 2
    ram: 4096
    disk: 40

- name: Create several flavors
  h3c.cloudos.cloudos_flavor:
    name: "{{ item.name }}"
    vcpus: "{{ item.vcpus }}"
    ram: "{{ item.ram }}"
    disk: 40
  loop:
    - {name: db-small, vcpus: 4, ram: 16384}
    - {name: db-large, vcpus: 16, ram: 65536}
  loop_control:
    label: "{{ item.name }}"

- name: Create a flavor with half of the usual bandwidth
  h3c.cloudos.cloudos_flavor:
    name: batch
    vcpus: 8
    ram: 8192
    disk: 20
    rxtx_factor: 2

- name: Create a flavor of two projects, with dedicated CPUs
  h3c.cloudos.cloudos_flavor:
    name: pinned
    vcpus: 8
    ram: 16384
    disk: 40
    swap: 2048
    ephemeral: 100
    is_public: false
    projects: [demo, admin]
    extra_specs:
      hw:cpu_policy: dedicated
      hw:mem_page_size: large

- name: Ensure the flavor has exactly these extra specs and projects
  h3c.cloudos.cloudos_flavor:
    name: pinned
    projects: [demo]
    purge_projects: true
    extra_specs:
      hw:cpu_policy: dedicated
    purge_extra_specs: true

- name: Change the memory by recreating the flavor
  h3c.cloudos.cloudos_flavor:
    name: web
    ram: 8192
    replace: true

- name: Ensure the flavor is absent
  h3c.cloudos.cloudos_flavor:
    name: batch
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
flavor:
  description: The flavor after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the flavor. Null for a flavor that check mode would create, unless O(id) is given.
      type: str
      sample: 00974fcf-6cde-4647-a3b9-8fa9faedb061
    name:
      description: Name of the flavor.
      type: str
      sample: web
    vcpus:
      description: Number of virtual CPUs.
      type: int
      sample: 2
    ram:
      description: Memory in MB.
      type: int
      sample: 4096
    disk:
      description: System disk in GB.
      type: int
      sample: 40
    rxtx_factor:
      description: Factor for the network bandwidth.
      type: float
      sample: 1.0
    swap:
      description: Swap disk in MB. Null if there is none.
      type: int
      sample: 512
    ephemeral:
      description: Second disk in GB.
      type: int
      sample: 0
    is_public:
      description: Whether all projects may use it.
      type: bool
      sample: true
    extra_specs:
      description: Keys and values for the scheduler and the hypervisor. Null unless O(extra_specs) is given.
      type: dict
      sample: {"hw:cpu_policy": dedicated}
    projects:
      description: IDs of the projects that may use a private flavor. Null unless O(projects) is given.
      type: list
      elements: str
      sample: [9052ae85792143ff955c35c52e8e41bd]
    disabled:
      description: Whether it is disabled.
      type: bool
      sample: false
id:
  description: ID of a flavor that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 00974fcf-6cde-4647-a3b9-8fa9faedb061
diff:
  description: The options of the flavor before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: web, vcpus: 2, ram: 4096, disk: 40}}
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
  sample: {status: 403, operation: flavor-create}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/flavors/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.flavor import FLAVOR

DEFINITION = state_module(FLAVOR)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
