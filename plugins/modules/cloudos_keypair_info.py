#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_keypair_info
short_description: List key pairs of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the key pairs of the user that logs in, all of them or the one with a given name.
  - Sends one GET request.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only the key pair with exactly this name.
    type: str
seealso:
  - module: h3c.cloudos.cloudos_keypair
"""

EXAMPLES = r"""
- name: List all key pairs of the user
  h3c.cloudos.cloudos_keypair_info:
  register: mine

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ mine.keypairs | map(attribute='name') }}"

- name: Get a key pair
  h3c.cloudos.cloudos_keypair_info:
    name: deploy
  register: deploy

- name: Show its fingerprint
  ansible.builtin.debug:
    msg: "{{ deploy.keypairs[0].fingerprint }}"
"""

RETURN = r"""
keypairs:
  description: The key pairs. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
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
      description: Fingerprint of the public key, as the platform computes it.
      type: str
      sample: 4e:48:c6:a0:4a:f9:dd:b5:4c:85:54:5a:af:43:47:5a
    user_id:
      description: ID of the user that it belongs to. Null if the platform does not return it.
      type: str
      sample: 1df71957d770436493a84f24d9344853
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: keypair-list}
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
    - "GET /os/compute/v1/v2/9052ae85792143ff955c35c52e8e41bd/os-keypairs: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.keypair import KEYPAIR

DEFINITION = info_module(KEYPAIR)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
