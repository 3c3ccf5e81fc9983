# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How an instance is connected: flat networks, or networks of tenants that are wired to ports of its node."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.placeholders import TO_BE_CREATED
from ...model import canonical
from ...model.context import Context
from .._networks import NETWORK_OPTION, network_id
from . import _ironic

NETWORK_OPTIONS = {
    "network": {**NETWORK_OPTION, "required": True},
    "fixed_ip": {"type": "str"},
    "port": {"type": "str"},
    "gateway": {"type": "bool"},
}


def is_tenant(options: t.Mapping[str, t.Any]) -> bool:
    """Whether its networks are those of tenants: they are wired to ports of the node."""
    return any(network.get("port") for network in options.get("networks") or [])


def check_networking(options: t.Mapping[str, t.Any]) -> None:
    """Refuse what mixes the two kinds of networks."""
    networks = options.get("networks") or []
    if options.get("networks") == []:
        raise OptionError("networks: an instance needs at least one.")
    if not is_tenant(options):
        if any(network.get("gateway") is not None for network in networks):
            raise OptionError(
                "networks: gateway is for networks of tenants, where each network has a port.",
                hint="In a flat network, the gateway is a matter of interfaces.",
            )
        return
    without = [network["network"] for network in networks if not network.get("port")]
    if without:
        raise OptionError(f"networks: where one network has a port, all need one; it is missing for {without[0]}.")
    if options.get("interfaces") is not None:
        raise OptionError(
            "interfaces: they are for flat networks; a network with a port is configured by the platform."
        )
    gateways = [network["network"] for network in networks if network.get("gateway")]
    if len(gateways) > 1:
        raise OptionError(f"networks: only one of them can be the gateway, not {', '.join(gateways)}.")


def by_id(run: Context, networks: t.Sequence[Json]) -> list[Json]:
    """The networks by ID, each with its port as it was given."""
    return [
        {
            **{name: entry[name] for name in ("fixed_ip", "port", "gateway") if entry.get(name) is not None},
            "network": network_id(run, entry["network"], f"networks[{index}]"),
        }
        for index, entry in enumerate(networks)
    ]


def _gateway(networks: t.Sequence[Json]) -> t.Optional[str]:
    """The ID of the network that is the gateway: the first one, unless the options say anything else."""
    if all(network.get("gateway") is None for network in networks):
        network_id: t.Optional[str] = networks[0]["network"]
        return network_id
    return next((network["network"] for network in networks if network.get("gateway")), None)


def wired(run: Context, desired: Json) -> list[Json]:
    """The networks of a tenant as they are sent: each says whether it is the gateway, ports are ids."""
    networks, node_id = desired["networks"], desired["node"]
    gateway = _gateway(networks)
    ports = _ironic.node_ports(run, node_id)
    ids = {network["port"]: _port_id(ports, network["port"]) for network in networks}
    if None in ids.values():
        groups = _ironic.node_port_groups(run, node_id)
        ids = {port: id or _group_id(groups, port) for port, id in ids.items()}
    for port, id in ids.items():
        if id is None:
            _missing_port(run, port, ports)
    return [
        {**network, "gateway": network["network"] == gateway, "port": ids[network["port"]] or TO_BE_CREATED}
        for network in networks
    ]


def _port_id(ports: list[Json], wanted: str) -> t.Optional[str]:
    """The id of a port that is given by its id or its MAC address."""
    by_address = [port for port in ports if canonical.mac(wanted) and canonical.same_mac(port["address"], wanted)]
    return next((port["uuid"] for port in [*(p for p in ports if p["uuid"] == wanted), *by_address]), None)


def _group_id(groups: list[Json], wanted: str) -> t.Optional[str]:
    """The id of a port group that is given by its id or its name."""
    return next((group["uuid"] for group in groups if wanted in (group["uuid"], group.get("name"))), None)


def _missing_port(run: Context, wanted: str, ports: list[Json]) -> None:
    problem = f"networks: the node has no port or port group {wanted!r}"
    if run.check_mode:
        run.warnings.append(f"{problem} yet; a real run needs it.")
        return
    addresses = ", ".join(sorted(str(port["address"]) for port in ports)) or "none"
    raise OptionError(f"{problem}.", hint=f"The MAC addresses of its ports: {addresses}.")
