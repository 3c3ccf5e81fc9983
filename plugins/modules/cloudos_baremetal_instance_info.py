#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_baremetal_instance_info
short_description: List bare-metal instances of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the bare-metal instances of the project, all of them or those that match.
  - Ordinary servers are in the same list of the platform, and are left out.
  - Sends one GET request for each 1000 servers and instances.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only instances with exactly this name.
    type: str
  id:
    description:
      - Return only the instance with this ID. All other filters except O(name) are then ignored.
    type: str
  image:
    description: Return only instances of this image, by name or ID.
    type: str
  flavor:
    description: Return only instances of this flavor, by name or ID.
    type: str
  status:
    description: Return only instances with this status of the platform, such as V(ACTIVE), V(SHUTOFF) or V(ERROR).
    type: str
  host:
    description:
      - The filter C(host) of the platform, a regular expression. OpenStack matches it against the compute node. The
        published reference describes it as the name of the server.
    type: str
  changes_since:
    description: Return only instances that changed since this time, such as V(2026-01-31T12:00:00Z).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_baremetal_instance
  - module: h3c.cloudos.cloudos_server_info
"""

EXAMPLES = r"""
- name: List all bare-metal instances of the project
  h3c.cloudos.cloudos_baremetal_instance_info:
  register: all

- name: Show which node each of them has
  ansible.builtin.debug:
    msg: "{{ all.baremetal_instances | items2dict(key_name='name', value_name='node') }}"

- name: List all failed instances
  h3c.cloudos.cloudos_baremetal_instance_info:
    status: ERROR
  register: broken

- name: Show why
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.fault }}"
  loop: "{{ broken.baremetal_instances }}"
  loop_control:
    label: "{{ item.name }}"

- name: Get an instance
  h3c.cloudos.cloudos_baremetal_instance_info:
    name: db-1
"""

RETURN = r"""
baremetal_instances:
  description: The bare-metal instances that match. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the instance.
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
        - Null in most other states of RV(baremetal_instances[].status), such as V(BUILD) and V(ERROR).
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
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE

DEFINITION = info_module(BAREMETAL_INSTANCE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
