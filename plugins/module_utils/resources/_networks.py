# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The networks of a new server or instance, as its options name them: by name or ID, or by a port in them."""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.responses import as_list
from ..cloud.tokens import looks_like_id
from ..model.coercion import as_text
from ..model.context import Context
from ..model.reference import Reference
from .network.references import NETWORK, PORT

NETWORK_OPTION: t.Mapping[str, t.Any] = {"type": "str", "aliases": ["id", "name"]}


def named(run: Context, kind: Reference, wanted: str, option: str) -> str:
    """The ID of an object. Where the platform gives no list of them, only IDs can be given, and are taken."""
    try:
        return run.resolve(kind, wanted, option)
    except CloudError as error:
        if error.status is None:
            raise
        if looks_like_id(wanted):
            return wanted
        raise OptionError(
            f"{option}: {wanted!r} is no ID, and this platform gives no list of {kind.noun}s to look the name up in.",
            hint="Specify the ID.",
        ) from error


def network_id(run: Context, wanted: str, place: str) -> str:
    """The ID of a network. What looks like one is taken for it: that saves a request."""
    return _id(run, NETWORK, wanted, place)


def port_id(run: Context, wanted: str, place: str) -> str:
    """The same of a port."""
    return _id(run, PORT, wanted, place)


def _id(run: Context, kind: Reference, wanted: str, place: str) -> str:
    return wanted if looks_like_id(wanted) else named(run, kind, wanted, place)


def described(run: Context, interface: Json) -> Json:
    """The entry for a network card that is there, by the name of its network."""
    addresses = [ip.get("ip_address") for ip in as_list(interface, "fixed_ips")]
    address = {"fixed_ip": addresses[0]} if run.options["addresses"] and addresses else {}
    return {"network": run.named(NETWORK, str(interface.get("net_id"))), **address}


def network_member(network: Json) -> Json:
    """An entry of `networks` as it is sent; a port is in a network already."""
    if not network.get("network"):
        return {"port": network["port"]}
    member = {"uuid": network["network"]}
    if network.get("gateway") is not None:
        member["enable_gateway"] = as_text(network["gateway"])
    if network.get("fixed_ip"):
        member["fixed_ip"] = network["fixed_ip"]
    return member
