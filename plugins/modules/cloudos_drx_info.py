#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_drx_info
short_description: List DRX of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the DRX (dynamic resource extension), which add servers to load balancers and remove them depending on load.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  id:
    description: Return only the DRX of the listener with this ID.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_drx
"""

EXAMPLES = r"""
- name: List all DRX
  h3c.cloudos.cloudos_drx_info:
  register: found

- name: Show the disabled ones
  ansible.builtin.debug:
    msg: "{{ found.drx_configurations | rejectattr('enabled') | map(attribute='id') }}"
"""

RETURN = r"""
drx_configurations:
  description: The DRX. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the listener, and of its DRX.
      type: str
      sample: 6d380cf4-5558-4c8e-82f2-b64953fb8305
    description:
      description: Description. Null if there is none.
      type: str
      sample: lb auto scaling
    enabled:
      description: Whether it is enabled.
      type: bool
      sample: true
    pool:
      description: ID of the pool that servers are added to.
      type: str
      sample: e891918c-aaf7-40d9-8e51-0d2962438f2b
    max_members:
      description: Maximum number of servers in the pool.
      type: int
      sample: 3
    cpu_scale_out:
      description: CPU usage in percent from which servers are added.
      type: int
      sample: 70
    cpu_scale_in:
      description: CPU usage in percent below which servers are removed.
      type: int
      sample: 30
    memory_scale_out:
      description: Memory usage in percent from which servers are added.
      type: int
      sample: 70
    memory_scale_in:
      description: Memory usage in percent below which servers are removed.
      type: int
      sample: 30
    connections_scale_out:
      description: Number of TCP connections from which servers are added.
      type: int
      sample: 3000
    connections_scale_in:
      description: Number of TCP connections below which servers are removed.
      type: int
      sample: 1000
    occurrences:
      description: How many times in succession a threshold has to be exceeded before an action is taken.
      type: int
      sample: 2
    interval:
      description: Seconds between two measurements.
      type: int
      sample: 30
    cooldown:
      description: Seconds to wait after servers were added or removed.
      type: int
      sample: 20
    type:
      description: Type of the resource that it scales.
      type: str
      sample: LoadBalancer
    database_id:
      description: ID of the DRX in the platform's database.
      type: str
      sample: 2a10ce75-f99b-4e47-8537-84fa313691ab
    seed_server_id:
      description: ID of the server that new servers are currently modelled on.
      type: str
      sample: ba7471d1-010e-42bc-9344-482be27142e1
    seed_server_name:
      description: Name of that server.
      type: str
      sample: web-1
    seed_member_id:
      description: ID of the pool member of that server.
      type: str
      sample: ba1f455c-7ea4-4447-9c83-6851e1882c69
    previous_server_id:
      description: ID of the server that they were previously modelled on.
      type: str
      sample: ba7471d1-010e-42bc-9344-482be27142e1
    scale_out_count:
      description: How many times in succession a threshold for adding servers has been exceeded so far.
      type: int
      sample: 0
    scale_in_count:
      description: How many times in succession a threshold for removing servers has been passed so far.
      type: int
      sample: 1
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: drx-list}
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
    - "GET /os/kinton/v1/h3cloudos/drx-configuration: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.drx import DRX

DEFINITION = info_module(DRX)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
