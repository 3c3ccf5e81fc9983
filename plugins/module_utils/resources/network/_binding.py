# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Which port a floating IP is bound to, where the options name the server that has it."""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...cloud.responses import as_list
from ...model.canonical import same_host
from ...model.context import Context
from ...model.reference import Reference
from .. import _instances
from .references import PORT, PORT_LIST


def server_id(run: Context, wanted: str) -> t.Optional[str]:
    """The id of a server; None for one that is gone."""
    return _id(run, _instances.KIND, wanted, "server")


def port_id(run: Context, wanted: str) -> t.Optional[str]:
    """The same of a port."""
    return _id(run, PORT, wanted, "port")


def _id(run: Context, kind: Reference, wanted: str, option: str) -> t.Optional[str]:
    """The id of what a floating IP leads to. What is gone has nothing that could be taken from it."""
    takes = run.options.get("state") in ("absent", "unbound")
    if takes and not kind.meant(run.entries(kind), wanted):
        return None
    return run.resolve(kind, wanted, option)


def described(run: Context, found: Json) -> Json:
    """What a floating IP leads to, in names; empty for one that leads nowhere.

    It is the server, but for one of several ports: that by its name, or the server by the address of the port.
    """
    server, port = found["server"], found["port"]
    if not port:
        return {}
    name = run.named(PORT, port)
    is_one_of_many = len([entry for entry in run.entries(PORT) if entry.get("device_id") == server]) > 1
    is_known = bool(server) and bool(_instances.KIND.meant(run.entries(_instances.KIND), server))
    if not is_known or (is_one_of_many and name != port):
        return {"port": name}
    address = {"fixed_address": found["fixed_address"]} if is_one_of_many else {}
    return {"server": run.named(_instances.KIND, server), **address}


def ports_of(run: Context, server: str) -> list[Json]:
    """The ports of a server; of one that does not exist yet, none are known. One list serves many servers."""
    if not _is_real(server):
        return []
    if run.full_listing:
        return [entry for entry in run.present_entries(PORT) if entry.get("device_id") == server]
    try:
        return as_list(run.client.call(PORT_LIST, query={"device_id": server}), "ports")
    except CloudError as error:
        if error.status not in (403, 404):
            raise
    interfaces = run.client.call(_instances.INTERFACES, {"server_id": server})
    return [{**entry, "id": entry.get("port_id")} for entry in as_list(interfaces, "interfaceAttachments")]


def port_of(run: Context, server: str) -> str:
    """The port of a server that gets an address: the only one, or the one that has the fixed address.

    Raises:
        OptionError: there is none, or the choice is not clear.
    """
    if not _is_real(server):
        return TO_BE_CREATED
    ports, wanted = ports_of(run, server), run.options.get("fixed_address")
    fitting = [port for port in ports if wanted is None or any(same_host(wanted, known) for known in _addresses(port))]
    if len(fitting) == 1:
        return str(fitting[0]["id"])
    known = ", ".join(address for port in ports for address in _addresses(port)) or "none"
    if not fitting:
        problem = "has no port" if wanted is None else f"has no port with the address {wanted}"
        raise OptionError(f"server: {run.options['server']} {problem}; its addresses are: {known}.")
    raise OptionError(
        f"server: {run.options['server']} has {len(fitting)} ports, with the addresses {known}.",
        hint="Specify fixed_address or port.",
    )


def _addresses(port: Json) -> list[str]:
    return [str(entry.get("ip_address")) for entry in port.get("fixed_ips") or []]


def _is_real(server: str) -> bool:
    return not is_to_be_created(server)
