#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_lease
short_description: Extend and shorten leases of a CloudOS cloud
version_added: "1.0.0"
description:
  - Brings the end of the lease of a resource, such as a server, to a wanted time, or extends the lease by a term.
  - Most installed systems list leases. There, O(end_time) is compared with the present end. A later time extends the
    lease, an earlier one shortens it, and a second run changes nothing.
  - Where the platform does not list leases (403, 404 or 405), it can only shorten one whose O(id) is given. Nothing can
    be compared then, and every run sends the request and reports a change. If the platform refuses the time, for
    example because it is not earlier, the task fails.
  - Every run with O(extend) extends the lease once more, except for a lease that never ends.
  - Sends one GET request, one more for O(server), and one PUT request for a change.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: Only GET requests and the request for a token are sent.
  diff_mode:
    support: full
    details: The previous lease is not shown where the platform does not list leases.
  idempotent:
    support: partial
    details: Except with O(extend), and where the platform does not list leases.
options:
  id:
    description: ID of the lease. Required where the platform does not list leases, or if the resource has several.
    type: str
  end_time:
    description:
      - End of the lease, in the form V(2026-12-31 18:00:00), with 24 hours, in the time zone of the platform.
      - One of O(end_time) and O(extend) is required.
    type: str
  extend:
    description:
      - Term by which the lease is extended from its present end. V(forever) lets it never end; the last day of the
        year 9999 is sent as its end.
      - Calendar months are counted. A month after January 31 ends on the last day of February.
    type: str
    choices: [day, week, month, quarter, year, forever]
  utc_offset:
    description: Offset from UTC of the time zone of the platform, such as V(+08:00), in which O(end_time) is meant.
    type: str
    default: "+00:00"
  server:
    description:
      - Server whose lease it is, by name or ID.
      - One of O(server) and O(resource_id) is required, because the platform requires the resource, too.
    type: str
  resource_id:
    description: ID of the resource whose lease it is. O(resource_name) is required, too.
    type: str
  resource_name:
    description: Name of the resource whose lease it is.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Shorten the lease of a server to the end of the year 2030
  h3c.cloudos.cloudos_lease:
    id: "{{ lease_id }}"
    server: web-1
    end_time: "2030-12-31 18:00:00"
  register: shortened

- name: Show the new length of the lease
  ansible.builtin.debug:
    msg: "{{ shortened.lease.days }} days, until {{ shortened.lease.end_time }}"

- name: Extend the lease of a server by a quarter
  h3c.cloudos.cloudos_lease:
    server: web-1
    extend: quarter

- name: Let the lease of a server end on a certain day in Beijing, later or earlier than now
  h3c.cloudos.cloudos_lease:
    server: web-1
    end_time: "2031-12-31 18:00:00"
    utc_offset: "+08:00"

- name: Shorten the lease of another resource
  h3c.cloudos.cloudos_lease:
    id: "{{ volume_lease_id }}"
    resource_id: "{{ data_volume_id }}"
    resource_name: data-1
    end_time: "2030-12-31 18:00:00"
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [extend]
lease:
  description:
    - The lease as the platform returns it afterwards.
    - In check mode, everything except the ID, the resource and the end is null where the platform does not list leases.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the lease.
      type: str
      sample: 39eaf9c5-4a3f-4682-80b0-4d18c2fcbbe6
    resource_id:
      description: ID of the resource.
      type: str
      sample: 1750701b-f8ab-4ba6-aee7-54ebecf65819
    resource_name:
      description: Name of the resource.
      type: str
      sample: web-1
    service_id:
      description: ID of the kind of resource.
      type: str
      sample: 17037211-2c0c-4703-98e8-81d0202a46e7
    user_id:
      description: ID of the user that has it.
      type: str
      sample: 1df71957d770436493a84f24d9344853
    user_name:
      description: Name of the user that has it.
      type: str
      sample: admin
    project_id:
      description: ID of the project.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    start_time:
      description: When the lease began, in UTC.
      type: str
      sample: "2026-04-14T06:32:07Z"
    end_time:
      description: When the lease ends. As requested with O(end_time), else in UTC.
      type: str
      sample: "2026-12-31 18:00:00"
    days:
      description: Length of the lease in days.
      type: int
      sample: 261
    expired:
      description: Whether it has expired.
      type: bool
      sample: false
    notified:
      description: Whether the user was notified of its end.
      type: bool
      sample: false
diff:
  description: The lease before and after. The state before is empty where the platform does not list leases.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {end_time: "2026-12-31 18:00:00"}}
plan_id:
  description:
    - Identity of the plan, which is the lease, the action and what it changes. It is the same in check mode and in
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
  sample: {status: 403, operation: lease-shorten}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, PUT: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "PUT /os/compute/v1/tenancy/shortRestenancy: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.lease import LEASE

DEFINITION = LEASE


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
