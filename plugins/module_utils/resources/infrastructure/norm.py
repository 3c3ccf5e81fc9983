# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Norms: the sizes that users may order of a resource service (section 1.6 of the reference).

A service (servers, volumes, …) has a configuration, which names the types of its sub-norms (CPU, memory, …). A single
norm is one value of one type, a combined one has a value of every type. Norms have no name: their values are what they
are known by. The reference has no update, and its creation has no answer.

Services are found by the ids of their sub-norm types, which are constants of the reference; their names are localized.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.field import Field, computed, option
from ...model.plan import Step, Wait, gone
from ...model.reference import Reference
from ...model.resource import Resource

_RESOURCE = "/os/kinton/v1/cloudos/resource"

SERVICES = Operation("resource-service-list", "GET", "/os/kinton/v1/cloudos/arrange/services")
CONFIGURATIONS = Operation("norm-config-list", "GET", f"{_RESOURCE}/normConfig")
LIST = Operation("norm-list", "GET", f"{_RESOURCE}/norms/{{serviceUuid}}")
# Servers have a norm for each of their types, and the text of the reference wants it in the path.
LIST_OF_HOST = Operation("norm-list-of-host", "GET", f"{_RESOURCE}/norms/{{serviceUuid}}/{{normUuid}}")
CREATE = Operation("norm-create", "POST", f"{_RESOURCE}/norms/{{tenant_id}}", answers=False)
DELETE_SINGLE = Operation("norm-basic-delete", "DELETE", f"{_RESOURCE}/normBasic/{{normUuid}}", answers=False)
DELETE_COMBINED = Operation("norm-advance-delete", "DELETE", f"{_RESOURCE}/normAdvance/{{normUuid}}", answers=False)

CONFIGURATION = Reference("norm configuration", CONFIGURATIONS, None, id="normUuid", names=("normName",))

_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]+)?")

# Seconds until a deleted norm must be gone from the list
_SETTLING = 5.0


@dataclasses.dataclass(frozen=True)
class Service:
    """A kind of resource that has norms.

    Attributes:
        is_host: whether it is one of the types of the host service, whose paths and bodies need the norm's id.
        types: ids of the types of its sub-norms.
    """

    is_host: bool
    types: t.Mapping[str, str]


