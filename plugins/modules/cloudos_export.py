#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_export
short_description: Describe what a CloudOS cloud has, in a file that can be applied
version_added: "1.0.0"
description:
  - Reads what there is and describes it in lists, one for each kind of object, whose entries have the options of the
    modules of this collection. The playbook C(h3c.cloudos.apply) brings a cloud to such a description. Applied to the
    cloud it was made from, it changes nothing.
  - Each description is proved before it is told. By its options the module has to find just this object, and to change
    nothing of it. What cannot be described so is left out, and told in RV(not_exported) with the reason. So are the
    parts of an object that the platform does not tell.
  - Names stand in the place of IDs, where nothing else bears the name, and the addresses of their management
    controllers in that of bare-metal nodes without a name. Where an ID of this cloud remains, RV(not_exported) names
    the option. Networks have their IDs, because the reference has no list of them.
  - What a new object needs and the platform does not return is named in RV(not_exported), too.
  - What the platform sets by itself is not described, and neither is what a new object gets anyway if nothing is said.
    An image is not described if it belongs to another project or is a snapshot of a server, and neither is an image
    type that the platform brings along.
  - Secrets are never told, and what is secret by its key is left out of dictionaries. Volumes, the data of images, and
    what runs on bare-metal nodes are no part of a description.
  - Texts of the platform are data. In the file, one in which Ansible could see a template is marked with C(!unsafe).
  - The module changes nothing on the platform. It reports a change when it writes the file.
  - Takes one list for each kind, one request for the norms of each service, one for the interfaces of each server and
    instance, and two for each bare-metal node.
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
    details: A file that has the description already is not written again.
options:
  path:
    description:
      - File for the description, on the host on which the task runs. Its directory has to exist. Without it the
        description is only returned.
      - The file is replaced when the new one is complete. It keeps its mode. A new one is of mode C(0644). A
        symbolic link is an error, and so is anything else that is not a regular file.
    type: path
  kinds:
    description:
      - What to describe. Everything if it is not given, apart from what the platform refuses to this user or does not
        have, which RV(not_exported) tells.
      - V(projects) are quotas. Projects themselves cannot be created.
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
      - server_groups
      - server_templates
      - baremetal_nodes
      - baremetal_portgroups
      - servers
      - baremetal_instances
      - snapshot_strategies
  projects:
    description:
      - Projects to describe, by name or ID, in the place of that of the connection. The user must have a role in each
        of them, and O(api_username) and O(api_password) must be given.
      - V(all) alone means all projects that the user can see. Those that the user has no role in are told in
        RV(not_exported).
      - What belongs to a project has its C(api_project) in the description then.
      - Quota templates, zones, flavors, norms, host aggregates, image types, key pairs and bare-metal nodes belong to
        no project. They are described once.
    type: list
    elements: str
    default: []
  addresses:
    description: Whether servers and instances that are made by the description shall have the same addresses.
    type: bool
    default: false
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

- name: Has anything changed since
  h3c.cloudos.cloudos_export:
    path: "{{ playbook_dir }}/files/cloud.yml"
  check_mode: true
  diff: true

- name: The servers of two projects
  h3c.cloudos.cloudos_export:
    kinds: [servers]
    projects: [admin, demo]
    path: "{{ playbook_dir }}/files/servers.yml"

- name: Flavors, without a file
  h3c.cloudos.cloudos_export:
    kinds: [flavors]
  register: flavors

- name: Show them
  ansible.builtin.debug:
    msg: "{{ flavors.export.cloudos_flavors | default([]) }}"
"""

RETURN = r"""
actions:
  description: What was done with the file, or would be done in check mode.
  returned: success
  type: list
  elements: str
  sample: [write]
export:
  description:
    - The lists by the variables that hold them, C(cloudos_) and the kind. A kind of which there is nothing has none.
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
  description: What is not described.
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
      description: The option that would tell what is missing. Null if nothing of the object is described.
      type: str
      sample: security_groups
    reason:
      description: Why it is not described.
      type: str
      sample: the platform does not tell them
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
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: limits-list-all}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 24}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/flavors/detail: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.features.export import EXPORT
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module

DEFINITION = EXPORT


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
