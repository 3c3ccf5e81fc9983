#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_security_group
short_description: Manage security groups of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes security groups and their rules.
  - The published reference of the platform does not have these operations. They are those of OpenStack (Neutron).
  - A rule cannot be changed. Rules that are missing are added, and with O(purge_rules=true) all others are removed.
  - Rules are compared in the form in which the platform compares them. A host address is a network of one address, V(6)
    is V(tcp), and all addresses or all ports are the same as none. The description of a rule is not compared.
  - The group C(default) of a project can neither be created nor renamed or deleted. Its rules can be managed.
  - A second run sends one GET request, and one more for each kind of name that is specified.
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
      - Name of the security group, 1 to 255 characters.
      - Required when creating a security group. With O(id), it is the desired name.
      - One of O(name) and O(id) is required. If several have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing security group. The platform assigns the ID of a new one.
    type: str
  description:
    description: Description of the security group, at most 255 characters. An empty string clears it.
    type: str
  rules:
    description:
      - The rules. Those that are not listed are kept, unless O(purge_rules=true).
      - A new group has two rules of the platform, which allow everything to leave.
    type: list
    elements: dict
    suboptions:
      direction:
        description: Whether the rule allows traffic to the servers or from them.
        type: str
        choices: [ingress, egress]
        default: ingress
      protocol:
        description:
          - Protocol, by name, such as V(tcp), V(udp) or V(icmp), or by number.
          - All protocols if it is omitted or V(any).
        type: str
      port_range_min:
        description:
          - First port. All ports if it and O(rules[].port_range_max) are omitted, only the other one if one of them is.
          - For ICMP, it is the type.
        type: int
      port_range_max:
        description:
          - Last port.
          - For ICMP, it is the code. All codes if it is omitted.
        type: int
      remote_ip_prefix:
        description: Network or address of the other side. All addresses if it and O(rules[].remote_group) are omitted.
        type: str
      remote_group:
        description: Security group of the other side, by name or ID. It can be the group itself.
        type: str
      ether_type:
        description: Version of the addresses.
        type: str
        aliases: [ethertype]
        choices: [IPv4, IPv6]
        default: IPv4
      description:
        description: Description of the rule. It is only used when adding the rule.
        type: str
  purge_rules:
    description:
      - Whether to remove the rules that O(rules) does not list.
      - This includes the rules of the platform that allow everything to leave.
    type: bool
    default: false
  project:
    description:
      - Project that the security group belongs to, by name or ID. That of the login if it is omitted.
      - Only administrators can create one for another project. Changing it requires O(replace=true).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_security_group_info
"""

EXAMPLES = r"""
- name: Create a security group
  h3c.cloudos.cloudos_security_group:
    name: web-tier
    description: For the web servers
    rules:
      - {protocol: tcp, port_range_min: 80, description: HTTP}
      - {protocol: tcp, port_range_min: 443, description: HTTPS}
      - {protocol: icmp, port_range_min: 8}
      - {protocol: tcp, port_range_min: 22, remote_ip_prefix: 10.0.0.0/8}
  register: created

- name: Create one whose servers reach each other
  h3c.cloudos.cloudos_security_group:
    name: database-tier
    rules:
      - remote_group: database-tier
      - {protocol: tcp, port_range_min: 5432, remote_group: web-tier}

- name: Allow nothing but these rules
  h3c.cloudos.cloudos_security_group:
    name: web-tier
    rules:
      - {protocol: tcp, port_range_min: 443}
      - {protocol: udp, port_range_min: 53, direction: egress, remote_ip_prefix: 10.0.0.53}
    purge_rules: true

- name: Rename it
  h3c.cloudos.cloudos_security_group:
    id: "{{ created.security_group.id }}"
    name: front-tier

- name: Ensure the security group is absent
  h3c.cloudos.cloudos_security_group:
    name: database-tier
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
security_group:
  description:
    - The security group after the task, or as it would be in check mode.
    - Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the security group. Null in check mode for a new one.
      type: str
      sample: 85cc3048-abc3-43cc-89b3-377341426ac5
    name:
      description: Name of the security group.
      type: str
      sample: web-tier
    description:
      description: Description of the security group. Null if it has none.
      type: str
      sample: For the web servers
    rules:
      description:
        - Its rules, in the form in which they are compared. C(remote_group) is an ID.
        - A null means all protocols, all ports or all addresses.
      type: list
      elements: dict
      sample:
        - direction: ingress
          ether_type: IPv4
          protocol: tcp
          port_range_min: 443
          port_range_max: 443
          remote_ip_prefix: 10.0.0.0/8
          remote_group: null
          description: HTTPS
    project:
      description: ID of the project that it belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    created_at:
      description: Time of its creation. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
    updated_at:
      description: Time of its last change. Null in check mode for a new one.
      type: str
      sample: "2026-11-30T08:15:00Z"
id:
  description: ID of a security group that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 85cc3048-abc3-43cc-89b3-377341426ac5
diff:
  description: The options of the security group before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: web}}
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
  sample: {status: 403, operation: security-group-create}
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
    - "GET /os/compute/v1/v2.1/os-security-groups: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.security_group import SECURITY_GROUP

DEFINITION = state_module(SECURITY_GROUP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
