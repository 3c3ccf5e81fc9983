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
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.field import option
from ...model.plan import PENDING, READY, Failed, Outcome, Plan, Room, Step, Wait
from ...model.resource import Description, Filter, Resource
from .. import _instances, _power
from ..identity import quota, user
from ..images import image
from . import _attachments, flavor, keypair, server_group, server_template

CREATE_FROM_VOLUME = Operation("server-create-from-volume", "POST", _instances.SERVERS)
RESIZE = Operation("server-resize", "POST", _power.ACTION, answers=False)
CONFIRM_RESIZE = Operation("server-confirm-resize", "POST", _power.ACTION, answers=False)
TRANSFER = Operation(
    "server-transfer", "POST", "/os/compute/v1/cloudos/h3cloudos-servers/{server_id}/transfer", answers=False
)

# Members of a server's metadata that follow from its options and its login.
_REFUSED_METADATA = _instances.PLATFORM_METADATA | {"cvk", "storageTypeId", "location"}
# Members that belong to the platform; all others are the user's.
_PLATFORM_METADATA = _REFUSED_METADATA | {"h3c_extend_api"}

_NETWORK_OPTIONS = {
    "id": {"type": "str", "required": True},
    "fixed_ip": {"type": "str"},
    "gateway": {"type": "bool", "default": True},
}


