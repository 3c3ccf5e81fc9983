#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_host_aggregate
short_description: Manage host aggregates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes and deletes host aggregates, which are the compute nodes of an availability zone or some of them.
  - The published reference has no operation that removes a host from an aggregate. OpenStack's own is sent for
    O(hosts_exact=true); a platform that refuses it makes the task fail. A refused removal changes nothing.
  - Takes an administrator.
  - A second run takes one GET, and one more if O(availability_zone) is an alias.
  - Uses the operations C(aggregate-list), C(aggregate-get), C(aggregate-create), C(aggregate-update),
    C(aggregate-add-host) and C(aggregate-delete) of the published reference, and for zones C(azone-list).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state.in_place
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the aggregate, at most 16 characters.
      - Needed for a new aggregate. With O(id), it is the name that the aggregate shall have.
      - One of O(name) and O(id) is needed. If several aggregates bear the name, the task fails and lists their IDs.
    type: str
  id:
    description: ID of an aggregate that exists. New aggregates get theirs from the platform.
    type: str
  availability_zone:
    description:
      - Availability zone of its hosts, by its name or by the alias that CloudOS displays.
      - Needed for a new aggregate. A host is in one zone only, so a zone that other aggregates of its hosts do not have
        is refused before anything is sent.
    type: str
  hosts:
    description:
      - Names of the compute nodes that shall be in the aggregate, as C(compute_node) in
        M(h3c.cloudos.cloudos_hypervisor_info).
      - Others stay in it, unless O(hosts_exact=true).
    type: list
    elements: str
  hosts_exact:
    description:
      - Whether to remove all hosts that are not in O(hosts). An empty list of O(hosts) removes them all.
      - With O(state=absent), whether to remove the hosts before the aggregate is deleted. One that has hosts cannot be
        deleted otherwise, which is an error before anything is sent.
    type: bool
    default: false
seealso:
  - module: h3c.cloudos.cloudos_host_aggregate_info
  - module: h3c.cloudos.cloudos_hypervisor_info
"""

EXAMPLES = r"""
- name: A rack of compute nodes
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-1
    availability_zone: zone-one
    hosts: [cpn-host11rc]
  register: rack

- name: Exactly these hosts
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-1
    hosts: [cpn-host11rc]
    hosts_exact: true

- name: Another name
  h3c.cloudos.cloudos_host_aggregate:
    id: "{{ rack.host_aggregate.id }}"
    name: rack-2

- name: No such aggregate, whatever hosts it has
  h3c.cloudos.cloudos_host_aggregate:
    name: rack-2
    state: absent
    hosts_exact: true
"""

RETURN = r"""
actions:
  description: What was done, or would be done in check mode, in this order.
  returned: success, and on failure what had been done before it
  type: list
  elements: str
  sample: [create, add_host]
host_aggregate:
  description: The aggregate as it is, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the aggregate. The platform counts them.
      type: str
      sample: "1"
    name:
      description: Name of the aggregate.
      type: str
      sample: rack-1
    availability_zone:
      description: Name of the availability zone.
      type: str
      sample: nova11
    hosts:
      description: Names of the compute nodes in it.
      type: list
      elements: str
      sample: [cpn-host11rc]
    metadata:
      description: Metadata of the platform.
      type: dict
      sample: {availability_zone: nova11}
    created_at:
      description: When it was created. Null where the platform does not tell it.
      type: str
      sample: "2026-01-31T03:49:05.546546"
    updated_at:
      description: When it was last changed. Null where the platform does not tell it.
      type: str
      sample: "2026-01-31T03:49:06.546546"
id:
  description: ID of a host aggregate that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: "1"
diff:
  description: The options of the host aggregate before and after.
  returned: in diff mode
  type: dict
  sample: {before: {name: rack-1, hosts: []}, after: {name: rack-1, hosts: [cpn-host11rc]}}
error:
  description:
    - What the platform answered.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only there if it is known.
  returned: on failure, if the platform was asked
  type: dict
  sample: {status: 403, operation: aggregate-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2, POST: 2}
retries:
  description: Which requests were tried again, and why.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/os-aggregates: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.host_aggregate import HOST_AGGREGATE

DEFINITION = state_module(HOST_AGGREGATE)


def main():
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
