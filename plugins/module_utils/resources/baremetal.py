# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What bare-metal resources share: headers, operations that list, MAC addresses (section 1.12 of the reference)."""

from __future__ import annotations

import typing as t

from ..answers import as_list
from ..client import Operation
from ..errors import OptionError
from ..fields import Kind
from ..run import Run

HEADERS = {"H3CloudOS-Core-Target": "bare_metal", "X-OpenStack-Ironic-API-Version": "1.34"}

NODES = "/os/kinton/v1/v1/nodes"
NODE = f"{NODES}/{{baremetalId}}"
PORTS = "/os/kinton/v1/v1/ports"
PORT_GROUPS = "/os/kinton/v1/v1/portgroups"


def operation(id: str, method: str, path: str, answers: bool = False) -> Operation:
    """An operation of the section, with the headers that each of its requests wants."""
    return Operation(id, method, path, answers=answers, headers=HEADERS)


NODE_LIST = operation("baremetal-node-list", "GET", f"{NODES}/detail", answers=True)
PORT_LIST = operation("baremetal-port-list", "GET", f"{NODE}/ports/detail", answers=True)
PORT_GROUP_LIST = operation("baremetal-portgroup-list", "GET", PORT_GROUPS, answers=True)
PORT_CREATE = operation("baremetal-port-create", "POST", PORTS, answers=True)
PORT_DELETE = operation("baremetal-port-delete", "DELETE", f"{PORTS}/{{portId}}")

NODE_KIND = Kind("bare-metal node", NODE_LIST, "nodes", id="uuid")


def node_ports(run: Run, node_id: str) -> list[dict]:
    """The ports of a node (baremetal-port-list)."""
    return as_list(run.client.call(PORT_LIST, {"baremetalId": node_id}), "ports")


def node_port_groups(run: Run, node_id: str) -> list[dict]:
    """The port groups of a node (baremetal-portgroup-list)."""
    return as_list(run.client.call(PORT_GROUP_LIST, query={"node": node_id}), "portgroups")


def same_mac(text: t.Any) -> str:
    """A MAC address without regard to case and separators."""
    return "".join(character for character in str(text).lower() if character in "0123456789abcdef")


def checked_mac(option_name: str, text: t.Any) -> str:
    """A MAC address as the platform wants it (lower case, colons).

    Raises:
        OptionError: it has not twelve hexadecimal digits.
    """
    digits = same_mac(text)
    if len(digits) != 12 or not all(character in "0123456789abcdefABCDEF:-. " for character in str(text)):
        raise OptionError(f"{option_name}: {text!r} is no MAC address.")
    return ":".join(digits[index : index + 2] for index in range(0, 12, 2))
