# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.6 of the reference: the norms of resource services.

A service has configurations (several for hosts, one for each type), each with the types of its sub-norms. A single
norm is one value of one type, a combined one has a value of every type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id


def list_services(call: Call) -> Answer:
    """A bare array; the names are in the platform's language."""
    return Answer(
        200,
        [
            {
                "uuid": service["id"],
                "serviceName": service["name"],
                "description": service["description"],
                "resourceNorm": service["has_norms"],
                "charging": True,
                "process": True,
                "tenancy": True,
                "sysParam": True,
            }
            for service in call.world.table("norm_services").values()
        ],
    )


def list_configurations(call: Call) -> Answer:
    places = {"serviceUuid": "service_id", "uuid": "id", "normUuid": "norm_id"}
    wanted = {places[name]: value for name, value in call.query.items()}
    return Answer(
        200,
        [
            _configuration_view(configuration)
            for configuration in call.world.table("norm_configurations").values()
            if wanted.items() <= {name: configuration[name] for name in wanted}.items()
        ],
    )


def list_norms(call: Call) -> Answer:
    """Hosts have a norm for each type, which has to be named; a single norm comes without an array."""
    service = call.world.find("norm_services", call.path["serviceUuid"])
    if service["id"] == seeds.HOST_SERVICE:
        raise ApiError(400, "the type of host is missing: /norms/{serviceUuid}/{normUuid}")
    views = [_norm_view(call.world, configuration) for configuration in _configurations(call.world, service["id"])]
    return Answer(200, views[0] if len(views) == 1 else views)


def list_norms_of_host(call: Call) -> Answer:
    return Answer(200, _norm_view(call.world, _configuration(call, call.path["serviceUuid"], call.path["normUuid"])))


def create(call: Call) -> Answer:
    """No answer body, so no id."""
    call.demand_admin()
    call.world.find("projects", call.path["projectId"])
    body = call.body
    if body["serviceUuid"] == seeds.HOST_SERVICE and "uuid" not in body:
        raise ApiError(400, "uuid: the type of host is missing")
    configuration = _configuration(call, body["serviceUuid"], body.get("uuid"))
    types = {entry["uuid"] for entry in configuration["sub_types"]}
    combined = "advances" in body
    for entry in body["advances"] if combined else body["basics"]:
        if combined:
            values = {member["uuid"]: member["value"] for member in entry["subNorms"]}
            if values.keys() != types or len(values) != len(entry["subNorms"]):
                raise ApiError(400, f"subNorms: one value is needed of each of: {', '.join(sorted(types))}")
        else:
            values = {entry["subNormUuid"]: entry["subNormContent"]["normValue"]}
            if not values.keys() <= types:
                raise ApiError(400, f"subNormUuid: not one of: {', '.join(sorted(types))}")
        prices = {name: entry[name] for name in ("initPrice", "unitPrice") if name in entry}
        norm = {"norm_id": configuration["norm_id"], "combined": combined, "values": values}
        call.world.seed("norms", {**norm, **prices})
    return Answer(200)


def delete_basic(call: Call) -> Answer:
    return _delete(call, combined=False)


def delete_advance(call: Call) -> Answer:
    return _delete(call, combined=True)


def complete_service(world: World, fields: Record) -> Record:
    """A record of kind norm_services."""
    return {"name": "service", "description": "", "has_norms": True, **fields}


def complete_configuration(world: World, fields: Record) -> Record:
    """A record of kind norm_configurations; sub_types have at least a uuid and a name."""
    record = {"norm_id": new_id(), "name": "Norm", "description": "", "sub_types": [], **fields}
    sub_types = [{"key": None, "unit": None, **entry} for entry in record["sub_types"]]
    return {**record, "created": int(world.clock.now() * 1000), "sub_types": sub_types}


def complete_norm(world: World, fields: Record) -> Record:
    """A record of kind norms: a value by the uuid of its sub-norm type; those that are not combined have one."""
    return {"norm_id": seeds.HOST_NORM, "combined": True, "values": {}, **fields}


