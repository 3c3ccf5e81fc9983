# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The gateway of a router: its address in an external network, and whether it translates addresses.

It may have several addresses, of which the first is returned; an address that is wanted may be any of them. An empty
dictionary is no gateway.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model.coercion import coerce
from ...model.context import Context
from . import _addresses
from .references import NETWORK, subnet_of

OPTIONS: t.Mapping[str, t.Any] = {
    "network": {"type": "str", "required": True},
    "subnet": {"type": "str"},
    "ip_address": {"type": "str"},
    "enable_snat": {"type": "bool"},
}
_PLACE = ("subnet", "ip_address")


def read(raw: Json) -> Json:
    """The gateway of a router as the API returns it, and all of its addresses; unknown where it returns nothing."""
    if "external_gateway_info" not in raw:
        return dict.fromkeys(("external_gateway", "external_fixed_ips"))
    info = raw.get("external_gateway_info") or {}
    if not info.get("network_id"):
        return {"external_gateway": None, "external_fixed_ips": []}
    places = [
        {"subnet": entry.get("subnet_id"), "ip_address": entry.get("ip_address")}
        for entry in info.get("external_fixed_ips") or []
    ]
    first = places[0] if places else dict.fromkeys(_PLACE)
    snat = coerce(info.get("enable_snat"), "bool")
    gateway = {"network": info["network_id"], **first, "enable_snat": snat}
    return {"external_gateway": gateway, "external_fixed_ips": places}


def as_returned(found: Json) -> Json:
    """The reverse of read()."""
    if "external_gateway" not in found:
        return {}
    gateway = found["external_gateway"]
    if not gateway:
        return {"external_gateway_info": None}
    places = found.get("external_fixed_ips") or [gateway]
    entries = [{"subnet_id": place["subnet"], "ip_address": place["ip_address"]} for place in places]
    info = {"network_id": gateway["network"], "enable_snat": gateway["enable_snat"], "external_fixed_ips": entries}
    return {"external_gateway_info": info}


def described(run: Context, gateway: Json) -> Json:
    """The gateway in names; its address is a choice of the platform, unless addresses are asked for."""
    network, subnet, address = (gateway[name] for name in ("network", *_PLACE))
    options = {"network": run.named(NETWORK, network)}
    if run.options["addresses"] and address:
        options.update(subnet=run.named(subnet_of(network), subnet), ip_address=address)
    return {**options, "enable_snat": False} if gateway["enable_snat"] is False else options


def wanted(run: Context, current: Json) -> t.Optional[Json]:
    """The gateway that the options ask for, by IDs; empty for none, None where they do not speak of it."""
    if run.options.get("remove_external_gateway"):
        return {}
    options = run.options.get("external_gateway")
    if options is None:
        return None
    present = current.get("external_gateway") or {}
    gateway = {name: value for name, value in options.items() if value is not None}
    if gateway["network"] != present.get("network"):
        gateway["network"] = run.resolve(NETWORK, gateway["network"], "external_gateway.network")
    known = [place["subnet"] for place in current.get("external_fixed_ips") or []]
    if "subnet" in gateway and gateway["subnet"] not in known:
        kind = subnet_of(gateway["network"])
        gateway["subnet"] = run.resolve(kind, gateway["subnet"], "external_gateway.subnet")
    if "ip_address" in gateway:
        gateway["ip_address"] = _addresses.address("external_gateway.ip_address", gateway["ip_address"])
    return gateway


def differs(current: Json, gateway: t.Optional[Json]) -> bool:
    """Whether a router has another gateway than the wanted one."""
    if gateway is None:
        return False
    present = current.get("external_gateway") or {}
    if not gateway or not present:
        return bool(gateway) != bool(present)
    if any(present.get(name) != gateway[name] for name in ("network", "enable_snat") if name in gateway):
        return True
    place = {name: gateway[name] for name in _PLACE if name in gateway}
    return bool(place) and not any(place.items() <= other.items() for other in current.get("external_fixed_ips") or [])


def predict(current: Json, after: Json, gateway: t.Optional[Json]) -> Json:
    """A prediction with the wanted gateway; which address a new one gets, the platform decides."""
    if gateway is None:
        return after
    if not gateway:
        return {**after, "external_gateway": None, "external_fixed_ips": []}
    present = current.get("external_gateway") or {}
    stays = present.get("network") == gateway["network"] and not any(name in gateway for name in _PLACE)
    place = {name: present.get(name) if stays else gateway.get(name) for name in _PLACE}
    snat = gateway.get("enable_snat", present.get("enable_snat"))
    return {
        **after,
        "external_gateway": {"network": gateway["network"], **place, "enable_snat": snat},
        "external_fixed_ips": after.get("external_fixed_ips") if stays else None,
    }


def completed(current: Json, gateway: Json) -> Json:
    """A changed gateway that translates addresses as little as before: what is not sent is enabled again."""
    present = current.get("external_gateway") or {}
    is_off = "enable_snat" not in gateway and present.get("enable_snat") is False
    return {**gateway, "enable_snat": False} if is_off else gateway


def body(gateway: Json) -> Json:
    """A gateway as the API wants it; an empty one clears it."""
    if not gateway:
        return {}
    info: Json = {"network_id": gateway["network"]}
    if gateway.get("enable_snat") is not None:
        info["enable_snat"] = gateway["enable_snat"]
    names = {"subnet": "subnet_id", "ip_address": "ip_address"}
    place = {names[name]: gateway[name] for name in _PLACE if gateway.get(name) is not None}
    return {**info, "external_fixed_ips": [place]} if place else info


def refuse_internal(run: Context, current: Json, gateway: t.Optional[Json]) -> None:
    """A gateway is in an external network only; one that a router has already is in one."""
    if not gateway or (current.get("external_gateway") or {}).get("network") == gateway["network"]:
        return
    for entry in run.entries(NETWORK):
        if entry.get("id") == gateway["network"] and coerce(entry.get("router:external"), "bool") is False:
            raise OptionError(f"external_gateway.network: {entry.get('name')} ({entry['id']}) is not external.")
