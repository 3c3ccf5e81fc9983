#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_comparison
short_description: Compare many objects of a CloudOS cloud with their descriptions
version_added: "1.0.0"
description:
  - Runs the state module of a kind in check mode, with diff, for each of many objects, and returns its results. Nothing
    is ever changed.
  - The result is that of a loop over the state module, but the task is shown as one line, and not as one for each
    object. The playbook C(h3c.cloudos.audit) uses it.
  - Use P(h3c.cloudos.differences#filter) to convert the results into rows.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: It makes no difference.
  diff_mode:
    support: N/A
    details: The diffs are part of the results of the objects.
  idempotent:
    support: full
    details: This module never changes anything.
options:
  kind:
    description: Kind of the objects, as in the name of its state module, such as M(h3c.cloudos.cloudos_flavor).
    type: str
    choices:
      - availability_zone
      - baremetal_instance
      - baremetal_node
      - baremetal_portgroup
      - flavor
      - floating_ip
      - host_aggregate
      - image
      - image_type
      - keypair
      - network
      - norm
      - port
      - project
      - quota
      - quota_template
      - router
      - security_group
      - server
      - server_group
      - server_template
      - snapshot_strategy
      - subnet
      - user
      - volume
      - volume_snapshot
    required: true
  objects:
    description: The objects.
    type: list
    elements: dict
    required: true
    suboptions:
      options:
        description:
          - The options of the state module, without those of the connection.
          - With C(replace=true), where the module has it, what cannot be changed in place is a difference and not an
            error.
        type: dict
        required: true
      item:
        description:
          - The description of the object, which is returned with its result, without passwords and other secrets, as
            far as their keys are known. If it has C(label), this is what messages call the object.
          - By default, it is O(objects[].options).
        type: raw
  progress:
    description:
      - Whether to show how many of the objects are compared, if this takes longer than some seconds.
      - It is shown if the task runs in the process of the controller (see the attribute C(action)), and never with
        C(no_log).
    type: bool
    default: true
seealso:
  - module: h3c.cloudos.cloudos_audit_report
  - plugin: h3c.cloudos.differences
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Compare the flavors with their descriptions
  h3c.cloudos.cloudos_comparison:
    kind: flavor
    objects:
      - options: {name: office, vcpus: 2, ram: 4096, disk: 40, replace: true}
      - options: {name: laboratory, vcpus: 16, ram: 65536, disk: 80, replace: true}
  register: compared

- name: Report the differences
  h3c.cloudos.cloudos_audit_report:
    differences: "{{ compared.results | h3c.cloudos.differences('flavor') }}"
"""

RETURN = r"""
results:
  description:
    - The result of the state module for each object, in their order, with its C(diff) and its C(item).
    - If an object cannot be compared, C(failed) and C(msg) are in its result, and the task fails after the last one.
  returned: always
  type: list
  elements: dict
  contains:
    item:
      description: What the object is described by.
      type: raw
      sample: {name: office, vcpus: 2, ram: 4096, disk: 40, replace: true}
    changed:
      description: Whether the object differs from its description.
      type: bool
      sample: true
    actions:
      description: What a run of the state module would do.
      type: list
      elements: str
      sample: [create]
    diff:
      description: The object as it is, and as it is described.
      type: dict
      sample: {before: {}, after: {name: office, vcpus: 2, ram: 4096, disk: 40}}
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
  sample: {GET: 1}
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.comparison import COMPARISON

DEFINITION = COMPARISON


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
