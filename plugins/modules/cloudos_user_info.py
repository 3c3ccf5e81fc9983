#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_user_info
short_description: List users of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists users, all of them, those with a given name or ID, or those that have roles in a project.
  - O(gather=assignments) adds the groups of roles that each of them has, and in which projects.
  - Sends one GET request, one more for O(gather) or O(project), and another one to look up the ID of O(project).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only users with exactly this name.
    type: str
  id:
    description: Return only the user with this ID.
    type: str
  project:
    description:
      - Return only users that have a group of roles, or a role of OpenStack Keystone, in this project, by name or ID.
    type: str
  gather:
    description:
      - Additional information to gather.
      - V(assignments) are the groups of roles that they have in projects, also in others than O(project), with all that
        the platform returns of them.
      - V(roles) are the same in the form that M(h3c.cloudos.cloudos_user) uses.
    type: list
    elements: str
    choices: [assignments, roles]
    default: []
seealso:
  - module: h3c.cloudos.cloudos_user
  - module: h3c.cloudos.cloudos_project_info
"""

EXAMPLES = r"""
- name: List all users
  h3c.cloudos.cloudos_user_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.users | map(attribute='name') }}"

- name: List the users of a project with their groups of roles
  h3c.cloudos.cloudos_user_info:
    project: demo
    gather: [assignments]
  register: members

- name: Show their groups of roles in it
  ansible.builtin.debug:
    msg: "{{ item.assignments | selectattr('project', '==', 'demo') | map(attribute='group') }}"
  loop: "{{ members.users }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
users:
  description: The users. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the user.
      type: str
      sample: 1df71957d770436493a84f24d9344853
    name:
      description: Login name of the user.
      type: str
      sample: alice
    full_name:
      description: Name of the person. Null if it is not known.
      type: str
      sample: Alice Zhang
    email:
      description: E-mail address. Null if there is none.
      type: str
      sample: alice@example.com
    phone:
      description: Phone number. Null if there is none.
      type: str
      sample: "13800000000"
    domain:
      description: ID of the domain of the user.
      type: str
      sample: default
    default_project:
      description: ID of the project of a login that names none. Null if there is none.
      type: str
      sample: 66b6b770-d079-44a8-8cd9-3348bb185f60
    enabled:
      description: Whether the user is enabled.
      type: bool
      sample: true
    roles:
      description:
        - What the user may do in which project. C(project) is the ID of the project. C(role) is V(user), V(auditor),
          V(project_manager) or V(cloud_manager), or the name of another group, its ID if the name is not unique.
        - Null if the roles were not read.
      type: list
      elements: dict
      sample: [{project: 66b6b770-d079-44a8-8cd9-3348bb185f60, role: project_manager}]
    domain_id:
      description: The same as C(domain).
      type: str
      sample: default
    assignments:
      description: The groups of roles that the user has in projects.
      returned: if O(gather) has V(assignments)
      type: list
      elements: dict
      contains:
        project_id:
          description: ID of the project.
          type: str
          sample: 66b6b770-d079-44a8-8cd9-3348bb185f60
        project:
          description: Name of the project.
          type: str
          sample: demo
        group_id:
          description: ID of the group of roles.
          type: str
          sample: baae5505-cc96-4cf1-ad5a-a87285af90ae
        group:
          description: Name of the group of roles. Those of the platform itself are keys of the texts of its pages.
          type: str
          sample: cloudos.rolegroup.cloud
        role_id:
          description: ID of the role.
          type: str
          sample: 9e8abc4d-2436-4a3d-b728-bf2bf9cbfa36
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: keystone-user-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/v3/users: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.user import USER

DEFINITION = info_module(USER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
