#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_project_info
short_description: List projects of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the projects that the user can see, all of them or those with a given name or ID. The platform also calls them
    organizations and tenants.
  - Sends one GET request for each page. O(gather=zones) sends one more for each project, and one for the names;
    for several projects, it sends one in all where the platform lists them so. O(gather=contents) sends three for each.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only projects with exactly this name.
    type: str
  id:
    description: Return only the project with this ID.
    type: str
  gather:
    description:
      - Additional information to gather.
      - V(zones) are the zones that the project may use.
      - V(contents) are the servers, volumes and ports in it, because of which it would not be deleted.
    type: list
    elements: str
    choices: [zones, contents]
    default: []
seealso:
  - module: h3c.cloudos.cloudos_project
  - module: h3c.cloudos.cloudos_quota
  - module: h3c.cloudos.cloudos_quota_info
  - module: h3c.cloudos.cloudos_user_info
"""

EXAMPLES = r"""
- name: List all projects
  h3c.cloudos.cloudos_project_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.projects | map(attribute='name') }}"

- name: Get a project by name
  h3c.cloudos.cloudos_project_info:
    name: demo
  register: demo

- name: Get the zones of a project
  h3c.cloudos.cloudos_project_info:
    name: demo
    gather: [zones]
  register: with_zones

- name: Get what is in a project
  h3c.cloudos.cloudos_project_info:
    name: demo
    gather: [contents]
  register: in_use

- name: Show the names of its servers
  ansible.builtin.debug:
    msg: "{{ in_use.projects[0].contents.servers | map(attribute='name') }}"

- name: Show its ID
  ansible.builtin.debug:
    msg: "{{ demo.projects[0].id }}"
"""

RETURN = r"""
projects:
  description: The projects. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
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
    contents:
      description:
        - The servers, volumes and ports in the project.
        - C(of_network) is whether it is a port that comes and goes with a network or a router, such as for DHCP.
      returned: if O(gather) has V(contents)
      type: dict
      sample:
        servers: [{id: 5a0e8c0d-3f6a-4b8e-8b39-6a3a4b1f2d11, name: web-1, of_network: false}]
        volumes: []
        ports: []
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: project-list}
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
    - "GET /os/kinton/v1/v3/projects: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.project import PROJECT

DEFINITION = info_module(PROJECT)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
