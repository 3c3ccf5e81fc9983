# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract document: valid, complete, true to the reference's examples, and strict about requests."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from openapi_spec_validator import validate
from unit.simulator.expected import EXPECTED, EXTENDING

from simulator import services
from simulator.contract import Endpoint, WireAnswer, WireRequest, load_contract, wire_parameters
from simulator.errors import ApiError

CONTRACT = load_contract()
OPERATIONS = [operation for item in CONTRACT.document["paths"].values() for operation in item.values()]


def request_examples() -> Iterator[tuple[str, str, Any]]:
    """Operation id of the endpoint, name of the example (an operation id, perhaps numbered), body."""
    for operation in OPERATIONS:
        for media in operation.get("requestBody", {}).get("content", {}).values():
            for name, example in media.get("examples", {}).items():
                yield operation["operationId"], name, example["value"]


REFUSED = [
    (name, path, value)
    for name, expected in EXPECTED.items()
    for change in expected.get("refused", [])
    for path, value in change.items()
]
EXAMPLES = {name: (operation, body) for operation, name, body in request_examples()}


def check(operation: str, body: Any, value: str = "1", query: str = "", **other_headers: str | None) -> None:
    """Check a request with one value for all parameters of the path; a header that is None is not sent."""
    endpoint = next(endpoint for endpoint in CONTRACT.endpoints if endpoint.operation == operation)
    branch = endpoint.branch(body)
    accept = (branch.accept if branch else endpoint.accept)[0]
    wanted = {"Content-Type": endpoint.content_type, "X-Auth-Token": "token", "Accept": accept or None}
    wanted |= {**endpoint.headers, **other_headers}
    headers = {name: value for name, value in wanted.items() if value is not None}
    path = dict.fromkeys(re.findall(r"{(\w+)}", endpoint.path), value)
    CONTRACT.check_request(
        endpoint,
        WireRequest(
            method=endpoint.method.lower(),
            path=endpoint.path,
            path_pattern=endpoint.path,
            parameters=wire_parameters(path, parse_qsl(query, keep_blank_values=True), headers.items()),
            content_type=endpoint.content_type,
            body=None if body is None else json.dumps(body).encode(),
        ),
        {name.lower(): value for name, value in headers.items()},
    )


def refused(operation: str, body: Any, *more: str, **headers: str | None) -> bool:
    try:
        check(operation, body, *more, **headers)
    except ApiError as error:
        return error.status == 400
    return False


def test_is_a_valid_openapi_document():
    validate(CONTRACT.document)


def test_every_operation_has_a_handler():
    names = {branch.operation for endpoint in CONTRACT.endpoints for branch in endpoint.branches}
    names |= {endpoint.operation for endpoint in CONTRACT.endpoints if not endpoint.branches}
    assert names == services.HANDLERS.keys()


def test_marks_what_is_not_in_the_reference():
    """The one operation that only the text of the reference has is not marked."""
    unmarked = {operation["operationId"] for operation in OPERATIONS if operation["x-origin"] == "reference"}
    described = {operation["operationId"] for operation in OPERATIONS if operation.get("x-reference")}
    assert unmarked == described | {"norm-list-of-host"}
    assert EXTENDING.isdisjoint(unmarked)


@pytest.mark.parametrize(
    "spelling",
    [
        "/os/compute/v1/v2/{tenant_id}/os-keypairs",
        "/os/compute/v1/v2/{tenant_id}/keypairs/{keypair_name}",
        "/os/compute/v1/v2/{tenant_id}/servers/{server_id}/h3c-os-interface",
        "/os/compute/v1/v2/{tenant_id}/servers/{server_id}/os-volume_toLoad",
        "/os/compute/v1/v2.1/os-server-groups",
        "/os/compute/v1/cloudos/virtual/snapshot/resume/{server_uuid}",
        "/os/compute/v1/cloudos/virtual/snapshot/checkName/{server_uuid}",
        "/os/compute/v1/cloudos/h3cloudos-servers/{server_id}/transfer",
        "/os/compute/v1/tenancy/shortRestenancy",
        "/os/compute/v1/v1/resource/instance_vgpu/{server_id}",
        "/os/kinton/v1/v3/projects",
        "/os/kinton/v1/v3/users-entities",
        "/os/kinton/v1/keystone/types/UserProjectGroup/assigments",
        "/os/kinton/v1/keystone/{tenant_id}/os-quota-sets/{project_id}",
        "/os/image/v1/cloudos/images/ftp",
        "/os/kinton/v1/v1/nodes/{baremetalId}/states/power",
        "/os/compute/v1/v1/resource/instance_vgpu/{resource_id}/metric/{meter_parameter}/measures",
        "/os/kinton/v1/quotaMange/queryAllQuotaManage",
        "/os/kinton/v1/quotaMange/saveQuotaManage",
        "/os/kinton/v1/quotaMange/deleteQuotaMange/{quotaUuid}",
        "/os/kinton/v1/keystone/types/AzoneProject/assigments",
        "/os/kinton/v1/cloudos/resource/norms/{serviceUuid}/{normUuid}",
        "/os/kinton/v1/cloudos/resource/norms/{projectId}",
        "/os/compute/v1/h3cloudos/computenode/checkout/config",
    ],
)
def test_keeps_the_odd_paths_of_the_reference(spelling: str):
    assert spelling in CONTRACT.document["paths"]