# How often a server may be seen at rest with its old flavor before the resize counts as given up: some ten seconds.
_PATIENCE = 5


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
    wait_timeout = 900
    may_have_namesakes = True
    doing_fields = ("task_state",)
    of_project = True
    page_size = 1000
    supports_count = True
    read_if_asked = frozenset({"volumes", "ports"})

    fields = (
        option("id"),
        option("name", required=True),
        option("image", api="image/id", reference=image.KIND, updatable=False),
        option("boot_volume", updatable=False, returned=False),
        option("flavor", api="flavor/id", reference=flavor.KIND, required=True),
        option(
            "networks",
            "list",
            updatable=False,
            returned=False,
            required=True,
            spec={"elements": "dict", "options": _NETWORK_OPTIONS},
        ),
        option(
            "security_groups",
            "list",
            updatable=False,
            returned=False,
            create_default=("default",),
            max_length=255,
            spec={"elements": "str"},
        ),
        option(
            "availability_zone",
            api="OS-EXT-AZ:availability_zone",
            updatable=False,
            equals=_instances.same_zone,
            max_length=255,
        ),
        option("host", updatable=False, returned=False),
        option("key_name", reference=keypair.KIND, updatable=False),
        option("admin_password", api="adminPass", secret=True, updatable=False, max_length=255),
        option("alias", api="metadata/alias", updatable=False),
        option("description", api="metadata/description", updatable=False),
        option("metadata", "dict", updatable=False, protected_keys=_PLATFORM_METADATA),
        option("user_data", secret=True, updatable=False, returned=False),
        option("config_drive", "bool", updatable=False, platform_default=False, equals=_instances.same_flag),
        option("server_group", reference=server_group.KIND, updatable=False, returned=False),
        option("storage_type_id", api="metadata/storageTypeId", updatable=False),
        option("storage_pool", api="metadata/location", updatable=False),
        option("volumes", "list", spec={"elements": "str"}),
        option("ports", "list", spec={"elements": "str"}),
        option("user", api="user_id", reference=user.KIND),
        option(
            "power_state", platform_default="running", spec={"choices": ["running", "stopped", "suspended", "shelved"]}
        ),
        *_instances.COMPUTED,
    )
    filters = {
        "image": Filter("image", reference=image.KIND),
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
        "resize": {"type": "str", "choices": ["allow", "live", "never"], "default": "allow"},
        "reboot": {"type": "str", "choices": ["soft", "hard"]},
        "confirm_resize": {"type": "bool", "default": True},
    }
    more_info_options = {
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": ["volumes", "interfaces", "attachable_volumes", "gpus", "console"],
            "default": [],
        },
        "console_type": {"type": "str", "choices": ["novnc", "xvpvnc"], "default": "novnc"},
    }
    constraints = {
        "mutually_exclusive": [("image", "boot_volume"), ("admin_password", "key_name", "use_image_password")],
        "required_by": {"storage_type_id": ("storage_pool",), "boot_volume_size": ("boot_volume",)},
    }

    # --- reading

    def read(self, raw: dict) -> dict:
        found = _instances.read_instance(super().read(raw))
        if "config_drive" in raw:
            found["config_drive"] = bool(found["config_drive"])
        found["power_state"] = _power.state_of(raw, found["status"])
        found["volumes"] = found["ports"] = None
        return found

    def search(self, run: Context, query: t.Optional[dict] = None) -> list[dict]:
        found = super().search(run, {**(query or {}), **_instances.search_query(run)})
        return [flavor.with_id(run, raw) for raw in _instances.of_kind(self, run, found)]

    def belongs(self, found: dict) -> bool:
        return not _instances.is_bare_metal(found)

    def seen(self, run: Context, raw: dict) -> t.Optional[dict]:
        return None if _instances.is_gone(raw) else super().seen(run, flavor.with_id(run, raw))

    def find(self, run: Context) -> t.Optional[dict]:
        found = super().find(run)
        if found and run.options.get("state") != "absent":
            return self._with_attachments(run, found)
        if found and not run.waits and found["task_state"] == "deleting":
            return None  # it goes by itself
        return found

    def _with_attachments(self, run: Context, found: dict) -> dict:
        """The server with the volumes and ports that it has, as far as the options speak of them."""
        if run.options.get("volumes") is not None:
            found["volumes"] = [
                entry["volumeId"] for entry in _attachments.volumes_of(run, found) if not _attachments.is_root(entry)
            ]
        if run.options.get("ports") is not None:
            found["ports"] = [entry["port_id"] for entry in _attachments.ports_of(run, found)]
        return found

    def enrich(self, run: Context, found: dict) -> dict:
        for name in run.options.get("gather") or []:
            found = {**found, **_attachments.GATHER[name](run, found)}
        return found

    # --- describing

    def describe(self, run: Context, raw: dict, found: dict) -> Description:
        of_others = {**found, "user": _other_user(run, found)}
        description = _instances.describe(run, raw, found, super().describe(run, raw, of_others))
        options, gaps = description.options, description.gaps
        group = server_group.of_server(run, found["id"])
        if group:
            options["server_group"] = run.named(server_group.KIND, group["id"])
        if not found["image"]:
            gaps["boot_volume"] = "it boots from a volume; a new one needs boot_volume"
        if as_list(raw, "os-extended-volumes:volumes_attached"):
            gaps["volumes"] = "volumes and their data are not described"
        return description

    # --- planning

    def check(self, run: Context) -> None:
        options = run.options
        if options.get("state") == "absent":
            return
        super().check(run)
        _instances.check_names(run, description=128)
        _instances.check_metadata(run, _REFUSED_METADATA)
        foreign = sorted(_instances.BARE_METAL_METADATA.intersection(options.get("metadata") or {}))
        if foreign:
            raise OptionError(
                f"metadata: {', '.join(foreign)} would make it a bare-metal instance.",
                hint="cloudos_baremetal_instance makes those.",
            )
        if options.get("host") and ":" not in (options.get("availability_zone") or ""):
            raise OptionError("host: a host belongs to a compute node; give availability_zone as zone:compute node.")

    def missing(self, run: Context, desired: dict) -> list[str]:
        missing = super().missing(run, desired)
        if not desired.get("image") and not desired.get("boot_volume"):
            missing.append("image or boot_volume")
        return missing

    def error_reason(self, current: dict) -> t.Optional[str]:
        return _instances.trouble(current)

    def desired(self, run: Context, current: t.Optional[dict]) -> dict:
        desired = super().desired(run, current)
        found = current or {"id": None, "volumes": [], "ports": []}
        for name, find in (("volumes", _attachments.volume_ids), ("ports", _attachments.port_ids)):
            if desired[name] is None:
                continue
            desired[name] = find(run, found, desired[name])
            if current and not set(desired[name]) <= set(current[name]):
                current[name] = [*current[name], *_attachments.under_way(run, name, current["id"], current[name])]
        if desired["boot_volume"] and not current:
            [desired["boot_volume"]] = _attachments.volume_ids(run, found, [desired["boot_volume"]], "boot_volume")
        if desired["metadata"] is not None:
            desired["metadata"] = _instances.metadata_texts(desired["metadata"])
        zone_name, colon, rest = (desired["availability_zone"] or "").partition(":")
        if zone_name and zone_name != (current or {}).get("availability_zone"):
            desired["availability_zone"] = _instances.zone_named(run, zone_name)["zone"] + colon + rest
        if current is None and run.options["template"] is not None:
            desired = _from_template(run, desired)
        return desired

    def initial_values(self, run: Context) -> dict:
        return {**super().initial_values(run), **_instances.default_alias(run)}

    def taken_over(self, run: Context, current: dict) -> dict:
        group = server_group.of_server(run, current["id"])
        in_group = {"server_group": group["id"]} if group else {}
        taken = {**super().taken_over(run, current), **_instances.reported_beside(run, current), **in_group}
        return {**taken, "user": _other_user(run, current)}

    def changes(self, run: Context, current: dict, desired: dict) -> set[str]:
        changes = super().changes(run, current, desired) - {"power_state"}
        if _power.differs(current, desired["power_state"]):
            changes.add("power_state")
        if "flavor" in changes and run.options["resize"] == "never":
            has, wanted = (run.label(_FIELDS["flavor"], side["flavor"]) for side in (current, desired))
            raise OptionError(f"flavor: the server has {has}, wanted {wanted}, and resize is never.")
        if _is_resizing(current):  # to which flavor is seen when it is done
            changes.discard("flavor")
        return changes

    def predict(self, run: Context, current: t.Optional[dict], desired: dict) -> dict:
        after = super().predict(run, current, desired)
        after["user_id"] = after["user"] if run.waits or not desired.get("user") else None
        more_work = any(desired.get(name) for name in ("volumes", "ports", "user"))
        _power.foretell(run, after, new=current is None, changes="power_state" in desired, more_work=more_work)
        if current is None:
            after["addresses"] = {}  # which ones, the platform says
            after["user"] = after["user"] or run.client.user_id
            after["config_drive"] = bool(after["config_drive"])
            zone_name, zone_id = _zone_of(run, desired)
            after["availability_zone"] = zone_name and zone_name.partition(":")[0]
            after["metadata"] = _metadata(run, desired, zone_id)
        elif "ports" in desired:
            after["addresses"] = {}
        if "flavor" in desired and current:
            after.update(dict.fromkeys(_power.PLACE))
        return after

    def demand(self, run: Context, plan: Plan) -> dict[str, int]:
        found = _size(run, plan.after["flavor"])
        return {"instances": 1, "cores": found.get("vcpus") or 0, "ram": found.get("ram") or 0}

    def quota_headroom(self, run: Context) -> dict[str, Room]:
        return quota.compute_room(run)

    def pending_wait(self, run: Context, current: dict) -> t.Optional[Wait]:
        if not _instances.is_busy(current):
            return None
        more = ("VERIFY_RESIZE",) if run.options["confirm_resize"] else ()
        flavor_id = run.wanted(_FIELDS["flavor"], current) if _is_resizing(current) else None
        return Wait(functools.partial(_settles, flavor_id, more), on_status=_nudges(run))

    # --- steps

    def create_steps(self, run: Context, desired: dict) -> list[Step]:
        operation = CREATE_FROM_VOLUME if desired.get("boot_volume") else _instances.CREATE
        wait = Wait(functools.partial(_instances.rests_in, ("ACTIVE",)))
        steps = [Step("create", operation, body=_create_body(run, desired), wait=wait, creates=True)]
        steps += _attachments.first_steps(run, desired)
        if desired.get("user") and desired["user"] != run.client.user_id:
            steps.append(_transfer(desired["user"]))
        return [*steps, *_power.steps(self.noun, "running", desired.get("power_state") or "running")]

    def update_steps(self, run: Context, current: dict, desired: dict, changes: set[str]) -> list[Step]:
        steps = []
        if "name" in changes:
            steps.append(Step("rename", _instances.RENAME, body={"server": {"name": desired["name"]}}))
        if current["status"] == "VERIFY_RESIZE" and not run.options["confirm_resize"]:
            _demand_no_confirmation(run, changes)
        elif current["status"] == "VERIFY_RESIZE":
            wait = Wait(functools.partial(_instances.rests_in, ("ACTIVE", "SHUTOFF")))
            steps.append(dataclasses.replace(_CONFIRM, wait=wait))
        if changes & {"flavor", "power_state", "volumes", "ports", "user"}:
            steps += _on_the_way(run, current, desired, changes)
        how = run.options["reboot"]
        if how and not _power.boots(steps) and not _power.is_rebooting(current, how):
            steps.append(_power.reboot(self.noun, how, desired["power_state"] or _power.after_work(current)))
        return steps