# The ids of the reference, under names. Those of public_ip and object_storage differ in their last four digits only.
KNOWN: t.Mapping[str, Service] = {
    "server": Service(
        True,
        {
            "cpu": "2481e874-00d8-457e-899c-e628356ea5a1",
            "memory": "97e87a80-0f9b-4b64-b0f5-c4d8392ded0a",
            "system_disk": "ab222fec-6a46-4496-9273-47da58598837",
            "storage_type": "51acecac-dbd2-481d-bd2d-ca2a209c38c9",
        },
    ),
    "gpu_server": Service(
        True,
        {
            "cpu": "3d6213d7-d106-46c9-8e38-7957ba214cd3",
            "memory": "54faf03d-f140-43fd-b84a-d7aab55b0f58",
            "system_disk": "7b010ee3-c9d6-40da-b821-c28cc897bf37",
            "storage_type": "669785d9-da43-4c3e-b572-9234023cd854",
            "gpu_type": "a95d57a3-6abb-4594-a78e-79363482f9a3",
            "gpu_count": "ef6c479d-8266-42f1-a30f-974bf32b9320",
        },
    ),
    "vgpu_server": Service(
        True,
        {
            "cpu": "6967ab10-4497-11e9-8a6a-02420a654e1d",
            "memory": "73f66b55-4497-11e9-8a6a-02420a654e1d",
            "system_disk": "7e2df446-4497-11e9-8a6a-02420a654e1d",
            "storage_type": "86b4b8cb-4497-11e9-8a6a-02420a654e1d",
            "vgpu_type": "97c8f937-4497-11e9-8a6a-02420a654e1d",
            "vgpu_count": "a0676c42-4497-11e9-8a6a-02420a654e1d",
        },
    ),
    "big_data_server": Service(
        True,
        {
            "cpu": "11d22df7-134b-4923-8463-4ce16f4be2f6",
            "memory": "27d900cd-8c13-4fc1-aa59-d2772a778662",
            "system_disk": "539b01d7-9c1a-4cc8-9612-242410365358",
            "storage_type": "717a62d6-f92a-4f4e-988a-bdbc824b7e41",
            "raw_disk_type": "b598aab4-ee33-468b-a705-8850885e7fb4",
            "raw_disk_size": "d7b7db79-5b19-46d2-9f25-01a06df765fb",
            "raw_disk_count": "ee99039e-279e-41c5-83d6-15ca429c2a76",
        },
    ),
    "power_server": Service(
        True,
        {
            "processing_units": "5d8bc593-6858-4640-b88f-c39136a84e54",
            "memory": "80caea16-d88e-4f8c-8660-5742eb958697",
            "system_disk": "9837cdc2-4c92-4aed-b93e-9b0600e31977",
        },
    ),
    "hp_server": Service(
        True,
        {
            "processing_units": "0c31329c-936a-4030-8e0a-04f73ff4876c",
            "memory": "7206e983-226b-4cc1-ab74-842af2ff005a",
            "system_disk": "1f1ae7e7-86fb-4a53-a182-4943b7c8d972",
        },
    ),
    "volume": Service(
        False,
        {
            "size": "c6f361ae-555d-456d-86f1-ec208f3c53be",
            "storage_type": "b855edee-85d3-461c-b667-cbab3309bb94",
        },
    ),
    "public_ip": Service(False, {"bandwidth": "50731170-c612-41c6-97dd-a4593af5304c"}),
    "bare_metal": Service(
        False,
        {
            "cpu": "f8f49b21-236d-421a-823d-acf37de7cce4",
            "memory": "58d7f937-adb8-4e25-9645-e0fde10154e4",
            "disk": "fd38c2d1-664d-4eec-a859-5d963805259f",
        },
    ),
    "object_storage": Service(False, {"capacity": "50731170-c612-41c6-97dd-a4593af5cccc"}),
    "relational_database": Service(
        False,
        {
            "cpu": "96345d4d-790d-483a-8abf-07be00369763",
            "memory": "2708015c-e205-4121-b0ec-4cf43b2dce0a",
            "system_disk": "86ecd2b7-75a3-4f48-8d26-06903cd27c3d",
            "capacity": "dc0cc2e2-990b-4556-bb54-dafac7eb63d1",
            "database_type": "29de9cfe-80c3-48e8-a238-a105f4b188c5",
            "deployment_mode": "6f54ce4d-b5e5-4ea1-997a-61f5ab5f9a1f",
        },
    ),
    "non_relational_database": Service(
        False,
        {
            "cpu": "e51d7cdd-be06-4f57-bec4-5188bbdfc9d7",
            "memory": "e119a9ef-fc03-453e-9f9a-484abd4fa720",
            "system_disk": "47cbeb02-71ca-4193-9e64-f976261b7f26",
            "capacity": "67a84f90-e7c1-4e76-be21-3a234e650020",
            "database_type": "9d1550a9-0221-4244-8f6c-7de5bf6c646b",
            "deployment_mode": "7c030913-1421-0212-9239-5de7439c0309",
        },
    ),
}


@dataclasses.dataclass(frozen=True)
class Configuration:
    """The norms of a service as the platform has them set up.

    Attributes:
        service: name in KNOWN, or the platform's name of the norm.
        types: ids of the types of sub-norms, by the names to write in `sub_norms`.
        raw: as the platform tells it.
    """

    service: str
    is_host: bool
    types: t.Mapping[str, str]
    raw: dict

    @property
    def service_id(self) -> str:
        return str(self.raw.get("serviceUuid"))

    @property
    def norm_id(self) -> str:
        """The id of the norm. The configuration has an id of its own, which nothing takes."""
        return str(self.raw.get("normUuid"))

    @property
    def names(self) -> dict[str, str]:
        """The names of the types by their ids."""
        return {id: name for name, id in self.types.items()}


def configurations_of(entries: list[dict]) -> list[Configuration]:
    """What the entries of the list of configurations are, by the ids of their sub-norm types."""
    known = [_known(entry) for entry in entries]
    host_services = {entry.get("serviceUuid") for entry, name in zip(entries, known) if name and KNOWN[name].is_host}
    return [
        Configuration(
            name or str(entry.get("normName") or entry.get("normUuid")),
            entry.get("serviceUuid") in host_services,
            KNOWN[name].types if name else _own_names(entry),
            entry,
        )
        for entry, name in zip(entries, known)
    ]


