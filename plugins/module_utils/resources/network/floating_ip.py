# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Floating IPs: addresses of an external network that lead to a server (OpenStack's Neutron; CloudOS adds the norm).

A floating IP has no name. It is known by its address, or by the server or the port that it leads to.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model import canonical
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from .. import _aliases, _instances
from . import _binding, _ownership
from .references import API, NETWORK, PORT

_FLOATING_IPS = f"{API}/floatingips"
_FLOATING_IP = f"{_FLOATING_IPS}/{{floating_ip_id}}"

LIST = Operation("floating-ip-list", "GET", _FLOATING_IPS)
GET = Operation("floating-ip-get", "GET", _FLOATING_IP)
CREATE = Operation("floating-ip-create", "POST", _FLOATING_IPS)
UPDATE = Operation("floating-ip-update", "PUT", _FLOATING_IP)
DELETE = Operation("floating-ip-delete", "DELETE", _FLOATING_IP, answers=False)

# What stands for the port of a floating IP that shall lead nowhere; null is an option that is not given.
_NO_PORT = ""
_NEEDS_ROUTER = "A floating IP leads to a port only if a router connects the subnet of that with the external network."


class FloatingIP(_ownership.OwnedResource):
    name = "floating_ip"
    plural = "floating_ips"
    noun = "floating IP"
    wrapper = "floatingip"
    list_key = "floatingips"
    id_param = "floating_ip_id"
    identified_by = ("address", "server", "port", "id", "network")
    named_within = ("network", "fixed_address")
    states = ("present", "absent", "unbound")
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    answers_whole = True
    conflict_hint = "The address is taken, or the port has a floating IP of this network already."
    filters: t.Mapping[str, Filter] = {
        "network": Filter("floating_network_id", reference=NETWORK),
        "port": Filter("port_id", reference=PORT),
        "status": Filter("status"),
    }
    more_info_options: t.Mapping[str, t.Any] = {
        **_ownership.PROJECT_OPTION,
        "address": {"type": "str"},
        "server": {"type": "str"},
    }
    constraints: t.Mapping[str, t.Any] = {"mutually_exclusive": [("server", "port")]}

    fields = (
        option("id"),
        option("network", api="floating_network_id", reference=NETWORK, required=True, updatable=False),
        option(
            "address", api="floating_ip_address", updatable=False, equals=canonical.same_host, spec=_aliases.ADDRESS
        ),
        option("server", api="port_details/device_id"),
        option("port", api="port_id"),
        option("fixed_address", api="fixed_ip_address", equals=canonical.same_host),
        option("norm", api="h3c_norm"),
        _ownership.PROJECT,
        computed("status"),
        computed("router_id"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    # --- reading

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        if options.get("address") is not None:
            return f"has the address {options['address']}"
        target = next((name for name in ("server", "port") if options.get(name) is not None), None)
        return f"leads to the {target} {options[target]}" if target else super().describe_identity(options)

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        found = super().chosen(run, query, entries)
        address = run.options.get("address")
        if query is None or address is None:
            return found
        return [raw for raw in found if canonical.same_host(raw.get("floating_ip_address"), address)]

    def enrich_all(self, run: Context, objects: list[Json]) -> list[Json]:
        """For a read-only module, those that lead to the server that it names."""
        wanted = run.options.get("server")
        if wanted is None:
            return objects
        return [found for found in objects if found["server"] == run.resolve(_instances.KIND, wanted, "server")]

    def find(self, run: Context) -> Observation:
        """By id, by address, or by what it leads to. Without any of these, one of the network that leads nowhere."""
        options = run.options
        if options.get("id"):
            return super().find(run)
        entries = self.search(run)
        if options.get("address"):
            wanted = options["address"]
            return self._one_of(
                run, [raw for raw in entries if canonical.same_host(raw.get("floating_ip_address"), wanted)]
            )
        if options.get("network"):
            if options.get("state") == "absent" and not NETWORK.meant(run.present_entries(NETWORK), options["network"]):
                return Observation()  # it has gone with its network
            network_id = _ownership.for_owner(run).resolve(NETWORK, options["network"], "network")
            entries = [raw for raw in entries if raw.get("floating_network_id") == network_id]
        if options.get("server"):
            return self._of_server(run, entries)
        if options.get("port"):
            port = _binding.port_id(_ownership.for_owner(run), options["port"])
            return self._one_of(run, [raw for raw in entries if port and raw.get("port_id") == port])
        return self._one_of(run, [raw for raw in entries if not raw.get("port_id")][:1])

    def _of_server(self, run: Context, entries: list[Json]) -> Observation:
        server = _binding.server_id(run, run.options["server"])
        if server is None:
            return Observation()
        bound = [raw for raw in entries if raw.get("port_id")]
        details = [(raw, (raw.get("port_details") or {}).get("device_id")) for raw in bound]
        found = [raw for raw, device in details if device == server]
        if not found and any(device is None for _raw, device in details):  # an older platform does not say it
            ports = [port.get("id") for port in _binding.ports_of(run, server)]
            found = [raw for raw in bound if raw["port_id"] in ports]
        one = self._one_of(run, found)
        return one.changed({"server": server}) if one else one

    def _one_of(self, run: Context, entries: list[Json]) -> Observation:
        """The one that is meant; the fixed address chooses among those of a server, if one is given."""
        wanted = run.options.get("fixed_address")
        if len(entries) > 1 and wanted:
            entries = [raw for raw in entries if canonical.same_host(raw.get("fixed_ip_address"), wanted)]
        if len(entries) > 1:
            shown = ", ".join(sorted(str(raw.get("floating_ip_address")) for raw in entries))
            raise OptionError(f"There are several floating IPs: {shown}.", hint="Specify address, or network.")
        return (self.seen(run, entries[0]) if entries else None) or Observation()

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """By what it leads to. Its address is a choice of the platform, unless addresses are asked for."""
        address = found["address"] if run.options["addresses"] else None
        own = {**found, "address": address, **dict.fromkeys(("server", "port", "fixed_address"))}
        description = super().describe(run, raw, own)
        description.options.update(_binding.described(run, found) or {"state": "unbound"})
        return description

    # --- planning

    def identity_keys(self, options: t.Mapping[str, t.Any]) -> dict[str, str]:
        return {name: options[name] for name in ("id", "address", "server", "port") if options.get(name)}

    def exclusive_names(self, options: t.Mapping[str, t.Any]) -> tuple[str, ...]:
        keys = sorted(self.identity_keys(options).values()) or [str(options.get("network"))]
        return () if options.get("state") == "absent" else tuple(f"{self.plural}/{key}" for key in keys)

    def check(self, run: Context) -> None:
        super().check(run)
        options, state = run.options, run.options.get("state")
        for name in ("address", "fixed_address"):
            if options.get(name) is not None and not canonical.is_address(options[name]):
                raise OptionError(f"{name}: {options[name]!r} is not an IP address.")
        if state != "unbound" and not self.identity_keys(options):
            raise OptionError(
                "network: it does not say which floating IP is meant, and a second run would make a second one.",
                hint="Specify server, port or address; state: unbound makes sure that there is one that is not in use.",
            )

    def accepts_absence(self, run: Context) -> bool:
        """What a server does not have, need not be taken from it."""
        keys = self.identity_keys(run.options)
        return run.options.get("state") == "unbound" and bool(keys) and "address" not in keys

    def desired(self, run: Context, current: Observation) -> Json:
        """The server as the port of it that the floating IP leads to."""
        owner_run = _ownership.for_owner(run)
        desired = super().desired(run, current)
        if run.options.get("state") == "unbound":
            return {**desired, "server": None, "port": _NO_PORT, "fixed_address": None}
        if desired["server"] is not None:
            desired["server"] = run.resolve(_instances.KIND, desired["server"], "server")
            is_there = desired["server"] == current.get("server") and desired["fixed_address"] is None
            desired["port"] = current["port"] if is_there else _binding.port_of(run, desired["server"])
        elif desired["port"] is not None and desired["port"] != current.get("port"):
            desired["port"] = owner_run.resolve(PORT, desired["port"], "port")
        return desired

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        """Where it leads is a matter of the port; which server has that, not every platform says."""
        return super().changes(run, current, desired) - {"server"}

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if not current or "port" in desired:
            after.update(status=None, router_id=None, server=_server_wanted(run))
            after["fixed_address"] = desired.get("fixed_address")
        return after

    # --- steps

    def body(self, desired: Json) -> Json:
        body = super().body({**desired, "id": None, "server": None, "port": desired.get("port") or None})
        return {**body, "port_id": None} if desired.get("port") == _NO_PORT else body

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body = {"floatingip": self.body({**desired, "port": desired.get("port") or None})}
        return [Step("create", CREATE, body=body, creates=True, hint=_NEEDS_ROUTER if desired.get("port") else None)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        """One request. The port is always part of it: older versions of Neutron unbind what names none."""
        if not changes:
            return []
        wanted = {name: desired[name] for name in changes}
        if "port" not in changes and current["port"]:
            wanted.update(port=current["port"], fixed_address=wanted.get("fixed_address") or current["fixed_address"])
        moves = changes & {"port", "fixed_address"}
        action = "update" if not moves else "unbind" if wanted.get("port") == _NO_PORT else "bind"
        proof = Wait(functools.partial(_is_as_wanted, wanted))
        hint = _NEEDS_ROUTER if action == "bind" else None
        return [Step(action, UPDATE, body={"floatingip": self.body(wanted)}, proof=proof, hint=hint)]


def _server_wanted(run: Context) -> t.Optional[str]:
    """The server that a floating IP leads to in the end, as far as the options name it."""
    wanted = run.options.get("server")
    leads = wanted is not None and run.options.get("state") != "unbound"
    return run.resolve(_instances.KIND, str(wanted), "server") if leads else None


def _is_as_wanted(wanted: Json, seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return PENDING
    same = all(canonical.host(seen[name]) == canonical.host(value) for name, value in wanted.items())
    return READY if same else PENDING


FLOATING_IP = FloatingIP()