# --- steps -------------------------------------------------------------------------------------------------------


def _on_the_way(run: Context, current: dict, desired: dict, changes: set[str]) -> list[Step]:
    """Power actions, and between them what can only be done to a server that is awake."""
    state = _power.after_work(current)
    wanted = desired["power_state"] or state
    live = run.options["resize"] == "live"

    def work(place: str) -> list[Step]:
        steps = [_resize(run, desired["flavor"], _power.RESTING[place], live)] if "flavor" in changes else []
        steps += _attachments.steps(run, current, desired, changes)
        return [*steps, *([_transfer(desired["user"])] if "user" in changes else [])]

    places = _power.places_for(state, wanted, live, "flavor" in changes, not changes.isdisjoint(("volumes", "ports")))
    return _power.route(SERVER.noun, state, wanted, work, places)


def _resize(run: Context, flavor_id: str, resting: tuple[str, ...], live: bool) -> Step:
    resting = resting if run.options["confirm_resize"] else (*resting, "VERIFY_RESIZE")
    wait = Wait(_Resized(flavor_id, resting), on_status=_nudges(run))
    return Step("resize", RESIZE, body={"liveresize" if live else "resize": {"flavorRef": flavor_id}}, wait=wait)


def _other_user(run: Context, server: dict) -> t.Optional[str]:
    """Whose server it is, None where it belongs to who runs this: a new one does so anyway."""
    return None if server["user"] == run.client.user_id else server["user"]


