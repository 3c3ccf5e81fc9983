#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_user
short_description: Manage users of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes users, and gives them roles in projects.
  - The published reference only lists users. The module uses the operations of OpenStack Identity v3, and for O(roles)
    the groups of roles that the web pages of CloudOS use. On a platform without such groups, O(roles) are roles of
    OpenStack.
  - Requires an administrator.
  - A second run sends one GET request. O(roles) requires another one for the roles of all users, one for the names of
    projects, and one for the names of groups if a group is not one of the four that every installation has. A
    O(default_project) or O(domain) by name requires one more. The items of a loop share all of them.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
attributes:
  idempotent:
    support: partial
    details: Except with O(update_password=always), if O(password) is given.
options:
  name:
    description:
      - Login name of the user, at most 255 characters. It is unique in its O(domain).
      - Required when creating a user. With O(id), it is the desired name of the user.
      - One of O(name) and O(id) is required. If several users have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing user. The platform assigns the ID of a new one.
    type: str
  full_name:
    description: Name of the person. An empty string removes it.
    type: str
  password:
    description:
      - Password of the user. Without one, nobody can log in as a new user.
      - It is never returned and never compared. See O(update_password).
    type: str
  update_password:
    description:
      - When to set O(password).
      - V(on_create) sets it for a new user only. V(always) also sets it for an existing user in every run, which is
        then always a change, and ends the sessions of the user.
    type: str
    choices: [on_create, always]
    default: on_create
  email:
    description: E-mail address. An empty string removes it.
    type: str
  phone:
    description: Phone number. An empty string removes it.
    type: str
  domain:
    description:
      - Domain of the user, by name or ID. Without O(id), a user of O(name) is only looked for in this domain, and in
        V(default) if it is not specified.
      - Defaults to V(default) when creating a user. Changing it requires O(id) and O(replace=true), and O(password) for
        the successor.
    type: str
  default_project:
    description:
      - Project of a login that names none, by name or ID. It does not give the user a role in this project.
    type: str
  enabled:
    description:
      - Whether the user can log in. Disabling it ends its sessions; its servers keep running.
      - Defaults to V(true) when creating a user.
    type: bool
  roles:
    description:
      - What the user may do in which project.
      - Others are kept, unless O(purge_roles=true).
    type: list
    elements: dict
    suboptions:
      project:
        description: The project, by name or ID.
        type: str
        required: true
      role:
        description:
          - V(user), V(auditor), V(project_manager) or V(cloud_manager), the groups of roles that every installation
            has, or another group by name or ID.
          - On a platform without groups of roles, the name or ID of a role of OpenStack, such as V(member).
        type: str
        required: true
  purge_roles:
    description: Whether to take away all roles that are not in O(roles). An empty list of O(roles) takes all away.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_user_info
  - module: h3c.cloudos.cloudos_project
"""

EXAMPLES = r"""
- name: Create a user with a role in a project
  h3c.cloudos.cloudos_user:
    name: alice
    full_name: Alice Zhang
    password: "{{ vault_alice_password }}"
    email: alice@example.com
    default_project: demo
    roles:
      - project: demo
        role: project_manager
  register: alice

- name: Give the user a role in another project, too
  h3c.cloudos.cloudos_user:
    name: alice
    roles:
      - {project: empty, role: user}

- name: Ensure the user has this role and no other
  h3c.cloudos.cloudos_user:
    name: alice
    roles:
      - {project: demo, role: auditor}
    purge_roles: true

- name: Set a new password
  h3c.cloudos.cloudos_user:
    name: alice
    password: "{{ vault_alice_password }}"
    update_password: always

- name: Rename and disable a user
  h3c.cloudos.cloudos_user:
    id: "{{ alice.user.id }}"
    name: alice.zhang
    enabled: false

- name: Ensure the user is absent
  h3c.cloudos.cloudos_user:
    name: alice.zhang
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create, add_role]
user:
  description: The user after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
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
id:
  description: ID of a user that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 1df71957d770436493a84f24d9344853
diff:
  description: The options of the user before and after. The password is hidden.
  returned: in diff mode
  type: dict
  sample: {before: {name: alice, enabled: true}, after: {name: alice, enabled: false}}
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
  sample: {status: 403, operation: user-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3, POST: 1, PUT: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/v3/users: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.user import USER

DEFINITION = state_module(USER)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
