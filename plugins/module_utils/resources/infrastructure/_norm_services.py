# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The services that have norms, and the names of what each norm measures."""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.parallel import side_by_side
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.reference import Reference
from ._norm_values import as_number

RESOURCE_PATH = "/os/kinton/v1/cloudos/resource"
CONFIGURATIONS = Operation("norm-config-list", "GET", f"{RESOURCE_PATH}/normConfig")
LIST = Operation("norm-list", "GET", f"{RESOURCE_PATH}/norms/{{serviceUuid}}")
# Servers have a norm for each of their types, and the text of the reference wants it in the path.
LIST_OF_HOST = Operation("norm-list-of-host", "GET", f"{RESOURCE_PATH}/norms/{{serviceUuid}}/{{normUuid}}")

CONFIGURATION = Reference("norm configuration", CONFIGURATIONS, None, id="normUuid", names=("normName",))


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
        raw: as the platform returns it.
    """

    service: str
    is_host: bool
    types: t.Mapping[str, str]
    raw: Json

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


def configurations_of(entries: list[Json]) -> list[Configuration]:
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


def _known(entry: Json) -> t.Optional[str]:
    types = {str(sub_type.get("uuid")) for sub_type in as_list(entry, "subTypes")}
    return next((name for name, known in KNOWN.items() if types & set(known.types.values())), None)


def _own_names(entry: Json) -> dict[str, str]:
    """The platform's own keys of the types, where the reference has no table of them."""
    types = [(sub_type, str(sub_type.get("uuid"))) for sub_type in as_list(entry, "subTypes")]
    return {str(sub_type.get("key") or sub_type.get("Key") or id): id for sub_type, id in types}


def named_configuration(run: Context) -> Configuration:
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


def chosen_configurations(run: Context) -> list[Configuration]:
    """The configuration that the option names, or all of them."""
    if run.options.get("service") is not None:
        return [named_configuration(run)]
    return configurations_of(run.entries(CONFIGURATION))


def chosen_norms(run: Context) -> list[Json]:
    """The norms of the configuration that the option names, or of all of them."""
    found = side_by_side(lambda chosen: norms_of(run, chosen), chosen_configurations(run))
    return [entry for entries in found for entry in entries]


def norms_of(run: Context, configuration: Configuration) -> list[Json]:
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


def _single_value(configuration: Configuration) -> t.Callable[[Json], Json]:
    """Reads the value of a single norm: the parsed one, or the text where only that is there."""

    def read(entry: Json) -> Json:
        content = entry.get("subNormContent")
        value = content.get("normValue") if isinstance(content, dict) else entry.get("subNormValue")
        type_id = str(entry.get("subNormUuid"))
        return {configuration.names.get(type_id, type_id): as_number(value)}

    return read


def _combined_values(configuration: Configuration) -> t.Callable[[Json], Json]:
    def read(entry: Json) -> Json:
        members = {str(member.get("uuid")): member.get("value") for member in as_list(entry, "subNorms")}
        return {configuration.names.get(id, id): as_number(value) for id, value in members.items()}

    return read