def _transfer(user_id: str) -> Step:
    wait = Wait(functools.partial(_belongs_to, user_id))
    return Step("transfer", TRANSFER, body={"transfer": {"user_id": user_id}}, wait=wait)


def _demand_no_confirmation(run: Context, changes: set[str]) -> None:
    """Refuse what the platform refuses as long as the resize of a server is neither confirmed nor reverted."""
    wanted = sorted(changes & {"flavor", "power_state", "ports"}) + ["reboot"] * bool(run.options["reboot"])
    if wanted:
        raise OptionError(
            f"confirm_resize: {', '.join(wanted)} cannot be changed before the resize of the server is confirmed.",
            hint="Set it to true, or confirm or revert the resize by other means first.",
        )


_CONFIRM = Step("confirm_resize", CONFIRM_RESIZE, body={"confirmResize": None})


def _nudges(run: Context) -> dict[str, Step]:
    return {"VERIFY_RESIZE": _CONFIRM} if run.options["confirm_resize"] else {}


# --- what a new server gets from its template ---------------------------------------------------------------------


def _from_template(run: Context, desired: dict) -> dict:
    """What the options say of a new server, and else its template. A server that exists is not held to one."""
    template = run.lookup(server_template.KIND, run.options["template"], "template")
    if template is None:  # an earlier task may be about to create it, with all that a server needs of it
        defaults = dict.fromkeys(("image", "flavor", "availability_zone"), TO_BE_CREATED)
    else:
        found = server_template.described(template)
        defaults = {name: found[name] for name in ("image", "flavor", "availability_zone", "storage_pool")}
    if desired["boot_volume"]:
        del defaults["image"]
    return {**defaults, **{name: value for name, value in desired.items() if value is not None or name not in defaults}}


# --- the body of a new server ------------------------------------------------------------------------------------


