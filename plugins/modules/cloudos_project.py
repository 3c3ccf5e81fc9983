#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_project
short_description: Manage projects of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes projects, which the platform also calls organizations and tenants, and assigns zones to
    them.
  - The published reference only lists projects. The module uses the operations of OpenStack Identity v3, and for
    O(zones) those of CloudOS that its web pages use. A platform without the latter rejects O(zones), and nothing else.
  - Before a project is deleted, the roles of users in it and its zones are taken away.
  - A project that has servers, volumes or ports is not deleted, unless O(force=true). One that has child projects is
    not deleted in any case.
  - Requires an administrator.
  - A second run sends one GET request, which the items of a loop share. O(zones) requires another one for each project,
    and one for the names of all zones. A O(domain) by name requires one more.
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
      - Name of the project, at most 64 characters. It is unique in its O(domain).
      - Required when creating a project. With O(id), it is the desired name of the project.
      - One of O(name) and O(id) is required. If several projects have this name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an existing project. The platform assigns the ID of a new one.
    type: str
  description:
    description: Description of the project. An empty string removes it.
    type: str
  domain:
    description:
      - Domain of the project, by name or ID. Without O(id), a project of O(name) is only looked for in this domain, and
        in V(default) if it is not specified.
      - Defaults to V(default) when creating a project. Changing it requires O(id) and O(replace=true).
    type: str
  parent:
    description:
      - The project above it, by name or ID, in the same domain. A new project is right below its domain by default.
      - Changing it requires O(replace=true).
    type: str
  enabled:
    description:
      - Whether users can log in to the project. Disabling it ends their sessions; its servers keep running.
      - Defaults to V(true) when creating a project.
      - The platform rejects disabling a project with enabled children, and enabling one with a disabled parent.
    type: bool
  zones:
    description:
      - Zones that the project may use, each by name, alias or ID, for servers as well as for volumes and bare metal.
      - Others are kept, unless O(purge_zones=true).
      - If the name belongs to several zones, the task fails and lists their IDs.
    type: list
    elements: str
  purge_zones:
    description: Whether to take away all zones that are not in O(zones). An empty list of O(zones) takes all away.
    type: bool
    default: false
  force:
    description:
      - Whether to delete a project that has servers, volumes or ports, with O(state=absent) or O(replace=true).
      - They are not deleted. They stay on the platform without a project, where only administrators find them.
      - Without it, the task fails before anything is sent, and names some of them.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_project_info
  - module: h3c.cloudos.cloudos_user
  - module: h3c.cloudos.cloudos_quota
  - module: h3c.cloudos.cloudos_availability_zone
"""

EXAMPLES = r"""
- name: Create a project with two zones
  h3c.cloudos.cloudos_project:
    name: finance
    description: Servers of the finance department
    zones: [nova11, cinder191]
  register: finance

- name: Create a project below it
  h3c.cloudos.cloudos_project:
    name: finance-test
    parent: finance

- name: Ensure the project has exactly this zone
  h3c.cloudos.cloudos_project:
    name: finance
    zones: [nova11]
    purge_zones: true

- name: Disable the project below it
  h3c.cloudos.cloudos_project:
    name: finance-test
    enabled: false

- name: Rename a project
  h3c.cloudos.cloudos_project:
    id: "{{ finance.project.id }}"
    name: accounting

- name: Ensure both projects are absent, the lower one first
  h3c.cloudos.cloudos_project:
    name: "{{ item }}"
    state: absent
  loop: [finance-test, accounting]
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create, add_zone]
project:
  description: The project after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the project.
      type: str
      sample: 66b6b770-d079-44a8-8cd9-3348bb185f60
    name:
      description: Name of the project.
      type: str
      sample: demo
    description:
      description: Description. Null if there is none.
      type: str
      sample: Servers to try things out
    domain:
      description: ID of its domain.
      type: str
      sample: default
    parent:
      description: ID of the project or domain above it.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    enabled:
      description: Whether it is enabled.
      type: bool
      sample: true
    zones:
      description:
        - Names of the zones that it may use, the ID of a zone whose name is not unique.
        - Null if the zones were not read.
      type: list
      elements: str
      sample: [cinder191, nova11]
    status:
      description: Status, as a key of the texts of the platform's pages.
      type: str
      sample: project.status.normal
    type:
      description: Type of the project.
      type: str
      sample: PUBLIC
    domain_id:
      description: The same as C(domain).
      type: str
      sample: default
    parent_id:
      description: The same as C(parent).
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    is_domain:
      description: Whether it is a domain.
      type: bool
      sample: false
    checked:
      description: Whether the platform has checked the organization. Null if it does not return it.
      type: bool
      sample: false
id:
  description: ID of a project that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 66b6b770-d079-44a8-8cd9-3348bb185f60
diff:
  description: The options of the project before and after.
  returned: in diff mode
  type: dict
  sample: {before: {name: finance, enabled: true}, after: {name: finance, enabled: false}}
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
  sample: {status: 403, operation: project-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 3, POST: 1, PUT: 2}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/kinton/v1/v3/projects: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.project import PROJECT

DEFINITION = state_module(PROJECT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