def _delete(call: Call, combined: bool) -> Answer:
    """By a norm's own id. The id that all norms of a service share hits them all."""
    call.demand_admin()
    norms = call.world.table("norms")
    wanted = call.path["normUuid"]
    alike = [norm for norm in norms.values() if norm["combined"] is combined]
    found = [norm["id"] for norm in alike if wanted in (norm["id"], norm["norm_id"])]
    if not found:
        raise ApiError(404, f"norm {wanted} could not be found")
    for norm_id in found:
        del norms[norm_id]
    return Answer(200)


def _configurations(world: World, service_id: str) -> list[Record]:
    table = world.table("norm_configurations").values()
    return [configuration for configuration in table if configuration["service_id"] == service_id]


def _configuration(call: Call, service_id: str, norm_id: str | None) -> Record:
    """The configuration of a norm; the id of the configuration itself is another one."""
    call.world.find("norm_services", service_id)
    for configuration in _configurations(call.world, service_id):
        if norm_id in (None, configuration["norm_id"]):
            return configuration
    raise ApiError(400, f"the service {service_id} has no norm {norm_id}")


def _configuration_view(configuration: Record) -> Record:
    return {
        "uuid": configuration["id"],
        "serviceUuid": configuration["service_id"],
        "description": configuration["description"],
        "createTime": configuration["created"],
        "normUuid": configuration["norm_id"],
        "normName": configuration["name"],
        "subTypes": [
            {
                "uuid": entry["uuid"],
                "normConfigUuid": configuration["id"],
                "name": entry["name"],
                **({"key": entry["key"]} if entry["key"] else {}),
                **({"unit": entry["unit"]} if entry["unit"] else {}),
                "type": '["dispersed"]',
                "extraInfo": "[]",
                "types": ["dispersed"],
                "extraInfos": [],
            }
            for entry in configuration["sub_types"]
        ],
    }


def _norm_view(world: World, configuration: Record) -> Record:
    """Everything that is a list also stands there as text of a kind that is not JSON."""
    types = {entry["uuid"]: entry for entry in configuration["sub_types"]}
    norms = [norm for norm in world.table("norms").values() if norm["norm_id"] == configuration["norm_id"]]
    return {
        "uuid": configuration["norm_id"],
        "serviceUuid": configuration["service_id"],
        "normName": configuration["name"],
        "model": "\\u005b'advance'\\u005d",
        "description": configuration["description"],
        "basics": [_basic_view(norm, types) for norm in norms if not norm["combined"]],
        "advances": [_advance_view(norm, types) for norm in norms if norm["combined"]],
        "models": ["advance"],
    }


def _basic_view(norm: Record, types: dict[str, Record]) -> Record:
    ((uuid, value),) = norm["values"].items()
    return {
        "uuid": norm["id"],
        "normUuid": norm["norm_id"],
        "subNormUuid": uuid,
        "subNormType": "\\u005b'dispersed'\\u005d",
        "subNormName": types[uuid]["name"],
        "subNormValue": f"\\u007b'valueType':'dispersed','normValue':'{value}'\\u007d",
        "subNormContent": {"valueType": "dispersed", "normValue": _number(value)},
        **({"unit": types[uuid]["unit"]} if types[uuid]["unit"] else {}),
    }


def _advance_view(norm: Record, types: dict[str, Record]) -> Record:
    content = ",".join(_pairs(norm["values"], types))
    return {
        "uuid": norm["id"],
        "normUuid": norm["norm_id"],
        "normAdvContent": f"\\u005b{content}\\u005d",
        "subNorms": [{"uuid": uuid, "value": _number(value)} for uuid, value in norm["values"].items()],
    }


def _pairs(values: Record, types: dict[str, Record]) -> Iterator[str]:
    for uuid, value in values.items():
        yield f"\\u007b'uuid':'{types[uuid]['name']}','value':'{value}'\\u007d"


def _number(value: Any) -> Any:
    """Numbers come back as numbers, whether they were sent as such or as text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


HANDLERS = {
    "resource-service-list": list_services,
    "norm-config-list": list_configurations,
    "norm-list": list_norms,
    "norm-list-of-host": list_norms_of_host,
    "norm-create": create,
    "norm-basic-delete": delete_basic,
    "norm-advance-delete": delete_advance,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {
    "norm_services": complete_service,
    "norm_configurations": complete_configuration,
    "norms": complete_norm,
}
