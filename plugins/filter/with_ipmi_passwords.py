# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: with_ipmi_passwords
short_description: Add the passwords of management controllers to bare-metal nodes
version_added: "1.0.0"
description:
  - Adds passwords that are stored separately, such as in a vault, to C(ipmi) of nodes in the form of
    M(h3c.cloudos.cloudos_baremetal_nodes).
  - A password is looked up by the name of the node, then by its C(id), then by the address of its management
    controller, however that is written. A node without a name therefore gets its password, too.
  - Nodes without C(ipmi) or without a password are not changed.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
positional: passwords
options:
  _input:
    description: The nodes.
    type: list
    elements: dict
    required: true
  passwords:
    description: The passwords, by the names of the nodes, their IDs, or the addresses of their management controllers.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Enrol the nodes of a file with the passwords of a vault
  h3c.cloudos.cloudos_baremetal_nodes:
    baremetal_nodes: "{{ nodes | h3c.cloudos.with_ipmi_passwords(vault_ipmi_passwords) }}"
  vars:
    nodes:
      - name: rack1-01
        ipmi: {address: 192.0.2.11, username: admin}
      - ipmi: {address: 192.0.2.12, username: admin}
    vault_ipmi_passwords:
      rack1-01: "{{ vault_ipmi_password }}"
      192.0.2.12: "{{ vault_ipmi_password }}"
"""

RETURN = r"""
_value:
  description: The nodes.
  type: list
  elements: dict
  sample:
    - name: rack1-01
      ipmi: {address: 192.0.2.11, username: admin, password: secret}
"""

import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.model import canonical


def with_ipmi_passwords(nodes: t.Sequence[Json], passwords: t.Mapping[str, str]) -> list[Json]:
    """The nodes, each with its password where there is one."""
    by_host = {canonical.host(key): password for key, password in passwords.items()}
    return [_with_password(node, passwords, by_host) for node in nodes]


def _with_password(node: Json, passwords: t.Mapping[str, str], by_host: t.Mapping[t.Optional[str], str]) -> Json:
    ipmi = node.get("ipmi")
    if not ipmi:
        return node
    own = [passwords[node[key]] for key in ("name", "id") if node.get(key) in passwords]
    own += [by_host[host] for host in [canonical.host(ipmi.get("address"))] if host and host in by_host]
    return {**node, "ipmi": {**ipmi, "password": own[0]}} if own else node


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"with_ipmi_passwords": with_ipmi_passwords}