def _known(entry: dict) -> t.Optional[str]:
    types = {str(sub_type.get("uuid")) for sub_type in as_list(entry, "subTypes")}
    return next((name for name, known in KNOWN.items() if types & set(known.types.values())), None)


def _own_names(entry: dict) -> dict[str, str]:
    """The platform's own keys of the types, where the reference has no table of them."""
    types = [(sub_type, str(sub_type.get("uuid"))) for sub_type in as_list(entry, "subTypes")]
    return {str(sub_type.get("key") or sub_type.get("Key") or id): id for sub_type, id in types}


def same_values(current: t.Optional[dict], wanted: t.Optional[dict]) -> bool:
    """Whether two norms are one: text and numbers are compared as what they mean."""
    return _comparable(current) == _comparable(wanted)


def _comparable(values: t.Optional[dict]) -> dict:
    return {name: _number(value) for name, value in (values or {}).items()}


def _number(value: t.Any) -> t.Any:
    """A value as a number, where it is one in plain digits."""
    text = str(value).strip()
    if not _PLAIN_NUMBER.fullmatch(text):
        return text
    whole, _point, rest = text.partition(".")
    return int(whole) if not rest.strip("0") else float(text)


class Norm(Resource):
    name = "norm"
    plural = "norms"
    id_param = "normUuid"
    identified_by = ("sub_norms", "id")
    list_operation = LIST
    create_operation = CREATE
    delete_operation = DELETE_COMBINED
    more_info_options: t.Mapping[str, t.Any] = {
        "service": {"type": "str"},
        "kind": {"type": "str", "choices": ["combined", "single"]},
        "sub_norms": {"type": "dict"},
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": ["norms", "services", "configurations"],
            "default": ["norms"],
        },
    }

    fields = (
        option("id", api="uuid"),
        option("service", updatable=False, spec={"required": True}),
        option("kind", updatable=False, create_default="combined", spec={"choices": ["combined", "single"]}),
        option("sub_norms", "dict", updatable=False, required=True, equals=same_values),
        option("initial_price", "int", updatable=False, returned=False),
        option("unit_price", "int", updatable=False, returned=False),
        computed("service_id"),
        computed("norm_id"),
    )

    # --- reading

    def search(self, run: Context, query: t.Optional[dict] = None) -> list[dict]:
        """The norms of a service, or of all; of a kind and with some values, where those are asked for."""
        if "norms" not in (run.options.get("gather") or ["norms"]):
            return []
        kind, values = run.options.get("kind"), _comparable(run.options.get("sub_norms"))
        entries = [entry for chosen in _chosen(run) for entry in _norms_of(run, chosen)]
        return [
            entry
            for entry in entries
            if kind in (None, entry["kind"]) and values.items() <= _comparable(entry["sub_norms"]).items()
        ]

    def find(self, run: Context) -> t.Optional[dict]:
        """By id, else the one of exactly these values; so is the norm that replaces the one of the id."""
        entries = _norms_of(run, _configuration(run))
        if run.options.get("id") is not None and "delete" not in run.completed_actions:
            found = [entry for entry in entries if entry["uuid"] == run.options["id"]]
        else:
            found = [entry for entry in entries if self._is_meant(run, entry)]
        if len(found) > 1:
            ids = ", ".join(sorted(entry["uuid"] for entry in found))
            raise OptionError(f"sub_norms: there are {len(found)} norms of these values: {ids}. Give the id of one.")
        return self.seen(run, found[0]) if found else None

    def _is_meant(self, run: Context, entry: dict) -> bool:
        old = run.raw or {"kind": "combined", "sub_norms": {}}
        values = {**old["sub_norms"], **(run.options.get("sub_norms") or {})}
        return entry["kind"] == (run.options.get("kind") or old["kind"]) and same_values(entry["sub_norms"], values)

    def fetch(self, run: Context, found: t.Optional[dict]) -> t.Optional[dict]:
        """By its id, from the list: nothing reads a single norm."""
        entries = [entry for chosen in _chosen(run) for entry in _norms_of(run, chosen)]
        return next((self.read(entry) for entry in entries if found and entry["uuid"] == found["id"]), None)

    def extra_results(self, run: Context) -> dict:
        """The services and the configurations, where they are asked for."""
        asked = run.options["gather"]
        gathered = {}
        if "services" in asked:
            services = run.client.list(SERVICES, None)
            gathered["services"] = [{field.name: field.read(raw) for field in _SERVICE} for raw in services]
        if "configurations" in asked:
            gathered["configurations"] = [_told(configuration) for configuration in _chosen(run)]
        return gathered

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        values, single = run.options.get("sub_norms"), run.options.get("kind") == "single"
        if values is not None:
            _check_values(values)
        known = KNOWN.get(run.options["service"])
        if known and values is not None:
            _check_names(known.types, values, single, partial=run.options.get("id") is not None)
        for name in ("initial_price", "unit_price"):
            price = run.options.get(name)
            if price is not None and (price < 0 or single):
                raise OptionError(f"{name}: only a combined norm has a price, and it is not below 0.")

    def desired(self, run: Context, current: t.Optional[dict]) -> dict:
        """Values that are not given are those of the norm that the id means."""
        configuration, desired = _configuration(run), super().desired(run, current)
        if desired["sub_norms"] is not None:
            desired["sub_norms"] = {**((current or {}).get("sub_norms") or {}), **desired["sub_norms"]}
            single = (desired["kind"] or (current or {}).get("kind")) == "single"
            _check_names(configuration.types, desired["sub_norms"], single)
        return {**desired, "service": configuration.service}

    def predict(self, run: Context, current: t.Optional[dict], desired: dict) -> dict:
        configuration = _configuration(run)
        after = super().predict(run, current, desired)
        places = {"service_id": configuration.service_id, "norm_id": configuration.norm_id}
        return {**after, **places, "sub_norms": _comparable(after["sub_norms"])}

    def create_steps(self, run: Context, desired: dict) -> list[Step]:
        """Values are numbers in the reference's example and text in its table, so text is tried after a refusal."""
        configuration, values = _configuration(run), _comparable(desired["sub_norms"])
        bodies = [
            _body(configuration, desired, {name: spell(value) for name, value in values.items()})
            for spell in (lambda value: value, str)
        ]
        instead = bodies[1] if bodies[1] != bodies[0] else None
        return [Step("create", CREATE, body=bodies[0], fallback_body=instead, creates=True)]

    def delete_steps(self, run: Context, current: dict) -> list[Step]:
        operation = DELETE_COMBINED if current["kind"] == "combined" else DELETE_SINGLE
        return [Step("delete", operation, wait=Wait(gone, first=0.0, timeout=_SETTLING))]


