# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Subnets, as OpenStack's Neutron has them: the addresses of a network.

Addresses are compared in their canonical form, so that 10.0.0.1/24 is 10.0.0.0/24. A subnet without a gateway has null
as its address.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from .. import _aliases
from . import _addresses, _ownership, references
from .references import NETWORK, SUBNET_LIST

_MEMBER = f"{SUBNET_LIST.path}/{{subnet_id}}"

GET = Operation("subnet-get", "GET", _MEMBER)
CREATE = Operation("subnet-create", "POST", SUBNET_LIST.path)
UPDATE = Operation("subnet-update", "PUT", _MEMBER)
DELETE = Operation("subnet-delete", "DELETE", _MEMBER, answers=False)

KIND = references.SUBNET

# What stands for the address of a gateway that there shall not be; null is an option that is not given.
_NO_GATEWAY = ""


def _dicts(*members: str) -> Json:
    """A list of dictionaries which need each of these members."""
    return {"elements": "dict", "options": {name: {"type": "str", "required": True} for name in members}}


class Subnet(_ownership.OwnedResource):
    name = "subnet"
    plural = "subnets"
    id_param = "subnet_id"
    may_have_namesakes = True
    named_within = ("network",)
    list_operation = SUBNET_LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    filters: t.Mapping[str, Filter] = {"network": Filter("network_id", reference=NETWORK)}
    more_options: t.Mapping[str, t.Any] = {
        "disable_gateway_ip": {"type": "bool", "default": False, **_aliases.NO_GATEWAY}
    }
    constraints: t.Mapping[str, t.Any] = {"mutually_exclusive": [("gateway_ip", "disable_gateway_ip")]}

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=255),
        option("network", api="network_id", reference=NETWORK, required=True, updatable=False, spec=_aliases.NETWORK),
        option("cidr", required=True, updatable=False, min_length=1),
        option("ip_version", "int", updatable=False, spec={"choices": [4, 6]}),
        option("gateway_ip", min_length=1),
        option("enable_dhcp", "bool", platform_default=True),
        option("allocation_pools", "list", whole=True, spec=_dicts("start", "end")),
        option(
            "dns_nameservers",
            "list",
            whole=True,
            equals=lambda current, wanted: current == wanted,
            spec={"elements": "str"},
        ),
        option("host_routes", "list", whole=True, spec=_dicts("destination", "nexthop")),
        _ownership.PROJECT,
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    # --- reading

    def is_open(self, raw: Json) -> bool:
        """All that the login sees are listed: those of shared networks do not say that they are."""
        return True

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        """Of several subnets of one name, the one of the network that is given."""
        named = [raw for raw in entries if raw.get("name") == run.options.get("name")]
        if len(named) > 1 and not run.options.get("id") and run.options.get("network"):
            network_id = _ownership.for_owner(run).resolve(NETWORK, run.options["network"], "network")
            entries = [raw for raw in named if raw.get("network_id") == network_id] or named
        return super().select_one(run, entries)

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """Without what follows from the network: the version, and the gateway and pools that the platform chooses."""
        cidr, gateway, pools = found["cidr"], found["gateway_ip"], found["allocation_pools"]
        chosen: Json = {"ip_version": None}
        if gateway == _addresses.first(cidr):
            chosen["gateway_ip"] = None
        if _addresses.same_pools(pools or [], _addresses.default_pools(cidr, gateway)):
            chosen["allocation_pools"] = None
        description = super().describe(run, raw, {**found, **chosen})
        if gateway is None:
            description.options["disable_gateway_ip"] = True
        if found["dns_nameservers"]:
            description.options["dns_nameservers"] = found["dns_nameservers"]  # in the order in which they are asked
        return description

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        given = _canonical(run.options)
        cidr, version = given.get("cidr"), run.options.get("ip_version")
        if cidr and version not in (None, _addresses.version(cidr)):
            raise OptionError(f"ip_version: {cidr} is a network of IPv{_addresses.version(cidr)}, not of IPv{version}.")

    def desired(self, run: Context, current: Observation) -> Json:
        """Addresses in their canonical form; the version of addresses is that of the network."""
        desired = {**super().desired(run, current), **_canonical(run.options)}
        if run.options.get("disable_gateway_ip"):
            desired["gateway_ip"] = _NO_GATEWAY
        if desired.get("cidr"):
            desired["ip_version"] = _addresses.version(desired["cidr"])
        return desired

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None or (current and not changes & {"gateway_ip", "allocation_pools"}):
            return
        after = self.predict(run, current, {name: desired[name] for name in desired if name in changes or not current})
        _addresses.refuse_contradictions(after["cidr"], after["gateway_ip"], after["allocation_pools"] or [])

    def taken_over(self, run: Context, current: Observation) -> Json:
        """The successor has no gateway, either; addresses of another network are not taken over."""
        values = super().taken_over(run, current)
        given = self.desired(run, current)
        if given["cidr"] not in (None, current["cidr"]):
            values = {**values, "gateway_ip": None, "allocation_pools": None, "host_routes": None}
        if given["gateway_ip"] not in (None, current["gateway_ip"]):
            values["allocation_pools"] = None
        return values if current["gateway_ip"] else {**values, "gateway_ip": _NO_GATEWAY}

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if not current and desired.get("gateway_ip") is None:
            after["gateway_ip"] = _addresses.first(desired["cidr"])
        if not current:
            after = {**after, **{name: after[name] or [] for name in ("dns_nameservers", "host_routes")}}
        return after

    # --- steps

    def body(self, desired: Json) -> Json:
        body = super().body(desired)
        return {**body, "gateway_ip": None} if desired.get("gateway_ip") == _NO_GATEWAY else body

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        return [Step("update", UPDATE, body={self.name: self.body({name: desired[name] for name in changes})})]


def _canonical(options: t.Mapping[str, t.Any]) -> Json:
    """The addresses among the options that are given, in their canonical form."""
    return {name: form(options[name]) for name, form in _FORMS.items() if options.get(name) is not None}


_FORMS: t.Mapping[str, t.Callable[[t.Any], t.Any]] = {
    "cidr": lambda value: _addresses.network("cidr", value),
    "gateway_ip": lambda value: _addresses.address("gateway_ip", value),
    "allocation_pools": lambda pools: [
        {end: _addresses.address(f"allocation_pools.{end}", pool[end]) for end in ("start", "end")} for pool in pools
    ],
    "dns_nameservers": lambda servers: [_addresses.address("dns_nameservers", server) for server in servers],
    "host_routes": lambda routes: [
        {
            "destination": _addresses.network("host_routes.destination", route["destination"]),
            "nexthop": _addresses.address("host_routes.nexthop", route["nexthop"]),
        }
        for route in routes
    ],
}

SUBNET = Subnet()
