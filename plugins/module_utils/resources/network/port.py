# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Ports of networks, as OpenStack's Neutron has them: an address that a server, a router or nothing yet uses."""

from __future__ import annotations

import ipaddress
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model import canonical
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from .. import _holders, _instances
from . import _fixed_ips, _ownership, references
from .references import DEFAULT_GROUP, NETWORK, PORT_LIST, SECURITY_GROUP

_MEMBER = f"{PORT_LIST.path}/{{port_id}}"

GET = Operation("os-port-get", "GET", _MEMBER)
CREATE = Operation("os-port-create", "POST", PORT_LIST.path)
UPDATE = Operation("os-port-update", "PUT", _MEMBER)
DELETE = Operation("os-port-delete", "DELETE", _MEMBER, answers=False)

KIND = references.PORT

# What owners of ports of servers and of bare-metal instances begin with.
_OF_MACHINES = ("compute:", "baremetal:")
_PAIR = {"ip_address": {"type": "str", "required": True}, "mac_address": {"type": "str"}}
_VNIC_TYPES = ["normal", "direct", "direct-physical", "macvtap", "baremetal", "virtio-forwarder", "smart-nic"]


class Port(_ownership.OwnedResource):
    name = "port"
    plural = "ports"
    id_param = "port_id"
    may_have_namesakes = True
    list_operation = PORT_LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    filters: t.Mapping[str, Filter] = {
        "network": Filter("network_id", reference=NETWORK),
        "device_id": Filter("device_id"),
    }

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=255),
        option("network", api="network_id", reference=NETWORK, required=True, updatable=False),
        option(
            "fixed_ips",
            "list",
            equals=lambda current, wanted: _fixed_ips.same(current or [], wanted),
            spec={"elements": "dict", "options": _fixed_ips.OPTIONS},
        ),
        option("mac_address", updatable=False, equals=canonical.same_mac),
        option("security_groups", "list", reference=SECURITY_GROUP, whole=True, spec={"elements": "str"}),
        option("allowed_address_pairs", "list", whole=True, spec={"elements": "dict", "options": _PAIR}),
        option("port_security_enabled", "bool", platform_default=True),
        option("admin_state_up", "bool", platform_default=True),
        option("vnic_type", api="binding:vnic_type", platform_default="normal", spec={"choices": _VNIC_TYPES}),
        _ownership.PROJECT,
        computed("device_id"),
        computed("device_owner"),
        computed("status"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        pairs = [_pair(entry, found["mac_address"]) for entry in found["allowed_address_pairs"] or []]
        return {**found, "fixed_ips": _fixed_ips.read(found["fixed_ips"] or []), "allowed_address_pairs": pairs}

    def as_returned(self, found: Json) -> Json:
        raw = super().as_returned(found)
        return {**raw, "fixed_ips": _fixed_ips.to_send(found["fixed_ips"])} if found.get("fixed_ips") else raw

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """Those that people have made: the platform gives no names to those that it makes itself."""
        return [raw for raw in self.search(run) if _is_of_people(raw)]

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        with_addresses = run.options["addresses"]
        own = {**found, "fixed_ips": None, "mac_address": found["mac_address"] if with_addresses else None}
        own["allowed_address_pairs"] = [
            _without_own(pair, found["mac_address"]) for pair in found["allowed_address_pairs"]
        ]
        if _has_default_group(run, found):
            own["security_groups"] = None
        description = super().describe(run, raw, own)
        options, places = description.options, _fixed_ips.described(run, found["network"], found["fixed_ips"])
        options["fixed_ips"] = places if with_addresses else [{"subnet": place["subnet"]} for place in places]
        if found["port_security_enabled"] and not found["security_groups"]:
            options["security_groups"] = []
        return description

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        mac = run.options.get("mac_address")
        if mac is not None and canonical.mac(mac) is None:
            raise OptionError(f"mac_address: {mac!r} is not a MAC address such as fa:16:3e:0a:0b:0c.")
        _fixed_ips.check(run.options.get("fixed_ips") or [])
        for pair in run.options.get("allowed_address_pairs") or []:
            _pair(pair, None)

    def desired(self, run: Context, current: Observation) -> Json:
        """Addresses in their canonical form, with the IDs of subnets of the network."""
        desired = super().desired(run, current)
        desired["mac_address"] = desired["mac_address"] and canonical.mac(desired["mac_address"])
        mac = desired["mac_address"] or current.get("mac_address")
        if desired["fixed_ips"] is not None:
            network_id = desired["network"] or current.get("network")
            present = current.get("fixed_ips") or []
            desired["fixed_ips"] = _fixed_ips.wanted(
                _ownership.for_owner(run), present, network_id, desired["fixed_ips"]
            )
        if desired["allowed_address_pairs"] is not None:
            desired["allowed_address_pairs"] = [_pair(entry, mac) for entry in desired["allowed_address_pairs"]]
        return desired

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None:
            _refuse_used(run, current)
            return
        after = self.predict(run, current, {name: desired[name] for name in desired if name in changes or not current})
        secured = [name for name in ("security_groups", "allowed_address_pairs") if after[name]]
        if (changes or not current) and after["port_security_enabled"] is False and secured:
            raise OptionError(
                f"port_security_enabled: a port with {' and '.join(secured)} cannot be without it.",
                hint="Specify empty lists for them.",
            )

    def taken_over(self, run: Context, current: Observation) -> Json:
        """Addresses of another network, and groups of another project, are not taken over."""
        values, given = super().taken_over(run, current), self.desired(run, current)
        if given["network"] not in (None, current["network"]):
            values["fixed_ips"] = None
        if given["project"] not in (None, current["project"]):
            values["security_groups"] = None
        pairs, mac = values["allowed_address_pairs"] or [], current["mac_address"]
        own = given["mac_address"] or mac
        values["allowed_address_pairs"] = [
            {**pair, "mac_address": own} if pair["mac_address"] == mac else pair for pair in pairs
        ]
        return values

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, {**desired, "fixed_ips": None})
        if desired.get("fixed_ips") is not None:
            after["fixed_ips"] = _fixed_ips.completed(current.get("fixed_ips") or [], desired["fixed_ips"])
        return after

    # --- steps

    def body(self, desired: Json) -> Json:
        body = super().body(desired)
        if desired.get("fixed_ips") is not None:
            body["fixed_ips"] = _fixed_ips.to_send(desired["fixed_ips"])
        if desired.get("allowed_address_pairs") is not None:
            pairs = desired["allowed_address_pairs"]
            body["allowed_address_pairs"] = [{k: v for k, v in pair.items() if v is not None} for pair in pairs]
        return body

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        """Addresses that stay are sent as they are, so that they do stay."""
        if not changes:
            return []
        after = self.predict(run, current, {name: desired[name] for name in changes})
        return [Step("update", UPDATE, body={self.name: self.body({name: after[name] for name in changes})})]