def _body(configuration: Configuration, desired: dict, values: dict) -> dict:
    """The body of a creation; `models` is the same for both kinds."""
    body: dict[str, t.Any] = {"serviceUuid": configuration.service_id, "models": ["advance"]}
    if configuration.raw.get("normName"):
        body["normName"] = configuration.raw["normName"]
    if configuration.is_host:
        body["uuid"] = configuration.norm_id
    if desired["kind"] == "single":
        ((name, value),) = values.items()
        content = {"valueType": "dispersed", "normValue": str(value)}
        return {**body, "basics": [{"subNormUuid": configuration.types[name], "subNormContent": content}]}
    norm: dict[str, t.Any] = {
        "subNorms": [{"uuid": configuration.types[name], "value": value} for name, value in values.items()]
    }
    for name, member in (("initial_price", "initPrice"), ("unit_price", "unitPrice")):
        if desired.get(name) is not None:
            norm[member] = desired[name]
    return {**body, "advances": [norm]}


# --- services and their norms ------------------------------------------------------------------------------------


def _configuration(run: Context) -> Configuration:
    """The configuration that the option names: a name of KNOWN, or the platform's name or id of a norm.

    Raises:
        OptionError: there is none.
    """
    wanted = run.options["service"]
    configurations = configurations_of(run.entries(CONFIGURATION))
    found = [c for c in configurations if wanted in (c.service, c.norm_id, c.raw.get("normName"))]
    named = [c for c in found if c.service == wanted] or found
    if len(named) == 1:
        return named[0]
    services = ", ".join(sorted(c.service for c in (named or configurations))) or "none"
    raise OptionError(
        f"service: several services are named {wanted!r}." if named else f"service: there is no service {wanted!r}.",
        hint=f"There are: {services}.",
    )


