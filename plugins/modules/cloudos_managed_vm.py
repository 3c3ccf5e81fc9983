#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_managed_vm
short_description: Take over virtual machines of CAS and VMware into a CloudOS cloud
version_added: "1.0.0"
description:
  - Takes over a virtual machine of CAS or VMware as a server of the cloud, and releases it. The machine itself is not
    changed, and continues to run.
  - A managed machine is a server whose ID is the UUID of the machine. A second run recognizes it by that.
  - Servers of other projects are not visible. A machine that belongs to another project looks unmanaged, and the module
    tries to take it over.
  - A server with the status V(ERROR) makes the task fail, unless O(replace=true), which releases the machine and takes
    it over again.
  - It is not visible either whether a server was taken over or created by the cloud. O(state=absent) releases both.
  - Sends one GET request for the clusters, one for the machines of each cluster of CAS or of each host of VMware, one
    for the server, and one for each kind of name; IDs of ports are not looked up. Taking over a machine of CAS also
    looks up hypervisors, unless O(cvk) is given.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.pool
  - h3c.cloudos.pool.machine
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the server. A new one gets the name of the machine.
      - Changing it requires O(replace=true), which releases the machine and takes it over again.
    type: str
  image:
    description:
      - Image of the server, by name or ID. Required when creating a server.
      - Changing it requires O(replace=true), which releases the machine and takes it over again.
    type: str
  flavor:
    description:
      - Flavor of the server, by name or ID. Required when creating a server.
      - Changing it requires O(replace=true), which releases the machine and takes it over again.
    type: str
  ports:
    description:
      - Ports that are the network cards of the machine, by name or ID. Required when creating a server. CAS accepts
        exactly one.
      - Only used to take over the machine, and not compared.
    type: list
    elements: str
  availability_zone:
    description:
      - Zone that the machine belongs to, by name or alias. Required when creating a server.
      - Changing it requires O(replace=true), which releases the machine and takes it over again.
    type: str
  alias:
    description:
      - Alias of the server. If the platform does not return it, it is not compared.
      - Changing it requires O(replace=true), which releases the machine and takes it over again.
    type: str
  config_drive:
    description:
      - Whether the machine has a config drive. Used to take it over, and not compared. CAS only.
    type: bool
  cvk:
    description:
      - The host of the machine as named by the compute service, such as V(cvknode191(CVM10.125.26.11\)).
      - Looked up among the hypervisors if it is not given. Used to take it over, and not compared. CAS only.
    type: str
  srm_group:
    description:
      - Group for disaster recovery (SRM). Used to take it over, and not compared. CAS only.
    type: str
  root_disk:
    description:
      - The system disk of the machine, by label or UUID. Defaults to the only disk of the machine.
      - Used to take it over, and not compared. VMware only.
    type: str
  wait_timeout:
    default: 600
seealso:
  - module: h3c.cloudos.cloudos_virtualization_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Take over a machine of CAS as a server
  h3c.cloudos.cloudos_managed_vm:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    image: rocky-9
    flavor: small
    ports: [test-vm-eth0]
    availability_zone: nova11
  register: adopted

- name: Get the server like any other
  h3c.cloudos.cloudos_server_info:
    id: "{{ adopted.managed_vm.id }}"

- name: Release the machine without stopping it
  h3c.cloudos.cloudos_managed_vm:
    platform: cas
    compute_node: cpn-host11rc
    vm: test-vm
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [manage]
managed_vm:
  description: The server after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the server, which is the UUID of the machine.
      type: str
      sample: 10d666a9-489c-49b0-b2df-0b2e489d19a7
    name:
      description: Name of the server.
      type: str
      sample: test-vm
    image:
      description: ID of its image.
      type: str
      sample: 7bfa8817-a156-440a-beca-afeffd6aba48
    flavor:
      description: ID of its flavor.
      type: str
      sample: bd86ed20-8fb4-4487-9ab8-6830b4a4c842
    availability_zone:
      description: Name of its zone.
      type: str
      sample: nova11
    alias:
      description: Its alias. Null if the platform does not return it.
      type: str
      sample: test-vm
    vm_id:
      description: ID of the machine on CAS or VMware.
      type: str
      sample: "600"
    vm_name:
      description: Name of the machine on CAS or VMware.
      type: str
      sample: test-vm
    cluster_id:
      description: ID of its cluster on CAS or VMware.
      type: str
      sample: "1"
    host_id:
      description: ID of its host on CAS or VMware.
      type: str
      sample: "1"
    status:
      description: Status of the server.
      type: str
      sample: ACTIVE
    vm_state:
      description: State of the server as reported by the compute service.
      type: str
      sample: active
    fault:
      description: Error message of the platform. Null if there is none.
      type: str
      sample: No valid host was found.
    task_state:
      description: Task that the platform is performing on the server. Null if there is none.
      type: str
      sample: spawning
    compute_node:
      description: Its compute node.
      type: str
      sample: cpn-host11rc
id:
  description: ID of a server that was taken over before the task failed.
  returned: on failure after taking over
  type: str
  sample: 10d666a9-489c-49b0-b2df-0b2e489d19a7
diff:
  description: The options of the server before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: test-vm}}
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
  sample: {status: 403, operation: vm-manage-cas}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 7, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - >-
      GET /os/compute/v1/cloudos/crm/9052ae85792143ff955c35c52e8e41bd/cpn-host11rc/clusters-hosts:
      status 503, trying again (3 tries left)
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.managed_vm import MANAGED_VM

DEFINITION = state_module(MANAGED_VM)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