def test_what_is_expected_is_expected_of_examples_that_exist():
    answering = {operation["operationId"] for operation in OPERATIONS}
    assert EXPECTED.keys() <= EXAMPLES.keys() | answering


@pytest.mark.parametrize("name", EXAMPLES)
def test_accepts_the_request_example(name: str):
    check(*EXAMPLES[name])


def response_examples() -> Iterator[tuple[str, int, Any]]:
    for endpoint in CONTRACT.endpoints:
        operation = CONTRACT.document["paths"][endpoint.path][endpoint.method.lower()]
        for status, answer in operation["responses"].items():
            for media in answer.get("content", {}).values():
                for example in media.get("examples", {}).values():
                    yield endpoint.operation, int(status), example["value"]


@pytest.mark.parametrize(("operation", "status", "body"), list(response_examples()))
def test_accepts_the_answer_example(operation: str, status: int, body: Any):
    endpoint = next(endpoint for endpoint in CONTRACT.endpoints if endpoint.operation == operation)
    request = WireRequest(
        endpoint.method.lower(),
        endpoint.path,
        endpoint.path,
        wire_parameters({"x": "1"}, [], []),
        "application/json",
        None,
    )
    assert CONTRACT.check_answer(request, WireAnswer(status, json.dumps(body).encode())) == []


def test_refuses_an_answer_of_another_shape():
    request = WireRequest(
        "get",
        "",
        "/os/compute/v1/v2/{tenant_id}/servers",
        wire_parameters({"x": "1"}, [], []),
        "application/json",
        None,
    )
    assert CONTRACT.check_answer(request, WireAnswer(200, b'{"server": []}'))
    assert CONTRACT.check_answer(request, WireAnswer(200, b'{"servers": [{"id": 1}]}'))


def test_what_has_passed_is_not_judged_again(monkeypatch: pytest.MonkeyPatch):
    check("server-list", None, "judged-once", "limit=7")
    monkeypatch.setattr(CONTRACT, "_openapi", None)
    check("server-list", None, "judged-once", "limit=7", **{"X-Auth-Token": "another"})
    for other in [("other", "limit=7"), ("judged-once", "limit=8"), ("judged-once", "limit=7&limit=7")]:
        with pytest.raises(AttributeError):
            check("server-list", None, *other)


def plain(endpoint: Endpoint) -> bool:
    """Whether a request needs nothing but its address and the headers that all need."""
    parameters = CONTRACT.document["paths"][endpoint.path][endpoint.method.lower()].get("parameters", [])
    needed = {entry["name"] for entry in parameters if entry.get("required") and entry["in"] != "path"}
    choosy = [entry for entry in parameters if entry["in"] == "path" and "enum" in entry["schema"]]
    return not endpoint.has_body and not choosy and needed <= endpoint.headers.keys()


@pytest.mark.parametrize("endpoint", [*filter(plain, CONTRACT.endpoints)], ids=lambda endpoint: endpoint.operation)
def test_what_has_passed_lets_nothing_else_pass(endpoint: Endpoint):
    name = endpoint.operation
    check(name, None)
    wrong = [{header: value} for header in endpoint.headers for value in (None, "other")]
    assert all(refused(name, None, **headers) for headers in wrong)
    assert refused(name, None, **{"X-Auth-Token": None}) is endpoint.secured
    assert refused(name, None, "") is ("{" in endpoint.path)


# --- strictness: every way of spoiling an example must be noticed -----------------------------------------------

FREE_MAPS = {"driver_info", "metadata", "extra_specs"}


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all members and elements."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, key)
        yield from spots(member, (*path, key))


