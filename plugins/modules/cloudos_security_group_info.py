#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_security_group_info
short_description: List security groups of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists security groups with their rules, all of the project or the one with a given name or ID.
  - Sends one GET request, and one more if O(project) is a name.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the security groups with exactly this name.
    type: str
  id:
    description: Return only the security group with this ID.
    type: str
  project:
    description: Return the security groups of this project, by name or ID. That of the login if it is omitted.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_security_group
"""

EXAMPLES = r"""
- name: List all security groups
  h3c.cloudos.cloudos_security_group_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.security_groups | map(attribute='name') }}"

- name: Get the security group of the project
  h3c.cloudos.cloudos_security_group_info:
    name: default
  register: default_group

- name: Show what may come in
  ansible.builtin.debug:
    msg: "{{ default_group.security_groups[0].rules | selectattr('direction', 'equalto', 'ingress') }}"
"""

RETURN = r"""
security_groups:
  description: The security groups. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the security group.
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
      description: Time of its creation.
      type: str
      sample: "2026-11-30T08:15:00Z"
    updated_at:
      description: Time of its last change.
      type: str
      sample: "2026-11-30T08:15:00Z"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: security-group-list}
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
    - "GET /os/compute/v1/v2.1/os-security-groups: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.security_group import SECURITY_GROUP

DEFINITION = info_module(SECURITY_GROUP)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
