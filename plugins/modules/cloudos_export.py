#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_export
short_description: Export the resources of a CloudOS cloud to a description that can be applied
version_added: "1.0.0"
description:
  - Reads the existing objects and describes them in lists, one for each kind of object, whose entries have the options
    of the modules of this collection. The playbook C(h3c.cloudos.apply) applies such a description to a cloud. Applied
    to the cloud it was exported from, it changes nothing.
  - Each description is verified before it is returned. With its options, the module has to find exactly this object,
    and has to change nothing. Objects that cannot be described in this way are left out, and listed in RV(not_exported)
    with the reason. So are the properties of an object that the platform does not return.
  - Names are used instead of IDs if they are unique, and the addresses of the management controllers for bare-metal
    nodes without a name. If an ID of this cloud remains, RV(not_exported) names the option.
  - Options that are required when creating an object and that the platform does not return are listed in
    RV(not_exported), too.
  - Values that the platform sets automatically are not described, and neither are the defaults of new objects. An image
    is not described if it belongs to another project or is a snapshot of a server, and neither is an image type that
    comes with the platform, a port without a name, a volume that a server boots from, a network of another project, and
    the security group C(default) as each project has it.
  - Secrets are never returned, and keys of dictionaries that hold secrets are left out. What is on volumes, the data of
    images, and what runs on bare-metal nodes are not part of a description.
  - Strings from the platform are data. In the file, strings that Ansible could interpret as a template are marked with
    C(!unsafe).
  - The module changes nothing on the platform. It reports a change when it writes the file.
  - Requests one list for each kind, the zones of each project, the norms of each service, the interfaces of each server
    and instance, and two lists for each bare-metal node.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: Everything is read and compared with the file, which is not written.
  diff_mode:
    support: full
    details: The file before and after.
  idempotent:
    support: full
    details: A file that already has the description is not written again.
options:
  path:
    description:
      - File for the description, on the host on which the task runs. Its directory has to exist. If it is not given,
        the description is only returned.
      - The file is replaced when the new one is complete. It keeps its mode. A new one is of mode C(0644). A
        symbolic link is an error, and so is anything else that is not a regular file.
    type: path
  kinds:
    description:
      - Kinds of objects to describe. If it is not given, all kinds are described, except those that the platform denies
        to this user or does not have, which RV(not_exported) lists.
      - V(projects) are projects with their zones, their quotas, and the users that have roles in them, in the form of
        the role P(h3c.cloudos.project_onboarding#role). Passwords of users are listed in RV(not_exported).
    type: list
    elements: str
    choices:
      - quota_templates
      - availability_zones
      - flavors
      - norms
      - projects
      - host_aggregates
      - image_types
      - images
      - keypairs
      - security_groups
      - networks
      - subnets
      - routers
      - ports
      - volumes
      - volume_snapshots
      - server_groups
      - server_templates
      - baremetal_nodes
      - baremetal_portgroups
      - servers
      - baremetal_instances
      - floating_ips
      - snapshot_strategies
  projects:
    description:
      - Projects to describe, by name or ID, instead of the project of the connection. The user must have a role in each
        of them, and O(api_username) and O(api_password) must be given.
      - V(all) alone means all projects that the user can see. Projects in which the user has no role are listed in
        RV(not_exported).
      - Objects that belong to a project then have C(api_project) in their description.
      - Quota templates, zones, flavors, norms, host aggregates, image types, key pairs and bare-metal nodes do not
        belong to a project. They are described once.
    type: list
    elements: str
    default: []
  addresses:
    description:
      - Whether servers, instances, ports, gateways of routers and floating IPs that are created from the description
        should have the same addresses.
    type: bool
    default: false
  progress:
    description:
      - Whether to show the kind that is being read, if the export takes longer than some seconds.
      - It is shown if the task runs in the process of the controller (see the attribute C(action)), and never with
        C(no_log).
    type: bool
    default: true
seealso:
  - module: h3c.cloudos.cloudos_server_info
"""

EXAMPLES = r"""
- name: Describe the project
  h3c.cloudos.cloudos_export:
    path: "{{ playbook_dir }}/files/cloud.yml"
  register: described

- name: Show what could not be described
  ansible.builtin.debug:
    msg: "{{ described.not_exported }}"

- name: Check whether anything has changed since
  h3c.cloudos.cloudos_export:
    path: "{{ playbook_dir }}/files/cloud.yml"
  check_mode: true
  diff: true

- name: Describe the servers of two projects
  h3c.cloudos.cloudos_export:
    kinds: [servers]
    projects: [admin, demo]
    path: "{{ playbook_dir }}/files/servers.yml"

- name: Describe the flavors without a file
  h3c.cloudos.cloudos_export:
    kinds: [flavors]
  register: flavors

- name: Show them
  ansible.builtin.debug:
    msg: "{{ flavors.export.cloudos_flavors | default([]) }}"
"""

RETURN = r"""
actions:
  description: Actions on the file that were taken, or would be taken in check mode.
  returned: success
  type: list
  elements: str
  sample: [write]
export:
  description:
    - The lists by the names of the variables that hold them, C(cloudos_) followed by the kind. Kinds without objects
      are left out.
    - Entries are sorted by name.
  returned: success
  type: dict
  sample:
    cloudos_flavors:
      - {name: small, vcpus: 1, ram: 2048, disk: 20}
    cloudos_servers:
      - name: web-1
        image: rocky-9
        flavor: small
        availability_zone: nova11
        networks: [{id: d4471b96-4a48-4002-9214-4b026b4186de}]
counts:
  description: How many objects of each kind are described.
  returned: success
  type: dict
  sample: {flavors: 1, servers: 1}
not_exported:
  description: Objects and options that are not described.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the object.
      type: str
      sample: servers
    project:
      description: Its project, if O(projects) is given.
      type: str
      sample: web
    name:
      description: Its name. Null for a whole kind.
      type: str
      sample: web-2
    id:
      description: Its ID.
      type: str
      sample: 7a0c2c5e-0f4b-4b7a-9f43-9c1f7f1f4a11
    option:
      description: The option that is missing. Null if the object is not described at all.
      type: str
      sample: security_groups
    reason:
      description: Reason why it is not described.
      type: str
      sample: the platform does not return them
path:
  description: The file with the description.
  returned: if O(path) is given
  type: str
  sample: /home/alice/cloud.yml
diff:
  description: The file before and after.
  returned: with C(--diff), if O(path) is given
  type: dict
  sample: {before: "", after: "cloudos_flavors:\n  - name: small\n"}
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: limits-list-all}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 24}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/flavors/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.export import EXPORT

DEFINITION = EXPORT


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
