# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Compute nodes: the connections of the cloud to clusters of CAS, VMware and HP (section 1.15 of the reference).

A node has no id, its host name is the key. Bodies are arrays, and a change sends the whole node, its password too.
The platform returns the secrets of a node in clear text; they go back to where they came from, and nowhere else.
"""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...model import canonical
from ...model.coercion import coerce
from ...model.context import Context
from ...model.field import Field, computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource
from . import references
from ._compute_node_switches import (
    LONGEST_TEXT,
    SWITCHES,
    by_net_name,
    check_switches,
    same_switches,
    sent_switches,
    switch_of,
    wanted_switch,
)

_NODES = "/os/compute/v1/h3cloudos/computenode"

LIST = Operation("compute-node-list", "GET", _NODES)
CREATE = Operation("compute-node-create", "POST", _NODES, answers=False)
UPDATE = Operation("compute-node-update", "PUT", _NODES, answers=False)
DELETE = Operation("compute-node-delete", "POST", f"{_NODES}/deletion", answers=False)
REFRESH = Operation("compute-node-refresh", "POST", f"{_NODES}/refresh/config", reads=True)
# [sic]
CHECK = Operation("compute-node-check", "POST", f"{_NODES}/checkout/config", reads=True)

_VM_TYPES = {"vmware": "1", "cas": "2", "hp": "3"}
_NETWORK_MODES = {"vxlan_network": "1", "vxlan_host": "2", "vlan": "3"}
_SWITCH_TYPES = {"standard": "vswitch", "distributed": "proxySwitch"}
# Those whose management the platform can ask, and what it is sent of their switches
_ASKED = ("cas", "vmware")
_NO_SWITCH_TYPE = ""

# The reference has URI wherever its source once had url.
_TRANSPORTS = ("transport_url", "transport_URI")
_LONGEST_ADDRESS = 36
_REQUIRED_TEXT: t.Mapping[str, t.Any] = {"min_length": 1, "max_length": LONGEST_TEXT}
_MANAGEMENT: t.Mapping[str, t.Any] = {
    "protocol": {"type": "str", "choices": ["http", "https"], "default": "http"},
    "switch_type": {"type": "str", "choices": list(_SWITCH_TYPES), "default": "standard"},
}


class ComputeNode(Resource):
    name = "compute_node"
    plural = "compute_nodes"
    id_param = "hostName"
    id_field = "name"
    identified_by = ("name",)
    shares_list = True
    list_operation = LIST
    create_operation = CREATE
    delete_operation = DELETE
    # The reference has no status for a node that is not there.
    not_found_statuses = frozenset({400, 404, 500})

    fields = (
        option("name", api="hostName", min_length=1, max_length=LONGEST_TEXT, spec={"required": True}),
        option("vm_type", api="vmType", enum=_VM_TYPES, sent_as="int", required=True, spec={"choices": [*_VM_TYPES]}),
        option(
            "host_ip",
            api="hostIp",
            required=True,
            min_length=1,
            max_length=_LONGEST_ADDRESS,
            equals=canonical.same_host,
        ),
        option("username", api="userName", required=True, **_REQUIRED_TEXT),
        option("password", secret=True, required=True, **_REQUIRED_TEXT),
        option("host_pool", api="poolName", required=True, **_REQUIRED_TEXT),
        option(
            "network_mode",
            api="vxlanOverlayMode",
            enum=_NETWORK_MODES,
            sent_as="int",
            required=True,
            spec={"choices": [*_NETWORK_MODES]},
        ),
        option("storage_zone", api="storageZone", required=True, **_REQUIRED_TEXT),
        option("cluster", api="clusterName", required=True, **_REQUIRED_TEXT),
        option("cluster_id", api="clusterId", required=True, **_REQUIRED_TEXT),
        option("init_mode", api="initMode", required=True, **_REQUIRED_TEXT),
        option("vswitches", "list", api="vswitch", required=True, equals=same_switches, spec=SWITCHES),
        option("pci"),
        option("transport_url", api=_TRANSPORTS, secret=True),
        option("all_pass", api="allPass", secret=True),
        option("resource_node", api="resourceNode"),
        option("use_local_storage", "bool", api="useLocalStorage"),
        option("link_clone", "bool", api="linkClone"),
        option("mode"),
        option("ip"),
    )
    more_options: t.Mapping[str, t.Any] = {
        "purge_vswitches": {"type": "bool", "default": False},
        "validate": {"type": "bool", "default": False},
        **_MANAGEMENT,
    }
    more_info_options: t.Mapping[str, t.Any] = {
        "gather": {"type": "list", "elements": "str", "choices": ["available_config"], "default": []},
        "vm_type": {"type": "str", "choices": [*_ASKED]},
        "host_ip": {"type": "str"},
        "username": {"type": "str"},
        "password": {"type": "str", "no_log": True},
        **_MANAGEMENT,
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        return {**super().read(raw), "vswitches": [switch_of(entry) for entry in as_list(raw, "vswitch")]}

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        found = super().select_one(run, [{**raw, "name": raw.get("hostName")} for raw in entries])
        return found.among(entries)

    # --- planning

    def check(self, run: Context) -> None:
        options = run.options
        super().check(run)
        if not options["name"]:
            raise OptionError("name: the host name of a compute node cannot be empty.")
        for name in ("password", "all_pass", "transport_url"):
            if _is_masked(options.get(name)):
                raise OptionError(f"{name}: asterisks stand for a secret and are none.")
        check_switches(options.get("vswitches") or [])

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        present = current.get("vswitches") or []
        if desired["storage_zone"] not in (None, current.get("storage_zone")):
            desired["storage_zone"] = _storage_zone(run, desired["storage_zone"])
        if desired["vswitches"] is not None:
            given = [wanted_switch(entry) for entry in desired["vswitches"]]
            kept = [] if run.options["purge_vswitches"] else present
            desired["vswitches"] = [*{**by_net_name(kept), **by_net_name(given)}.values()]
        return desired

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if desired.get("vswitches") is not None:
            after["vswitches"] = desired["vswitches"]
        return {**after, "vswitches": after["vswitches"] or []}

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None or (current and not changes):
            return
        password = run.options["password"]
        if not password:
            raise OptionError(
                f"password: it is needed to change {', '.join(sorted(changes))} of the compute node {current['name']}.",
                hint="The platform takes a compute node only as a whole, with the password of its management.",
            )
        wanted = {name: value for name, value in desired.items() if name in changes or not current}
        self._validate(run, self.predict(run, current, wanted), password)

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body = self.body({**desired, "vswitches": sent_switches(desired["vswitches"])})
        return [self._step(run, current, "create", CREATE, body, creates=True)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        after = self.predict(run, current, {name: desired[name] for name in changes})
        secrets = {"password": run.options["password"], **self._kept_secrets(run, current, desired, changes)}
        # What is cleared is an empty text: a platform may keep what is not sent.
        wanted = {**after, **{name: desired[name] for name in changes}, **secrets}
        body = self.body({**wanted, "vswitches": sent_switches(after["vswitches"])})
        for field in self.fields:
            if field.required and after.get(field.name) is None and not field.secret:
                field.write(body, "")
        return [self._step(run, current, "update", UPDATE, body)]

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        zone = current["storage_zone"] or ""
        body = {"hostName": current["name"], "storageZone": zone, "tenantId": run.client.project_id}
        return [Step("delete", DELETE, body=body)]

    def _kept_secrets(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> Json:
        """The other secrets of a node that stays: as the platform returned them, if it did, or as they shall be."""
        secrets = {}
        for name in ("all_pass", "transport_url"):
            returned = _FIELDS[name].read(current.raw)
            run.client.redactor.add(returned)
            masked = returned is None or _is_masked(returned)
            secrets[name] = desired[name] if name in changes or masked else returned
        return secrets

    def _step(
        self, run: Context, current: Observation, action: str, operation: Operation, body: Json, creates: bool = False
    ) -> Step:
        """A step with one node in it; the address of the message queue is spelt as the platform spells it."""
        returned = [spelling for raw in [current.raw, *current.siblings] for spelling in _TRANSPORTS if spelling in raw]
        spelling, other = _TRANSPORTS if not returned or returned[0] == _TRANSPORTS[0] else _TRANSPORTS[::-1]
        address = body.pop(_TRANSPORTS[0], None)
        run.client.redactor.add(_password_in(address))
        if address is None:
            return Step(action, operation, body=[body], creates=creates)
        instead = None if returned else [{**body, other: address}]
        return Step(action, operation, body=[{**body, spelling: address}], fallback_body=instead, creates=creates)

    def _validate(self, run: Context, node: Json, password: str) -> None:
        """Have the platform try the management of a node, before anything changes. Check mode sends no POST.

        Raises:
            CloudError: it cannot get there, in the platform's words.
        """
        if not run.options["validate"]:
            return
        if node["vm_type"] not in _ASKED:
            raise OptionError(f"validate: the platform validates {' and '.join(_ASKED)} only, not {node['vm_type']}.")
        if run.check_mode:
            return
        answer = run.client.call(CHECK, body=_management(run, node, password))
        answer = answer if isinstance(answer, dict) else {}
        if answer.get("errors") or coerce(answer.get("available"), "bool") is not True:
            raise _refusal(CHECK, answer, f"the platform cannot use {node['host_ip']} as {node['username']}")

    # --- what can be configured

    def extra_results(self, run: Context, objects: list[Json]) -> Json:
        if "available_config" not in run.options["gather"]:
            return {}
        name, password = run.options["name"], run.options["password"]
        returned = objects[0] if len(objects) == 1 else {}
        node = {member: run.options[member] or returned.get(member) for member in ("vm_type", "host_ip", "username")}
        missing = [key for key, value in {"name": name, **node, "password": password}.items() if not value]
        if missing:
            raise OptionError(f"gather: available_config needs {', '.join(missing)}.")
        if node["vm_type"] not in _ASKED:
            raise OptionError(f"gather: the platform returns available_config of {' and '.join(_ASKED)} only.")
        answer = run.client.call(REFRESH, body={**_management(run, node, password), "hostName": name})
        answer = answer if isinstance(answer, dict) else {}
        if answer.get("errors"):
            raise _refusal(REFRESH, answer, "")
        return {"available_config": _available(answer)}


_FIELDS = {field.name: field for field in ComputeNode.fields}


# --- the platform's form -----------------------------------------------------------------------------------------


def _management(run: Context, node: Json, password: str) -> Json:
    """How to reach the management of a node. The type of switches is an empty text for CAS, and sent."""
    body: dict[str, t.Any] = {}
    for name in ("vm_type", "host_ip", "username"):
        _FIELDS[name].write(body, node[name])
    switch_type = _SWITCH_TYPES[run.options["switch_type"]] if node["vm_type"] == "vmware" else _NO_SWITCH_TYPE
    return {**body, "protocal": run.options["protocol"], "password": password, "switchType": switch_type}


def _refusal(operation: Operation, answer: Json, otherwise: str) -> CloudError:
    """An error within an answer of 200."""
    errors = answer.get("errors")
    said = "; ".join(str(entry) for entry in errors) if isinstance(errors, list) else str(errors or otherwise)
    return CloudError(f"{operation.id}: {said}", operation=operation.id)


_TYPE = Field("switch_type", api=("type",), enum=_SWITCH_TYPES)
_DISABLED = computed("is_disabled", "bool", api="isDisabled")


def _available(answer: Json) -> Json:
    """What of the networks and switches of a node can be configured."""
    config = answer.get("config") if isinstance(answer.get("config"), dict) else {}
    return {
        "vswitches": [str(entry) for entry in as_list(config, "vswitches")],
        "distributed_vswitches": [str(entry) for entry in as_list(config, "proxySwitches")],
        "networks": [
            {**switch_of(entry), **{field.name: field.read(entry) for field in (_TYPE, _DISABLED)}}
            for entry in as_list(answer, "tableList")
        ],
    }


def _is_masked(value: t.Optional[str]) -> bool:
    return bool(value) and set(str(value)) == {"*"}


def _password_in(address: t.Optional[str]) -> t.Optional[str]:
    """The password in rabbit://user:password@host, which a platform might repeat alone."""
    try:
        return urlsplit(address or "").password
    except ValueError:
        return None


def _storage_zone(run: Context, wanted: str) -> str:
    """The name of a storage zone whose alias is given; what the list of zones does not know is left as it is."""
    zones = [zone for zone in run.entries(references.STORAGE_KIND) if zone.get("zone")]
    if any(zone["zone"] == wanted for zone in zones):
        return wanted
    named = {str(zone["zone"]) for zone in zones if zone.get("labelName") == wanted}
    if len(named) > 1:
        raise OptionError(f"storage_zone: several zones have the alias {wanted!r}: {', '.join(sorted(named))}.")
    return named.pop() if named else wanted


COMPUTE_NODE = ComputeNode()
