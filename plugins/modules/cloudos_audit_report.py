#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_audit_report
short_description: Report the differences between a CloudOS cloud and its description
version_added: "1.0.0"
description:
  - Shows the rows of P(h3c.cloudos.differences#filter) as text, grouped by project and kind. Equal rows of several
    objects are one line. The playbook C(h3c.cloudos.audit) uses it.
  - The text is shown without C(-v), in front of the result of the task, unless the task has C(no_log) or C(async).
  - The same report can be written to a JSON file for programs, and to an HTML file for people.
  - Sends no request. The connection options are those of the tasks that found the differences; the reports name the
    cloud, the user and the project.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: The files are not written.
  diff_mode:
    support: N/A
    details: A report is not a change.
  idempotent:
    support: full
    details: This module never reports a change. The files are written each time, with the time of the report.
options:
  differences:
    description: The rows.
    type: list
    elements: dict
    required: true
    suboptions:
      object:
        description: Kind and name of the object.
        type: str
        required: true
      kind:
        description: Kind of the object.
        type: str
        required: true
      project:
        description:
          - Project of the object, if it has one.
          - If it is not given for a network, a server or another object that belongs to a project, it is the project of
            the connection.
        type: str
      name:
        description: Name of the object.
        type: str
        required: true
      key:
        description: What differs in the object.
        type: str
        required: true
      wanted:
        description: The value in the description.
        type: raw
      is:
        description: The value in the cloud.
        type: raw
      status:
        description: What the row says. V(unreadable) is not counted as a difference.
        type: str
        choices: [differs, missing, unwanted, unreadable]
        required: true
  path:
    description:
      - File for the report in JSON, on the host on which the task runs. Its schema is C(docs/schemas/audit.json) in the
        collection. Its directory has to exist.
      - The file is of mode C(0644). A symbolic link is an error, and so is anything else that is not a regular file.
    type: path
  html_path:
    description:
      - File for the report as a page of HTML, under the same conditions. The page is complete in this file, has no
        scripts, and is readable on a phone.
    type: path
seealso:
  - plugin: h3c.cloudos.differences
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Compare the quotas with their description
  h3c.cloudos.cloudos_quota:
    project: "{{ item.name }}"
    compute: "{{ item.quota.compute }}"
  loop:
    - {name: demo, quota: {compute: {cores: 50}}}
  check_mode: true
  diff: true
  register: quotas

- name: Report the differences
  h3c.cloudos.cloudos_audit_report:
    differences: "{{ quotas.results | h3c.cloudos.differences('quota', project='name') }}"
    path: "{{ playbook_dir }}/files/audit.json"
    html_path: "{{ playbook_dir }}/files/audit.html"
"""

RETURN = r"""
lines:
  description: The report as lines of text.
  returned: success
  type: list
  elements: str
  sample:
    - "1 difference: 1 different."
    - ""
    - "Project demo: 1"
    - "  quota: 1"
    - "    compute.cores  wanted 50, is 20"
counts:
  description:
    - How many rows there are. C(differences) are all rows but those that are V(unreadable).
    - C(kinds) and C(projects) have the number of differences by kind, and by project.
  returned: success
  type: dict
  sample:
    differences: 1
    differs: 1
    missing: 0
    unwanted: 0
    unreadable: 0
    kinds: {quota: 1}
    projects: {demo: 1}
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
  sample: {}
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.audit_report import AUDIT_REPORT

DEFINITION = AUDIT_REPORT


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
