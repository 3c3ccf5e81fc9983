# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: machines_as_nodes
short_description: Convert the machines of the enrolment role into bare-metal nodes
version_added: "1.0.0"
description:
  - Takes machines in the form of the role P(h3c.cloudos.baremetal_enroll#role), and returns nodes in the form of
    M(h3c.cloudos.cloudos_baremetal_nodes).
  - Address, user and password of the management controller become C(ipmi). All other keys are kept.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description: The machines, each with C(name), C(address), C(username) and C(password).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Enrol the machines of a list that other tools also use
  h3c.cloudos.cloudos_baremetal_nodes:
    baremetal_nodes: "{{ machines | h3c.cloudos.machines_as_nodes }}"
  vars:
    machines:
      - name: rack1-01
        address: 192.0.2.11
        username: admin
        password: "{{ vault_ipmi_password }}"
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

_CONTROLLER = ("address", "username", "password")


def machines_as_nodes(machines: t.Sequence[Json]) -> list[Json]:
    """The nodes that stand for machines."""
    return [_node(machine) for machine in machines]


def _node(machine: Json) -> Json:
    rest = {name: value for name, value in machine.items() if name not in _CONTROLLER}
    return {**rest, "ipmi": {name: machine.get(name) for name in _CONTROLLER}}


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"machines_as_nodes": machines_as_nodes}
