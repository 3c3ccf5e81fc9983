#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_api
short_description: Call any operation of a CloudOS cloud
version_added: "1.0.0"
description:
  - Sends one authenticated request to the gateway, for what no other module of this collection covers yet.
  - Login, retries, pages and errors are those of the other modules.
  - This module does not know the state of any object. Every method except V(GET) reports a change in each run.
  - Members of the response that hold secrets, such as C(adminPass), are masked.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
attributes:
  check_mode:
    support: full
    details: In check mode only V(GET) is sent.
  diff_mode:
    support: none
  idempotent:
    support: none
    details: The request is sent in each run.
options:
  path:
    description:
      - Path of the operation, taken literally, with a leading slash.
      - If it begins with C(/os/<service>/v1), that is replaced as O(api_layout) and O(api_service_prefixes) say.
      - C({tenant_id}) in it stands for the ID of O(api_project).
      - Segments that are empty, blank, V(.) or V(..) are an error, since a variable without a value produces them.
      - It may have a query. Values of parameters that hold secrets, such as C(token), are masked in what is returned.
    type: str
    required: true
  method:
    description: HTTP method.
    type: str
    choices: [GET, POST, PUT, PATCH, DELETE]
    default: GET
  query:
    description: Query parameters.
    type: dict
    default: {}
  headers:
    description:
      - Headers to send in addition to or instead of the default ones, such as C(H3CloudOS-Core-Target).
      - A header that is null is not sent. The reference documents no C(Accept) for most operations without a response
        body.
    type: dict
    default: {}
  body:
    description:
      - JSON body to send, an object or a list of objects.
      - Not allowed with O(method=GET).
    type: raw
  list_key:
    description:
      - Member of the response that holds a list, such as V(servers). All pages of the list are then fetched, and
        RV(json) is the list itself.
      - With C(limit) in O(query), pages of that size are fetched, even if the response has no link to the next page.
      - A response without that member is an error.
      - Only with O(method=GET).
    type: str
seealso:
  - module: ansible.builtin.uri
"""

EXAMPLES = r"""
- name: List the server groups
  h3c.cloudos.cloudos_api:
    path: /os/compute/v1/v2.1/os-server-groups
    list_key: server_groups
  register: server_groups

- name: Import a key pair
  h3c.cloudos.cloudos_api:
    path: /os/compute/v1/v2/{tenant_id}/os-keypairs
    method: POST
    body:
      keypair:
        name: deploy
        type: ssh
        public_key: "{{ public_key }}"

- name: Read the flavors as the platform returns them
  h3c.cloudos.cloudos_api:
    path: /os/compute/v1/v2/{tenant_id}/flavors/detail
  register: flavors
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode.
  returned: always
  type: list
  elements: str
  sample: [POST /os/compute/v1/v2.1/os-server-groups]
status:
  description: HTTP status of the response. Null if nothing was sent.
  returned: success
  type: int
  sample: 200
json:
  description:
    - The decoded response without secrets. Null if there is none.
    - Null, too, for a text in response to any method other than V(GET). A web page is an error.
  returned: success
  type: raw
  sample: {"server_groups": []}
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.features.raw_call import RAW_CALL

DEFINITION = RAW_CALL


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