def spoiled(body: Any, path: tuple[Any, ...], change: Any) -> Any:
    copied = copy.deepcopy(body)
    parent = copied
    for key in path[:-1]:
        parent = parent[key]
    change(parent, path[-1])
    return copied


@pytest.mark.parametrize("name", EXAMPLES)
def test_refuses_an_unknown_member_anywhere(name: str):
    operation, body = EXAMPLES[name]
    objects = [path for path in spots({"root": body}) if path[-1] not in FREE_MAPS]
    for path in objects:
        changed = spoiled(
            {"root": body}, path, lambda parent, key: isinstance(parent[key], dict) and parent[key].update(surprise="x")
        )["root"]
        assert changed == body or refused(operation, changed), path


@pytest.mark.parametrize("name", EXAMPLES)
def test_refuses_a_missing_mandatory_member(name: str):
    operation, body = EXAMPLES[name]
    for path in spots(body):
        if isinstance(path[-1], int):
            continue
        changed = spoiled(body, path, lambda parent, key: parent.pop(key))
        assert refused(operation, changed) == (path[-1] not in EXPECTED.get(name, {}).get("optional", ())), path


@pytest.mark.parametrize("name", EXAMPLES)
def test_refuses_a_wrong_type_anywhere(name: str):
    operation, body = EXAMPLES[name]
    for path in spots(body):
        changed = spoiled(
            body,
            path,
            lambda parent, key: (
                parent.update({key: [[]]}) if isinstance(parent, dict) else parent.__setitem__(key, 1.5)
            ),
        )
        assert refused(operation, changed), path


@pytest.mark.parametrize(("name", "path", "value"), REFUSED)
def test_refuses_what_breaks_a_rule(name: str, path: str, value: Any):
    operation, body = EXAMPLES[name]
    assert refused(operation, spoiled(body, tuple(path.split(".")), lambda parent, key: parent.update({key: value})))


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("flavor-create", "flavor.id", "auto"),
        ("flavor-create", "flavor.id", "00974fcf-6cde-4647-a3b9-8fa9faedb061"),
        ("flavor-create", "flavor.rxtx_factor", 2),
        ("server-create", "server.user_data", "I2Nsb3VkLWNvbmZpZwo="),
        ("server-create", "server.metadata.own", "value"),
        ("server-create", "server.imageRef", "any-id-" * 20),
        ("server-shelve", "shelve", None),
    ],
)
def test_accepts_what_only_looks_odd(name: str, path: str, value: Any):
    operation, body = EXAMPLES[name]
    check(operation, spoiled(body, tuple(path.split(".")), lambda parent, key: parent.update({key: value})))


def image(**changes: Any) -> dict[str, Any]:
    body = {**EXAMPLES["image-create"][1], **changes}
    return {name: value for name, value in body.items() if value is not None}


@pytest.mark.parametrize(
    ("body", "legal"),
    [
        (image(virt_type="CAS", vmware_ostype=None), True),
        (image(virt_type="CAS", cas_ostype=None), False),
        (image(virt_type="VMware", cas_ostype=None), True),
        (image(virt_type="VMware", vmware_ostype=None), False),
        (image(virt_type="VMware", sysdisk_type=None), False),
        (image(virt_type="CAS", sysdisk_type=None), True),
        (image(virt_type="KVM", cas_ostype=None, vmware_ostype=None), False),
    ],
)
def test_the_os_type_fits_the_virtualization_type(body: Any, legal: bool):
    assert refused("image-create", body) != legal


def test_a_body_must_not_mix_two_actions():
    assert refused("server-action", {"os-start": None, "os-stop": None})
    assert refused("server-action", {})


def test_a_server_is_made_from_an_image_or_a_volume_not_both():
    body = copy.deepcopy(EXAMPLES["server-create-from-volume"][1])
    body["server"]["imageRef"] = "1"
    assert refused("servers-post", body)


def test_a_bare_metal_instance_is_of_one_kind_of_network_and_no_virtual_server():
    flat = EXAMPLES["baremetal-instance-create-flat"][1]
    for member in ("force_gw_network", "node_port_map", "h3c_extend_api", "cvk"):
        mixture = copy.deepcopy(flat)
        mixture["server"]["metadata"][member] = "true"
        assert refused("servers-post", mixture)
    mixture = copy.deepcopy(flat)
    mixture["server"]["networks"].append({"uuid": "1", "enable_gateway": "true"})
    assert refused("servers-post", mixture)
    virtual = copy.deepcopy(EXAMPLES["server-create"][1])
    virtual["server"]["metadata"]["extraType"] = "BareMetal"
    assert refused("servers-post", virtual)


