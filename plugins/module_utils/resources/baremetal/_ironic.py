# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What bare-metal resources share: headers, operations that list, MAC addresses (section 1.12 of the reference)."""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.parallel import side_by_side
from ...cloud.placeholders import TO_BE_CREATED
from ...cloud.responses import as_list
from ...model import canonical, check_memory
from ...model.context import Context
from ...model.reference import Reference

_VERSION = "X-OpenStack-Ironic-API-Version"
HEADERS = {"H3CloudOS-Core-Target": "bare_metal", _VERSION: "1.34"}

NODES = "/os/kinton/v1/v1/nodes"
NODE = f"{NODES}/{{baremetalId}}"
PORTS = "/os/kinton/v1/v1/ports"
PORT_GROUPS = "/os/kinton/v1/v1/portgroups"


def operation(id: str, method: str, path: str, answers: bool = False) -> Operation:
    """An operation of the section, with the headers that each of its requests wants."""
    return Operation(id, method, path, answers=answers, headers=HEADERS)


def at_version(of: Operation, minor: int) -> Operation:
    """The same operation in another version of Ironic's API, for what is younger than the version of the reference."""
    return dataclasses.replace(of, headers={**of.headers, _VERSION: f"1.{minor}"})


#: the key of the compute service (item 21); it stands at another path, and wants no headers of its own
ACCESS_KEY = Operation("access-key-get", "GET", "/os/compute/v1/cloudos/access/id", optional=True)
NODE_GET = operation("baremetal-node-get", "GET", NODE, answers=True)
_BY_NAME = f"{NODE_GET.id} by name"
NODE_LIST = operation("baremetal-node-list", "GET", f"{NODES}/detail", answers=True)
PORT_LIST = operation("baremetal-port-list", "GET", f"{NODE}/ports/detail", answers=True)
PORT_GROUP_LIST = operation("baremetal-portgroup-list", "GET", PORT_GROUPS, answers=True)
PORT_CREATE = operation("baremetal-port-create", "POST", PORTS, answers=True)
PORT_DELETE = operation("baremetal-port-delete", "DELETE", f"{PORTS}/{{portId}}")


def controller_of(node: t.Mapping[str, t.Any]) -> t.Optional[str]:
    """The address of the management controller of a node as the API returns it, in its canonical form."""
    return canonical.host((node.get("driver_info") or {}).get("ipmi_address"))


def node_of_name(run: Context, address: t.Optional[str]) -> t.Optional[Json]:
    """The node of an item of a loop by its name, which Ironic takes for an id; None where the platform does not."""
    name, client = run.options.get("name"), run.client
    if not name or not run.is_one_of_many or _BY_NAME in client.refusals:
        return None
    try:
        raw: Json = client.call(NODE_GET, {"baremetalId": name})
    except CloudError as error:
        client.refusals[_BY_NAME] = error
        return None
    is_it = raw.get("name") == name and (not address or controller_of(raw) == canonical.host(address))
    return raw if is_it and raw.get("uuid") else None


#: a node that has no name is known by the address of its management controller, in every cloud
NODE_KIND = Reference("bare-metal node", NODE_LIST, "nodes", id="uuid", address=controller_of)
_PORT_KIND = Reference("bare-metal port", PORT_LIST, "ports", id="uuid", names=("address",))
_PORT_GROUP_KIND = Reference("port group", PORT_GROUP_LIST, "portgroups", id="uuid")


def node_ports(run: Context, node_id: str) -> list[Json]:
    """The ports of a node (baremetal-port-list)."""
    listed = as_list(run.client.call(PORT_LIST, {"baremetalId": node_id}), "ports")
    return check_memory.references(run, _PORT_KIND, listed, node_uuid=node_id)


def node_port_groups(run: Context, node_id: str) -> list[Json]:
    """The port groups of a node (baremetal-portgroup-list)."""
    listed = as_list(run.client.call(PORT_GROUP_LIST, query={"node": node_id}), "portgroups")
    return check_memory.references(run, _PORT_GROUP_KIND, listed, node_uuid=node_id)


def checked_mac(option_name: str, text: t.Any) -> str:
    """A MAC address in its canonical form, which is that of the platform.

    Raises:
        OptionError: it has not twelve hexadecimal digits.
    """
    address = canonical.mac(text)
    if address is None:
        raise OptionError(f"{option_name}: {text!r} is no MAC address.")
    return address


def all_of_nodes(run: Context, read: t.Callable[[Context, str], list[Json]]) -> list[Json]:
    """What all nodes have of something that only their own lists return, each with its node."""
    nodes = [str(node[NODE_KIND.id]) for node in run.entries(NODE_KIND)]
    found = side_by_side(lambda node: read(run, node), nodes)
    return [{**raw, "node_uuid": node} for node, entries in zip(nodes, found) for raw in entries]


def owner(run: Context) -> t.Optional[Json]:
    """The node that the option `node` names. None where there is none, and where none is needed to be absent."""
    wanted = run.options["node"]
    if run.options.get("state") == "absent" and not NODE_KIND.meant(run.entries(NODE_KIND), wanted):
        return None
    return run.lookup(NODE_KIND, wanted, "node")


def port_group_id(run: Context, groups: list[Json], wanted: str, option_name: str) -> str:
    """The id of one of the port groups of a node, given by id or name.

    Raises:
        OptionError: the node has none of that name, or several. In check mode the former is a warning.
    """
    ids = [group["uuid"] for group in groups if wanted in (group.get("uuid"), group.get("name"))]
    if len(ids) == 1:
        node_id: str = ids[0]
        return node_id
    problem = f"{option_name}: the node has {'several port groups' if ids else 'no port group'} {wanted!r}."
    if ids or not run.check_mode:
        raise OptionError(problem, hint="Make it first, with cloudos_baremetal_portgroup." if not ids else None)
    run.warnings.append(problem)
    return TO_BE_CREATED
