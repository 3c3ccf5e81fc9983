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
  - Creates and deletes flavors, the sizes of servers.
  - The platform has no operation that changes a flavor. A difference is an error, unless O(replace=true).
  - The published reference has no operation that deletes a flavor either. OpenStack's own is sent for O(state=absent)
    and O(replace=true); a platform that refuses it makes the task fail. A refused deletion changes nothing.
  - A server keeps the flavor that it was created with. Deleting a flavor that servers use is up to the platform.
  - A second run takes one GET.
  - Uses the operations C(flavor-list-detail) and C(flavor-create) of the published reference.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the flavor. It is the name to find it by, unless O(id) is found.
      - Needed for a new flavor. Changing it needs O(replace=true).
      - One of O(name) and O(id) is needed. If several flavors bear the name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of the flavor, to find it by.
      - If there is no such flavor, one named O(name) is looked for.
      - A new flavor asks for this ID. The platform may give it another one, which is the one that is returned.
    type: str
  vcpus:
    description:
      - Number of virtual CPUs, at least 1.
      - Needed for a new flavor. Changing it needs O(replace=true).
    type: int
  ram:
    description:
      - Memory in MB, at least 1.
      - Needed for a new flavor. Changing it needs O(replace=true).
    type: int
  disk:
    description:
      - System disk in GB. V(0) is allowed.
      - Needed for a new flavor. Changing it needs O(replace=true).
    type: int
  rxtx_factor:
    description:
      - Factor for the network bandwidth of servers, a whole number. The platform gives a new flavor V(1.0) by itself.
      - Changing it needs O(replace=true).
    type: float
seealso:
  - module: h3c.cloudos.cloudos_flavor_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: A flavor with two CPUs, four gigabytes of memory and forty of disk
  h3c.cloudos.cloudos_flavor:
    name: web
    vcpus: 2
    ram: 4096
    disk: 40

- name: Several flavors
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

- name: A flavor with half of the usual bandwidth
  h3c.cloudos.cloudos_flavor:
    name: batch
    vcpus: 8
    ram: 8192
    disk: 20
    rxtx_factor: 2

- name: More memory, by deleting the flavor and creating it
  h3c.cloudos.cloudos_flavor:
    name: web
    ram: 8192
    replace: true

- name: No such flavor
  h3c.cloudos.cloudos_flavor:
    name: batch
    state: absent
"""

RETURN = r"""
actions:
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [create]
flavor:
  description: The flavor as it is, or as it would be in check mode. Null after O(state=absent).
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
      description: Swap disk in MB. Null where there is none.
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
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: flavor-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, POST: 1}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/flavors/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.flavor import FLAVOR

DEFINITION = state_module(FLAVOR)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
