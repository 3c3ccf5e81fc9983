# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: with_ipmi_passwords
short_description: Give bare-metal nodes the passwords of their management controllers
version_added: "1.0.0"
description:
  - Puts passwords that are kept apart, such as in a vault, into the C(ipmi) of nodes as
    M(h3c.cloudos.cloudos_baremetal_nodes) wants them.
  - A node without C(ipmi), and one whose name has no password, stays as it is.
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
    description: The passwords, by the names of the nodes.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Nodes of a file, with passwords of a vault
  h3c.cloudos.cloudos_baremetal_nodes:
    baremetal_nodes: "{{ nodes | h3c.cloudos.with_ipmi_passwords(vault_ipmi_passwords) }}"
  vars:
    nodes:
      - name: rack1-01
        ipmi: {address: 192.0.2.11, username: admin}
    vault_ipmi_passwords:
      rack1-01: "{{ vault_ipmi_password }}"
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


def with_ipmi_passwords(nodes: t.Sequence[dict], passwords: t.Mapping[str, str]) -> list[dict]:
    """The nodes, each with its password where there is one."""
    return [_with_password(node, passwords) for node in nodes]


def _with_password(node: dict, passwords: t.Mapping[str, str]) -> dict:
    if "ipmi" not in node or node.get("name") not in passwords:
        return node
    return {**node, "ipmi": {**node["ipmi"], "password": passwords[node["name"]]}}


class FilterModule:
    def filters(self) -> dict[str, t.Callable]:
        return {"with_ipmi_passwords": with_ipmi_passwords}