def _create_body(run: Context, desired: dict) -> dict:
    zone_name, zone_id = _zone_of(run, desired)
    server = {
        "name": desired["name"],
        "imageRef": None if desired.get("boot_volume") else desired.get("image"),
        "flavorRef": desired["flavor"],
        "networks": [_instances.network_member(network) for network in desired["networks"]],
        "security_groups": [{"name": name} for name in desired["security_groups"]],
        "availability_zone": zone_name,
        "key_name": desired.get("key_name"),
        "adminPass": desired.get("admin_password"),
        "config_drive": desired.get("config_drive"),
        "user_data": _instances.encoded(run, desired.get("user_data")),
        "metadata": _metadata(run, desired, zone_id),
        "block_device_mapping_v2": _boot_devices(run, desired),
    }
    body: dict[str, t.Any] = {"server": {name: value for name, value in server.items() if value is not None}}
    if desired.get("server_group"):
        body["os:scheduler_hints"] = {"group": desired["server_group"]}
    return body


def _metadata(run: Context, desired: dict, zone_id: t.Optional[str]) -> dict:
    platform = {
        **_instances.platform_metadata(run, desired, zone_id),
        "cvk": desired.get("host"),
        "storageTypeId": desired.get("storage_type_id"),
        "location": desired.get("storage_pool"),
    }
    given = {name: value for name, value in platform.items() if value is not None}
    return {**given, **(desired.get("metadata") or {})}


def _zone_of(run: Context, desired: dict) -> tuple[t.Optional[str], t.Optional[str]]:
    """The composed zone:node:host of a new server, and the id of its zone; the only zone if none is named."""
    name, colon, rest = (desired.get("availability_zone") or "").partition(":")
    chosen = _instances.zone_named(run, name) if name else _instances.only_zone(run, SERVER.noun)
    composed = chosen["zone"] and ":".join(
        part for part in (f"{chosen['zone']}{colon}{rest}", desired.get("host")) if part
    )
    return composed, chosen["id"]


def _size(run: Context, flavor_id: str) -> dict:
    """What a flavor gives a server; nothing is known of one that an earlier task may be about to create."""
    found = next((raw for raw in run.entries(flavor.KIND) if str(raw.get("id")) == flavor_id), None)
    return flavor.FLAVOR.read(found) if found else {}


def _boot_devices(run: Context, desired: dict) -> t.Optional[list[dict]]:
    if not desired.get("boot_volume"):
        return None
    size = run.options["boot_volume_size"] or _size(run, desired["flavor"]).get("disk")
    if not size and not is_to_be_created(desired["flavor"]):
        raise OptionError("boot_volume_size: the flavor has no disk whose size could be taken; give it in GB.")
    device = {
        "uuid": desired["boot_volume"],
        "boot_index": "0",
        "source_type": "volume",
        "destination_type": "volume",
        "delete_on_termination": run.options["delete_boot_volume"],
        "volume_size": str(size),
    }
    return [device]


# --- what to wait for --------------------------------------------------------------------------------------------


@dataclasses.dataclass
class _Resized:
    """Waits for a flavor. A platform that finds no place for it puts the server back without a word."""

    flavor_id: str
    statuses: tuple[str, ...]
    idle_looks: int = 0

    def __call__(self, seen: t.Optional[dict]) -> Outcome:
        outcome = _instances.rests_in(self.statuses, seen)
        if outcome != READY or not seen or seen["flavor"] == self.flavor_id:
            return outcome
        self.idle_looks += 1
        if self.idle_looks < _PATIENCE:
            return PENDING
        return Failed(f"the platform gave the resize up: it is {seen['status']} with its old flavor")


def _is_resizing(current: dict) -> bool:
    return current["status"] == "RESIZE" or (current["task_state"] or "").lower().startswith("resize_")


def _settles(flavor_id: t.Optional[str], more: tuple[str, ...], seen: t.Optional[dict]) -> Outcome:
    """Ready when the platform is done; a resize that was found under way has to lead to the wanted flavor."""
    outcome = _instances.settles(more, seen)
    if outcome == READY and flavor_id is not None and seen and seen["flavor"] != flavor_id:
        return Failed(f"it was being resized, which has ended with the flavor {seen['flavor']}; run the task again")
    return outcome


def _belongs_to(user_id: str, seen: t.Optional[dict]) -> Outcome:
    if seen is None:
        return Failed("it no longer exists")
    return READY if seen["user"] == user_id else PENDING


SERVER = Server()
_FIELDS = {field.name: field for field in Server.fields}