def _chosen(run: Context) -> list[Configuration]:
    """The configuration that the option names, or all of them."""
    if run.options.get("service") is not None:
        return [_configuration(run)]
    return configurations_of(run.entries(CONFIGURATION))


def _norms_of(run: Context, configuration: Configuration) -> list[dict]:
    """The norms of a configuration: single ones, then combined ones."""
    params = {"serviceUuid": configuration.service_id, "normUuid": configuration.norm_id}
    answer = run.client.call(LIST_OF_HOST if configuration.is_host else LIST, params)
    place = {
        "service": configuration.service,
        "service_id": configuration.service_id,
        "norm_id": configuration.norm_id,
    }
    parts = [part for part in as_list(answer, None) if str(part.get("uuid") or place["norm_id"]) == place["norm_id"]]
    return [
        {**place, "uuid": str(entry.get("uuid")), "kind": kind, "sub_norms": values_of(entry)}
        for part in parts
        for kind, key, values_of in (
            ("single", "basics", _single_value(configuration)),
            ("combined", "advances", _combined_values(configuration)),
        )
        for entry in as_list(part, key)
    ]


def _single_value(configuration: Configuration) -> t.Callable[[dict], dict]:
    """Reads the value of a single norm: the parsed one, or the text where only that is there."""

    def read(entry: dict) -> dict:
        content = entry.get("subNormContent")
        value = content.get("normValue") if isinstance(content, dict) else entry.get("subNormValue")
        type_id = str(entry.get("subNormUuid"))
        return {configuration.names.get(type_id, type_id): _number(value)}

    return read


def _combined_values(configuration: Configuration) -> t.Callable[[dict], dict]:
    def read(entry: dict) -> dict:
        members = {str(member.get("uuid")): member.get("value") for member in as_list(entry, "subNorms")}
        return {configuration.names.get(id, id): _number(value) for id, value in members.items()}

    return read


def _check_values(values: dict) -> None:
    for name, value in values.items():
        if isinstance(value, (dict, list, bool)) or value is None or not 1 <= len(str(value).strip()) <= 255:
            raise OptionError(f"sub_norms: {name} is {value!r}; a number or a text of 1 to 255 characters is wanted.")


def _check_names(types: t.Mapping[str, str], values: dict, single: bool, partial: bool = False) -> None:
    """A combined norm needs a value of every type, a single one exactly one."""
    allowed = ", ".join(types)
    unknown = sorted(str(name) for name in values if name not in types)
    if unknown:
        raise OptionError(f"sub_norms: this service has no {', '.join(unknown)}.", hint=f"It has: {allowed}.")
    if single and len(values) != 1:
        raise OptionError(f"sub_norms: a single norm has exactly one of {allowed}.")
    missing = [name for name in types if name not in values]
    if missing and not single and not partial:
        raise OptionError(f"sub_norms: {', '.join(missing)} is missing.", hint="A combined norm has every sub-norm.")


# --- what else can be read ---------------------------------------------------------------------------------------

_SERVICE = (
    computed("id", api="uuid"),
    computed("name", api="serviceName"),
    computed("description"),
    computed("has_norms", "bool", api="resourceNorm"),
    computed("is_charged", "bool", api="charging"),
    computed("needs_approval", "bool", api="process"),
    computed("has_lease", "bool", api="tenancy"),
    computed("has_system_parameters", "bool", api="sysParam"),
)
_CONFIGURATION = (
    computed("id", api="uuid"),
    computed("norm_id", api="normUuid"),
    computed("service_id", api="serviceUuid"),
    computed("name", api="normName"),
    computed("description"),
    computed("created", "time", api="createTime"),
)
_SUB_NORM = (
    computed("id", api="uuid"),
    computed("title", api="name"),
    Field("value_types", "list", ("types",)),
    computed("max", "int"),
    computed("min", "int"),
    computed("step", "int", api="minMultiple"),
    computed("unit"),
)


def _told(configuration: Configuration) -> dict:
    """A configuration for people, with the names that `sub_norms` takes."""
    raw, names = configuration.raw, configuration.names
    types = [
        {"name": names.get(str(entry.get("uuid"))), **{field.name: field.read(entry) for field in _SUB_NORM}}
        for entry in as_list(raw, "subTypes")
    ]
    told = {field.name: field.read(raw) for field in _CONFIGURATION}
    return {"service": configuration.service, **told, "sub_norm_types": types}


NORM = Norm()
