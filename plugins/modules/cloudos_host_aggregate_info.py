#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_host_aggregate_info
short_description: List host aggregates of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the host aggregates, all of them or those with a given name or ID. Requires an administrator.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only aggregates with exactly this name.
    type: str
  id:
    description: Return only the aggregate with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_host_aggregate
"""

EXAMPLES = r"""
- name: List all host aggregates
  h3c.cloudos.cloudos_host_aggregate_info:
  register: all

- name: Show the hosts of each zone
  ansible.builtin.debug:
    msg: "{{ item.availability_zone }}: {{ item.hosts | join(', ') }}"
  loop: "{{ all.host_aggregates }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
host_aggregates:
  description: The aggregates. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the aggregate, a number.
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
      description: Metadata, the key C(availability_zone) of the platform included.
      type: dict
      sample: {availability_zone: nova11, ssd: "true"}
    created_at:
      description: When it was created. Null if the platform does not return it.
      type: str
      sample: "2026-01-31T03:49:05.546546"
    updated_at:
      description: When it was last changed. Null if the platform does not return it.
      type: str
      sample: "2026-01-31T03:49:06.546546"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: aggregate-list}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/os-aggregates: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.host_aggregate import HOST_AGGREGATE

DEFINITION = info_module(HOST_AGGREGATE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
