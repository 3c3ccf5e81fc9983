# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Servers (section 1.9 of the reference, items 1 to 13, 18 to 25, 28, 29 and 32).

The API can rename a server, resize it, change its power state, attach and detach volumes and ports, and give it to
another user. Everything else is settled when it is created. Every change goes on in the background.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import Field, option
from ...model.observation import Observation
from ...model.plan import Plan, Room, Step, Wait
from ...model.reference import Reference
from ...model.resource import Resource
from .. import _aliases, _instances, _labels, _power, _zones
from ..identity import limits
from ..identity import references as identity
from ..images import references as images
from . import (
    _attachments,
    _server_cards,
    _server_checks,
    _server_gather,
    _server_groups,
    _server_networks,
    flavor,
    keypair,
    server_group,
)
from ._server_body import chosen_zone, create_body, creation_metadata, flavor_size, with_template
from ._server_renewal import check_running, password_steps, rebuild_steps
from ._server_resize import CONFIRM, confirmation, demand_no_confirmation, is_resizing, settles
from ._server_transfer import other_user, transfer_step
from ._server_work import work_steps

CREATE_FROM_VOLUME = Operation("server-create-from-volume", "POST", _instances.SERVERS)

_OWN_METADATA = _server_checks.PLATFORM_METADATA


