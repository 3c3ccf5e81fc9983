#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_access_key_info
short_description: Save the access key of a CloudOS cloud to a private file
version_added: "1.0.0"
description:
  - Reads the access key of the user that the compute service itself has. The monitoring of graphics cards of bare-metal
    instances needs it.
  - Both halves of the key are secrets. They never appear in results, registered variables, diffs, logs or errors.
    Without O(dest), the module reports whether there is a key, and to whom it belongs. With O(dest), it writes the key
    to a file that only its owner can read.
  - The module changes nothing on the platform. It reports a change when it writes the file, that is, when the file does
    not exist, has another content, or is not of mode C(0600).
  - Bare-metal instances get the key automatically with C(gpu_monitoring) of M(h3c.cloudos.cloudos_baremetal_instance).
    Use this module if anything else requires it.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: The key is read and compared with the file, which is not written.
  diff_mode:
    support: full
    details: Only the fact that the content is set is shown.
  idempotent:
    support: full
options:
  dest:
    description:
      - File for the key, on the host on which the task runs. Its directory has to exist.
      - The file is JSON, with the members C(access_id) and C(access_key). It is of mode C(0600), and it appears
        complete or not at all. A symbolic link is an error, and so is anything else that is not a regular file.
      - Remove the file when it is no longer needed, and keep it out of version control.
    type: path
notes:
  - A task that reads the file, for example with a lookup, needs C(no_log) so that the key is not shown.
seealso:
  - module: ansible.builtin.include_vars
"""

EXAMPLES = r"""
- name: Check whether there is an access key
  h3c.cloudos.cloudos_access_key_info:
  register: key

- name: Show to whom it belongs
  ansible.builtin.debug:
    msg: "{{ key.access_key.user_id }}"

- name: Save the access key to a file
  h3c.cloudos.cloudos_access_key_info:
    dest: "{{ playbook_dir }}/files/access-key.json"

- name: Read the file into a variable, without showing it
  ansible.builtin.include_vars:
    file: "{{ playbook_dir }}/files/access-key.json"
    name: monitoring
  no_log: true

- name: Use the key without showing it
  ansible.builtin.copy:
    content: "key = {{ monitoring.access_key }}\n"
    dest: "{{ playbook_dir }}/files/agent.conf"
    mode: "0600"
  no_log: true

- name: Remove the file
  ansible.builtin.file:
    path: "{{ playbook_dir }}/files/access-key.json"
    state: absent
"""

RETURN = r"""
actions:
  description: Actions on the file that were taken, or would be taken in check mode.
  returned: success
  type: list
  elements: str
  sample: [write]
access_key:
  description: The key without its secrets. Null if the platform has none.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the key pair. It is not part of the key.
      type: str
      sample: 12289f95-8d2a-4eb5-8959-4c94ab8c0b53
    user_id:
      description: ID of the user to whom the key belongs.
      type: str
      sample: ed45231c94844cc2b33a761a736b54ce
dest:
  description: The file with the key.
  returned: if O(dest) is given
  type: str
  sample: /etc/monitoring/access-key.json
diff:
  description: The file before and after.
  returned: with C(--diff), if O(dest) is given
  type: dict
  sample: {before: {}, after: {mode: "0600", content: "********"}}
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: access-key-get}
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
    - "GET /os/compute/v1/cloudos/access/id: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.access_key import ACCESS_KEY

DEFINITION = ACCESS_KEY


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