SELECTING = {"H3CloudOS-Core-Target": "bare_metal", "X-OpenStack-Ironic-API-Version": "1.34"}


def test_every_request_to_bare_metal_selects_its_service():
    ours = [endpoint for endpoint in CONTRACT.endpoints if endpoint.path.startswith("/os/kinton/v1/v1/")]
    assert len(ours) == 22
    assert all(endpoint.headers == SELECTING for endpoint in ours)
    others = {endpoint.operation: endpoint.headers for endpoint in CONTRACT.endpoints if endpoint not in ours}
    assert {name: headers for name, headers in others.items() if headers} == {
        name: {"H3CloudOS-Core-Target": "compute"} for name in ("os-service-list", "os-host-list")
    }


@pytest.mark.parametrize("operation", ["baremetal-node-list", "baremetal-node-power", "baremetal-port-list-all"])
@pytest.mark.parametrize("header", SELECTING)
@pytest.mark.parametrize("value", [None, "compute"])
def test_a_missing_or_wrong_selection_is_refused(api, operation, header, value):
    answer = api(operation, {"target": "power on"} if "power" in operation else None, headers={header: value}, **IDS)
    assert answer.status_code == 400
    assert header in answer.text


IDS = dict.fromkeys(("baremetalId", "portId"), "1")


def test_a_selection_where_none_belongs_is_refused(api):
    for header, value in SELECTING.items():
        answer = api("flavor-list", headers={header: value})
        assert answer.status_code == 400
        assert f"header {header} must be absent" in answer.json()["msg"]


@pytest.mark.parametrize("operation", ["baremetal-node-patch", "baremetal-port-patch", "baremetal-portgroup-patch"])
@pytest.mark.parametrize(
    ("body", "legal"),
    [
        ([{"op": "replace", "path": "/driver_info/ipmi_username", "value": "root"}], True),
        ([{"op": "remove", "path": "/name"}], True),
        ([{"op": "add", "path": "/extra", "value": {"rack": "1"}}], True),
        ([{"op": "add", "path": "/name"}], False),
        ([{"op": "test", "path": "/name", "value": "x"}], False),
        ([{"op": "add", "path": "name", "value": "x"}], False),
        ([], False),
        ({"op": "add", "path": "/name", "value": "x"}, False),
    ],
)
def test_json_patches_of_bare_metal(operation: str, body: Any, legal: bool):
    assert refused(operation, body) != legal


def test_a_masked_password_is_never_written_back():
    masked = [{"op": "replace", "path": "/driver_info/ipmi_password", "value": "******"}]
    assert refused("baremetal-node-patch", masked)


def test_openstack_demands_nothing_that_only_the_platform_knows():
    relaxed = load_contract("openstack").document["paths"]["/os/compute/v1/v2/{tenant_id}/servers"]["post"]
    strict = CONTRACT.document["paths"]["/os/compute/v1/v2/{tenant_id}/servers"]["post"]
    bodies = [
        document["requestBody"]["content"]["application/json"]["schema"]["oneOf"][0]["properties"]["server"]
        for document in (strict, relaxed)
    ]
    assert set(bodies[0]["required"]) - set(bodies[1]["required"]) == {"availability_zone"}
    assert bodies[0]["properties"]["metadata"]["required"] == ["user_name", "zone_uuid", "enableAdminPass"]
    assert bodies[1]["properties"]["metadata"]["required"] == []


@pytest.mark.parametrize(
    ("body", "legal"),
    [
        ([{"op": "replace", "path": "/min_disk", "value": 2}], True),
        ([{"op": "remove", "path": "/description"}], True),
        ([{"op": "replace", "path": "/name"}], False),
        ([{"op": "move", "path": "/name", "value": "x"}], False),
        ([{"op": "replace", "path": "name", "value": "x"}], False),
        ([], False),
        ({"op": "replace", "path": "/name", "value": "x"}, False),
    ],
)
def test_json_patches(body: Any, legal: bool):
    assert refused("image-patch", body) != legal


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"os-bla": None}, "fits none of: server-snapshot-create, server-start"),
        ({"reboot": {"type": "soft"}}, "reboot.type: 'soft' is not one of ['SOFT', 'HARD']"),
    ],
)
def test_says_what_is_wrong(body: Any, reason: str):
    with pytest.raises(ApiError) as caught:
        check("server-action", body)
    assert reason in caught.value.message
