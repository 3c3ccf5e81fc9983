#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_keypair
short_description: Manage key pairs of a CloudOS cloud
version_added: "1.0.0"
description:
  - Imports and deletes SSH public keys, with which servers are created.
  - Key pairs belong to the user that logs in, not to the project. Two users can have different keys of one name.
  - The module only imports keys. It never lets the platform generate a private key.
  - The platform has no operation that changes a key pair. A different key is an error, unless O(replace=true). Existing
    servers keep the key with which they were created.
  - A second run sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the key pair, 1 to 64 letters, digits, hyphens and underscores.
      - The name identifies the key pair.
    type: str
    required: true
  public_key:
    description:
      - The public key in OpenSSH format, as in the file V(id_ed25519.pub).
      - With O(type=x509), a certificate in PEM format.
      - Required when creating a key pair. Changing it requires O(replace=true).
      - The key itself is compared. Comments, line ends and the text around a certificate are ignored.
    type: str
  type:
    description:
      - Type of the key pair. Defaults to V(ssh) when creating a key pair.
      - The platform does not return it. It is only sent when creating a key pair, and is not compared.
    type: str
    choices: [ssh, x509]
seealso:
  - module: h3c.cloudos.cloudos_keypair_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Import a key from a file
  h3c.cloudos.cloudos_keypair:
    name: deploy
    public_key: "{{ lookup('ansible.builtin.file', playbook_dir ~ '/files/id_ed25519.pub') }}"

- name: Import a key from a variable
  h3c.cloudos.cloudos_keypair:
    name: alice
    public_key: "{{ alice_public_key }}"

- name: Replace the key of a key pair
  h3c.cloudos.cloudos_keypair:
    name: deploy
    public_key: "{{ alice_public_key }}"
    replace: true

- name: Ensure the key pair is absent
  h3c.cloudos.cloudos_keypair:
    name: alice
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create]
keypair:
  description: The key pair after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    name:
      description: Name of the key pair.
      type: str
      sample: deploy
    public_key:
      description: The public key.
      type: str
      sample: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7T3s3C0VpgcFh6vJ8Zp0kQvC2M3iHkQm1yR0nXbqWc deploy@example.com
    fingerprint:
      description: Fingerprint of the public key, as the platform computes it. Null in check mode for a new key pair.
      type: str
      sample: 4e:48:c6:a0:4a:f9:dd:b5:4c:85:54:5a:af:43:47:5a
    user_id:
      description: ID of the user that it belongs to. Null if the platform does not return it.
      type: str
      sample: 1df71957d770436493a84f24d9344853
diff:
  description: The options of the key pair before and after.
  returned: in diff mode
  type: dict
  sample: {before: {}, after: {name: deploy}}
plan_id:
  description:
    - Identity of the plan, which is the object, the actions and what they change. It is the same in check mode and in
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
  sample: {status: 403, operation: keypair-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1, POST: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/os-keypairs: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.keypair import KEYPAIR

DEFINITION = state_module(KEYPAIR)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