class Server(Resource):
    name = "server"
    plural = "servers"
    id_param = "server_id"
    list_operation = _instances.LIST
    short_list_operation = _instances.SHORT_LIST
    get_operation = _instances.GET
    create_operation = _instances.CREATE
    delete_operation = _instances.DELETE
    deleted_at_any_time = True
    lost_with_it = "its disk included"
    renewed = ("addresses",)
    wait_timeout = 900
    may_have_namesakes = True
    doing_fields = ("task_state",)
    of_project = True
    page_size = 1000
    loops_share_list = True
    supports_count = True
    read_if_asked = frozenset({"volumes", "ports", "networks"})

    fields = (
        option("id"),
        option("name", required=True),
        option("image", api="image/id", reference=images.KIND, updatable=False),
        option("boot_volume", updatable=False, returned=False, spec=_aliases.BOOT_VOLUME),
        option("flavor", api="flavor/id", reference=flavor.KIND, required=True, spec=_aliases.FLAVOR),
        option("networks", "list", equals=_server_cards.same, spec=_server_networks.SPEC),
        option("security_groups", "list", create_default=("default",), max_length=255, spec={"elements": "str"}),
        option(
            "availability_zone",
            api="OS-EXT-AZ:availability_zone",
            updatable=False,
            equals=_zones.same_zone,
            max_length=255,
        ),
        option("host", updatable=False, returned=False),
        option("key_name", reference=keypair.KIND, updatable=False),
        option("admin_password", api="adminPass", secret=True, max_length=255),
        option("alias", api="metadata/alias", updatable=False),
        option("description", api="metadata/description", updatable=False),
        option("metadata", "dict", updatable=False, protected_keys=_OWN_METADATA, spec=_aliases.METADATA),
        option("user_data", secret=True, updatable=False, returned=False, spec=_aliases.USER_DATA),
        option("user_data_base64", secret=True, updatable=False, returned=False),
        option("config_drive", "bool", updatable=False, platform_default=False, equals=_instances.same_flag),
        option("server_group", reference=server_group.KIND, updatable=False, returned=False, spec=_aliases.GROUP),
        option("storage_type_id", api="metadata/storageTypeId", updatable=False),
        option("storage_pool", api="metadata/location", updatable=False),
        option("volumes", "list", spec={"elements": "str"}),
        option("ports", "list", spec={"elements": "str"}),
        option("user", api="user_id", reference=identity.USER),
        option(
            "power_state", platform_default="running", spec={"choices": ["running", "stopped", "suspended", "shelved"]}
        ),
        *_instances.COMPUTED,
    )
    filters = {
        "image": Filter("image", reference=images.KIND),
        "flavor": Filter("flavor", reference=flavor.KIND),
        "status": Filter("status"),
        "host": Filter("host"),
        "changes_since": Filter("changes-since"),
    }
    more_options = {
        "template": {"type": "str"},
        "boot_volume_size": {"type": "int"},
        "delete_boot_volume": {"type": "bool", "default": False},
        "use_image_password": {"type": "bool", "no_log": False},
        "purge_metadata": {"type": "bool", "default": False},
        "purge_volumes": {"type": "bool", "default": False},
        "purge_ports": {"type": "bool", "default": False},
        "purge_networks": {"type": "bool", "default": False},
        "purge_security_groups": {"type": "bool", "default": False},
        "resize": {"type": "str", "choices": ["allow", "live", "never"], "default": "allow"},
        "reboot": {"type": "str", "choices": ["soft", "hard"]},
        "confirm_resize": {"type": "bool", "default": True},
        "rebuild": {"type": "bool", "default": False},
    }
    more_info_options = _server_gather.OPTIONS
    constraints = {
        "mutually_exclusive": [
            ("image", "boot_volume"),
            ("user_data", "user_data_base64"),
            ("admin_password", "key_name", "use_image_password"),
        ],
        "required_by": {"storage_type_id": ("storage_pool",), "boot_volume_size": ("boot_volume",)},
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        found = _instances.read_instance(super().read(raw))
        if "config_drive" in raw:
            found["config_drive"] = bool(found["config_drive"])
        found.update(power_state=_power.state_of(raw, found["status"]), security_groups=_server_groups.read(raw))
        found.update(dict.fromkeys(self.read_if_asked))
        return found

    def query_for(self, run: Context, query: t.Optional[Json]) -> Json:
        return {**(query or {}), **_instances.search_query(run)}

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        return [flavor.with_id(run, raw) for raw in _instances.of_kind(self, run, entries)]

    def belongs(self, found: Json) -> bool:
        return not _instances.is_bare_metal(found)

    def seen(self, run: Context, raw: Json) -> t.Optional[Observation]:
        return None if _instances.is_gone(raw) else super().seen(run, flavor.with_id(run, raw))

    def find(self, run: Context) -> Observation:
        found = super().find(run)
        if found and run.options.get("state") != "absent":
            interfaces = functools.lru_cache(maxsize=None)(functools.partial(_attachments.ports_of, run, found))
            found = found.changed(_attachments.present(run, found, interfaces))
            return found.changed(_server_cards.present(run, found, interfaces))
        if found and not run.waits and found["task_state"] == "deleting":
            return found.gone()  # it is deleted automatically
        return found

    def enrich(self, run: Context, found: Json) -> Json:
        for name in run.options.get("gather") or []:
            found = {**found, **_server_gather.GATHER[name](run, found)}
        return found

    def doing(self, found: Json) -> str:
        return super().doing(found) or ("no address yet" if _server_networks.is_without_address(found) else "")

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        of_others = {**found, "user": other_user(run, found)}
        description = super().describe(run, raw, of_others)
        description = _instances.describe(run, raw, found, description, _server_networks.described)
        options, gaps = description.options, description.gaps
        group = server_group.of_server(run, found["id"])
        if group:
            options["server_group"] = run.named(server_group.KIND, group["id"])
        if not found["image"]:
            gaps["boot_volume"] = "it boots from a volume; a new one needs boot_volume"
        options.update(_attachments.described(run, found))
        return description

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        if run.options.get("state") != "absent":
            _server_checks.check(run)

    def missing(self, run: Context, desired: Json) -> list[str]:
        missing = super().missing(run, desired)
        if not desired.get("image") and not desired.get("boot_volume"):
            missing.append("image or boot_volume")
        if not desired.get("networks") and not desired.get("ports"):
            missing.append("networks or ports")
        return missing

    def error_reason(self, current: Json) -> t.Optional[str]:
        return _instances.trouble(current)

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        found: Json = current or {"id": None, "volumes": [], "ports": []}
        desired["networks"] = (_server_cards.managed if current else _server_cards.given)(run.options)
        desired.update(_attachments.wanted(run, found, desired))
        if desired["boot_volume"] and not current:
            [desired["boot_volume"]] = _attachments.volume_ids(run, found, [desired["boot_volume"]], "boot_volume")
        desired["security_groups"] = _server_groups.wanted(run, desired["security_groups"])
        if desired["metadata"] is not None:
            desired["metadata"] = _labels.texts(desired["metadata"])
        zone_name, colon, rest = (desired["availability_zone"] or "").partition(":")
        if zone_name and zone_name != current.get("availability_zone"):
            desired["availability_zone"] = _zones.zone_named(run, zone_name)["zone"] + colon + rest
        if not current and run.options["template"] is not None:
            desired = with_template(run, desired)
        return desired

    def look_closer(self, run: Context, current: Observation, desired: Json) -> Observation:
        networks = current["networks"]
        if networks and run.check_mode:
            networks = _server_cards.reworded(run, networks, desired["networks"] or [])
        return current.changed({**_attachments.with_arriving(run, current, desired), "networks": networks})

    def kinds_named(self, run: Context, found: Json) -> list[Reference]:
        of_fields = super().kinds_named(run, found)
        return [*of_fields, *_zones.kinds_named(run.options, found), *_server_cards.kinds_named(run.options, found)]

    def complete_creation(self, run: Context, current: Observation, desired: Json) -> Json:
        return {**desired, "zone": chosen_zone(run, desired), "cards": _server_networks.wanted(run, desired)}

    def initial_values(self, run: Context) -> Json:
        return {**super().initial_values(run), **_instances.default_alias(run)}

    def taken_over(self, run: Context, current: Observation) -> Json:
        group = server_group.of_server(run, current["id"])
        in_group = {"server_group": group["id"]} if group else {}
        taken = {**super().taken_over(run, current), **_instances.reported_beside(run, current), **in_group}
        return {**taken, "user": other_user(run, current)}

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        changes = super().changes(run, current, desired) - {"power_state"}
        changes -= _server_cards.uncompared(current) | _server_groups.uncompared(current, desired)
        if _power.differs(current, desired["power_state"]):
            changes.add("power_state")
        if is_resizing(current):  # to which flavor is seen when it is done
            changes.discard("flavor")
        return changes

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None or not current:
            return
        if "flavor" in changes and run.options["resize"] == "never":
            has, wanted = (run.label(_FIELDS["flavor"], side["flavor"]) for side in (current, desired))
            raise OptionError(f"flavor: the server has {has}, wanted {wanted}, and resize is never.")
        check_running(run, current, changes)
        if current["status"] == "VERIFY_RESIZE" and not run.options["confirm_resize"]:
            demand_no_confirmation(run, changes)

    def is_updatable(self, run: Context, field: Field, current: Json, desired: Json) -> bool:
        """The image is, by a rebuild; networks are, as long as they are only added or removed."""
        if field.name == "image":
            return bool(run.options["rebuild"])
        if field.name == "networks":
            return _server_cards.can_enter(current, desired)
        return super().is_updatable(run, field, current, desired)

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        after["security_groups"] = _server_groups.foretold(run, current, desired, after["security_groups"])
        after["user_id"] = after["user"] if run.waits or not desired.get("user") else None
        more_work = any(desired.get(name) for name in ("volumes", "ports", "user"))
        _power.foretell(run, after, new=not current, changes="power_state" in desired, more_work=more_work)
        if not current or not desired.keys().isdisjoint(("ports", "networks")):
            after["addresses"] = {}  # which ones, the platform says
        if not current:
            after["user"] = after["user"] or run.client.user_id
            after["config_drive"] = bool(after["config_drive"])
            after["availability_zone"] = desired["zone"]["zone"]
            after["metadata"] = creation_metadata(run, desired)
        if "flavor" in desired and current:
            after.update(dict.fromkeys(_power.PLACE))
        return after

    def demand(self, run: Context, plan: Plan) -> dict[str, int]:
        found = flavor_size(run, (plan.after or {})["flavor"])
        return {"instances": 1, "cores": found.get("vcpus") or 0, "ram": found.get("ram") or 0}

    def quota_headroom(self, run: Context) -> dict[str, Room]:
        return limits.compute_room(run)

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        cards = _server_cards.awaited(run, current)
        if not _instances.is_busy(current) and _server_networks.has_addresses(cards, current):
            return None
        flavor_id = run.wanted(_FIELDS["flavor"], current) if is_resizing(current) else None
        settle = functools.partial(settles, flavor_id, ("VERIFY_RESIZE",) if run.options["confirm_resize"] else ())
        evaluate = functools.partial(_server_networks.with_addresses, settle, cards)
        return Wait(evaluate, on_status=confirmation(run))

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        operation = CREATE_FROM_VOLUME if desired.get("boot_volume") else _instances.CREATE
        ready = functools.partial(_server_networks.with_addresses, _instances.runs, desired["cards"])
        create = _instances.creation(operation, create_body(run, desired), ready)
        steps = [create, *_attachments.first_steps(run, desired)]
        if desired.get("user") and desired["user"] != run.client.user_id:
            steps.append(transfer_step(desired["user"]))
        return [*steps, *_power.steps(self.noun, "running", desired.get("power_state") or "running")]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        if "name" in changes:
            steps.append(Step("rename", _instances.RENAME, body={"server": {"name": desired["name"]}}))
        if current["status"] == "VERIFY_RESIZE" and run.options["confirm_resize"]:
            wait = Wait(functools.partial(_instances.rests_in, ("ACTIVE", "SHUTOFF")))
            steps.append(dataclasses.replace(CONFIRM, wait=wait))
        steps += [*rebuild_steps(desired, changes), *password_steps(desired, changes)]
        steps += _server_groups.steps(run, current, desired, changes)
        if changes & {"flavor", "power_state", "volumes", "ports", "networks", "user"}:
            steps += work_steps(run, current, desired, changes)
        how = run.options["reboot"]
        if how and not _power.boots(steps) and not _power.is_rebooting(current, how):
            steps.append(_power.reboot(self.noun, how, desired["power_state"] or _power.after_work(current)))
        return steps


SERVER = Server()
_FIELDS = {field.name: field for field in Server.fields}