def _is_of_people(raw: Json) -> bool:
    owner = raw.get("device_owner") or ""
    return not owner or (bool(raw.get("name")) and owner.startswith(_OF_MACHINES))


def _has_default_group(run: Context, found: Json) -> bool:
    """Whether a port has the group that new ports get."""
    groups = found["security_groups"] or []
    return len(groups) == 1 and run.named(SECURITY_GROUP, groups[0]) == DEFAULT_GROUP


def _without_own(pair: Json, mac: t.Optional[str]) -> Json:
    return {name: value for name, value in pair.items() if (name, value) != ("mac_address", mac)}


def _pair(entry: Json, mac: t.Optional[str]) -> Json:
    """A pair in its canonical form; without a MAC address it has that of the port."""
    try:
        network = ipaddress.ip_network(str(entry["ip_address"]).strip(), strict=False)
    except ValueError:
        raise OptionError(
            f"allowed_address_pairs: {entry['ip_address']!r} is not a valid IP address or network."
        ) from None
    own = entry.get("mac_address")
    if own is not None and canonical.mac(own) is None:
        raise OptionError(f"allowed_address_pairs: {own!r} is not a MAC address such as fa:16:3e:0a:0b:0c.")
    address = network.network_address if network.prefixlen == network.max_prefixlen else network
    return {"ip_address": str(address), "mac_address": canonical.mac(own) if own is not None else mac}


def _refuse_used(run: Context, current: Observation) -> None:
    """Neutron deletes the port of a server under it, and refuses to delete that of a router."""
    device, owner = current["device_id"], current["device_owner"] or ""
    if not device or not owner.startswith(("compute:", "network:")) or _holders.may_have_let_go(run, device):
        return
    user = _name_of_server(run, device) if owner.startswith("compute:") else f"{owner} {device}"
    raise OptionError(f"The port {current['name']} ({current['id']}) is in use by {user}.", hint="Detach it first.")


def _name_of_server(run: Context, server_id: str) -> str:
    try:
        answer = run.client.call(_instances.GET, {"server_id": server_id})
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return f"the server {server_id}"
    return f"the server {answer.get('server', answer).get('name')} ({server_id})"


PORT = Port()
