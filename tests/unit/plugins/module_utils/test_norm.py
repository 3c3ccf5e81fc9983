# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Norms: the table of ids, services found by ids, values of every sub-norm, and what stands in the answers."""

from __future__ import annotations

import copy
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure import _norm_services, norm
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.norm import KNOWN, NORM, same_values
from simulator.contract import load_contract

CONSTANTS = load_contract().document["paths"]["/os/kinton/v1/cloudos/resource/norms/{projectId}"]["post"]["x-constants"]
SERVER = {"cpu": 8, "memory": 16, "system_disk": 60, "storage_type": "SSD"}
FIREWALL = {
    "uuid": "config-firewall",
    "serviceUuid": "service-firewall",
    "normUuid": "norm-firewall",
    "normName": "FirewallSpecify",
    "subTypes": [{"uuid": "type-firewall", "key": "firewallType"}],
}


def configuration(name):
    known = KNOWN[name]
    return {
        "uuid": f"config-{name}",
        "serviceUuid": "service-host" if known.is_host else f"service-{name}",
        "normUuid": f"norm-{name}",
        "normName": "ComputeNorm" if known.is_host else f"Norm-{name}",
        "subTypes": [{"uuid": uuid, "name": "规格"} for uuid in known.types.values()],
    }


class Cloud:
    """A client whose platform keeps norms as they are sent, and tells them by their service."""

    def __init__(self, *more, refuses_numbers=False):
        self.configurations = [*map(configuration, KNOWN), FIREWALL, *more]
        self.norms, self.made = [], 0
        self.refuses_numbers = refuses_numbers
        self.sent, self.read = [], []
        self.lookups, self.shared_lists = {}, {}
        self.redactor = Redactor()
        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="p"
        )

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        self.read.append((operation, params))
        return copy.deepcopy(self.configurations)

    def call(self, operation, params=None, query=None, body=None):
        if operation in (norm.LIST, _norm_services.LIST_OF_HOST):
            self.read.append((operation, params))
            return self._told(params)
        self.sent.append((operation, params, body))
        if operation is norm.CREATE:
            self._create(body)
            return None
        self.norms = [entry for entry in self.norms if entry["uuid"] != params["normUuid"]]
        return None

    def _told(self, params):
        """One object, as in the reference's example, with text that is not JSON beside what can be used."""
        mine = [entry for entry in self.norms if entry["norm_id"] == params["normUuid"]]
        return {
            "uuid": params["normUuid"],
            "model": "\\u005b'advance'\\u005d",
            "basics": [entry["told"] for entry in mine if "subNormUuid" in entry["told"]],
            "advances": [entry["told"] for entry in mine if "subNorms" in entry["told"]],
        }

    def _create(self, body):
        values = [v["value"] for n in body.get("advances", []) for v in n["subNorms"]]
        if self.refuses_numbers and not all(isinstance(value, str) for value in values):
            raise CloudError("value is no text", status=400)
        (meant,) = [
            entry
            for entry in self.configurations
            if entry["serviceUuid"] == body["serviceUuid"] and body.get("uuid", entry["normUuid"]) == entry["normUuid"]
        ]
        (sent,) = body.get("advances") or body["basics"]
        number = f"uuid-{self.made}"
        self.made += 1
        told = {**sent, "uuid": number, "normUuid": meant["normUuid"]}
        self.norms.append({"uuid": number, "norm_id": meant["normUuid"], "told": told})


def converge(cloud, check_mode=False, **options):
    return execution.converge(NORM, Context(cloud, {"state": "present", **options}, check_mode))


# --- the table ---------------------------------------------------------------------------------------------------


def test_the_table_has_every_id_of_the_reference_in_its_order():
    ours = [list(service.types.values()) for service in KNOWN.values()]
    assert ours == [[entry["uuid"] for entry in table["sub_norms"]] for table in CONSTANTS]


@pytest.mark.parametrize(("service", "table"), [*zip(KNOWN, CONSTANTS, strict=True)], ids=list(KNOWN))
def test_the_names_of_the_table_are_those_of_the_reference(service, table):
    told = table["service_en"].lower()
    other = {"server": "ordinary server", "non_relational_database": "non-relational database"}
    assert other.get(service, service.replace("_server", "").replace("_", " ")) in told.replace("big-data", "big data")
    for name, entry in zip(KNOWN[service].types, table["sub_norms"], strict=True):
        wanted = name.replace("_", " ")
        assert wanted in entry["name_en"].lower().replace("-", " "), entry["name_en"]


def test_no_id_stands_in_two_places():
    ids = [uuid for service in KNOWN.values() for uuid in service.types.values()]
    assert len(ids) == len(set(ids))
    assert KNOWN["public_ip"].types["bandwidth"] != KNOWN["object_storage"].types["capacity"]


# --- any norm ----------------------------------------------------------------------------------------------------

values = st.integers(0, 10**6) | st.sampled_from(["SSD", "普通", "0.5", "007", "1e3", "100"]) | st.just(0.25)


@st.composite
def documents(draw):
    service = draw(st.sampled_from([*KNOWN]))
    names = list(KNOWN[service].types)
    if draw(st.booleans()):
        return {"service": service, "kind": "single", "sub_norms": {draw(st.sampled_from(names)): draw(values)}}
    return {"service": service, "sub_norms": {name: draw(values) for name in names}}


@given(documents(), st.booleans())
def test_what_is_applied_twice_changes_nothing_the_second_time(document, refuses_numbers):
    cloud = Cloud(refuses_numbers=refuses_numbers)
    foretold = converge(cloud, check_mode=True, **document)
    assert cloud.sent == []
    done = converge(cloud, **document)
    again = converge(cloud, **document)
    in_words = converge(cloud, **{**document, "sub_norms": {k: str(v) for k, v in document["sub_norms"].items()}})

    assert foretold["actions"] == done["actions"] == ["create"]
    assert foretold["diff"] == done["diff"]
    assert same_values(done["norm"]["sub_norms"], document["sub_norms"])
    assert (again["changed"], again["norm"]) == (False, done["norm"])
    assert in_words["changed"] is False
    gone = converge(cloud, **document, state="absent")
    assert (gone["actions"], cloud.norms) == (["delete"], [])


# --- what is sent ------------------------------------------------------------------------------------------------


def test_a_norm_of_a_host_says_which_type_of_host_by_the_id_of_the_norm():
    cloud = Cloud()
    converge(cloud, service="server", sub_norms=SERVER, unit_price=3)
    ((operation, _params, body),) = cloud.sent
    assert operation is norm.CREATE
    assert (body["serviceUuid"], body["uuid"], body["models"]) == ("service-host", "norm-server", ["advance"])
    assert body["advances"][0]["unitPrice"] == 3
    assert "initPrice" not in body["advances"][0]
    assert [entry["value"] for entry in body["advances"][0]["subNorms"]] == [8, 16, 60, "SSD"]


def test_a_norm_of_another_service_has_no_type():
    cloud = Cloud()
    converge(cloud, service="public_ip", sub_norms={"bandwidth": 100})
    assert "uuid" not in cloud.sent[0][2]
    assert cloud.read[-1][0] is norm.LIST


def test_a_single_norm_is_sent_as_the_text_of_the_reference_has_it():
    cloud = Cloud()
    converge(cloud, service="server", kind="single", sub_norms={"cpu": 2})
    assert cloud.sent[0][2] == {
        "serviceUuid": "service-host",
        "normName": "ComputeNorm",
        "uuid": "norm-server",
        "basics": [
            {
                "subNormUuid": KNOWN["server"].types["cpu"],
                "subNormContent": {"valueType": "dispersed", "normValue": "2"},
            }
        ],
        "models": ["advance"],
    }


def test_text_is_sent_where_numbers_are_refused_and_only_then():
    cloud = Cloud(refuses_numbers=True)
    converge(cloud, service="server", sub_norms=SERVER)
    first, second = (body["advances"][0]["subNorms"] for _operation, _params, body in cloud.sent)
    assert [entry["value"] for entry in first] == [8, 16, 60, "SSD"]
    assert [entry["value"] for entry in second] == ["8", "16", "60", "SSD"]


@pytest.mark.parametrize(
    ("kind", "sub_norms", "operation"),
    [("combined", SERVER, norm.DELETE_COMBINED), ("single", {"cpu": 4}, norm.DELETE_SINGLE)],
)
def test_a_norm_is_deleted_by_its_own_id(kind, sub_norms, operation):
    cloud = Cloud()
    document = {"service": "server", "kind": kind, "sub_norms": sub_norms}
    made = converge(cloud, **document)["norm"]
    converge(cloud, **document, state="absent")
    assert cloud.sent[-1] == (operation, {"normUuid": made["id"]}, None)
    assert made["id"] != made["norm_id"]


# --- services ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["FirewallSpecify", "norm-firewall"])
def test_a_service_without_a_table_goes_by_its_norm_and_its_keys(service):
    cloud = Cloud()
    made = converge(cloud, service=service, sub_norms={"firewallType": "large"})["norm"]
    assert (made["service"], made["sub_norms"]) == ("FirewallSpecify", {"firewallType": "large"})
    assert converge(cloud, service=service, sub_norms={"firewallType": "large"})["changed"] is False


def test_another_type_of_host_needs_its_norm_in_the_path_too():
    cloud = Cloud({**FIREWALL, "serviceUuid": "service-host", "normName": "ArmNorm", "normUuid": "norm-arm"})
    converge(cloud, service="ArmNorm", sub_norms={"firewallType": "large"})
    assert cloud.read[-1] == (_norm_services.LIST_OF_HOST, {"serviceUuid": "service-host", "normUuid": "norm-arm"})
    assert cloud.sent[0][2]["uuid"] == "norm-arm"


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("config-server", "there is no service 'config-server'"),  # the id of the configuration means nothing
        ("service-volume", "there is no service"),
        ("ComputeNorm", "several services are named 'ComputeNorm'"),
    ],
)
def test_what_means_no_service_or_several_is_refused_with_those_that_there_are(service, words):
    with pytest.raises(OptionError, match=words) as raised:
        converge(Cloud(), service=service, sub_norms={"x": 1})
    assert "server" in raised.value.as_result()["msg"] + str(raised.value.hint)


# --- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"service": "server", "sub_norms": {"cpu": 8, "memory": 16}}, "system_disk, storage_type is missing"),
        ({"service": "server", "sub_norms": {**SERVER, "gpu_type": "T4"}}, "this service has no gpu_type"),
        ({"service": "server", "kind": "single", "sub_norms": SERVER}, "exactly one of cpu, memory"),
        ({"service": "server", "sub_norms": {**SERVER, "cpu": None}}, "cpu is None"),
        ({"service": "server", "sub_norms": {**SERVER, "cpu": [8]}}, r"cpu is \[8\]"),
        ({"service": "server", "sub_norms": {**SERVER, "cpu": True}}, "cpu is True"),
        ({"service": "server", "sub_norms": {**SERVER, "storage_type": " "}}, "storage_type is ' '"),
        ({"service": "server", "sub_norms": SERVER, "unit_price": -1}, "unit_price"),
        ({"service": "server", "kind": "single", "sub_norms": {"cpu": 1}, "initial_price": 1}, "initial_price"),
    ],
)
def test_a_norm_that_cannot_be_is_refused_before_anything_is_sent(options, words):
    cloud = Cloud()
    with pytest.raises(OptionError, match=words):
        converge(cloud, **options)
    assert (cloud.sent, cloud.read) == ([], [])


def test_two_norms_of_the_same_values_are_told_by_their_ids():
    cloud = Cloud()
    converge(cloud, service="public_ip", sub_norms={"bandwidth": 100})
    cloud.norms.append({**copy.deepcopy(cloud.norms[0]), "uuid": "uuid-9"})
    cloud.norms[-1]["told"]["uuid"] = "uuid-9"
    with pytest.raises(OptionError, match="2 norms of these values: uuid-0, uuid-9"):
        converge(cloud, service="public_ip", sub_norms={"bandwidth": 100})
    converge(cloud, service="public_ip", id="uuid-9", state="absent")
    assert [entry["uuid"] for entry in cloud.norms] == ["uuid-0"]


def test_other_values_for_an_id_are_an_error_unless_the_norm_may_be_replaced():
    cloud = Cloud()
    made = converge(cloud, service="server", sub_norms=SERVER)["norm"]
    with pytest.raises(OptionError, match="cannot change sub_norms"):
        converge(cloud, service="server", id=made["id"], sub_norms={"memory": 32})
    replaced = converge(cloud, service="server", id=made["id"], sub_norms={"memory": 32}, replace=True)
    assert replaced["actions"] == ["delete", "create"]
    assert replaced["norm"]["id"] != made["id"]
    assert replaced["norm"]["sub_norms"] == {**SERVER, "memory": 32}


# --- what is read ------------------------------------------------------------------------------------------------


def read(cloud, answer, service="server"):
    cloud.call = lambda operation, params=None, query=None, body=None: answer
    return info.gather(NORM, Context(cloud, {"service": service, "gather": ["norms"]}))["norms"]


CPU = KNOWN["server"].types["cpu"]
MORE = {
    "uuid": "a",
    "normUuid": "norm-server",
    "subNorms": [{"uuid": CPU, "value": 8}, {"uuid": "other", "value": "x"}],
}


@pytest.mark.parametrize("wrapped", [lambda part: part, lambda part: [part], lambda part: [{"uuid": "b"}, part]])
def test_one_object_is_as_good_as_a_list_and_foreign_parts_are_left_out(wrapped):
    (found,) = read(Cloud(), wrapped({"uuid": "norm-server", "basics": None, "advances": MORE}))
    assert (found["id"], found["kind"], found["sub_norms"]) == ("a", "combined", {"cpu": 8, "other": "x"})


def test_text_that_is_not_json_is_never_read_only_shown_where_there_is_nothing_else():
    text = "\\u007b'valueType':'dispersed','normValue':'1'\\u007d"
    basics = [
        {"uuid": "a", "subNormUuid": CPU, "subNormValue": text, "subNormContent": {"normValue": 1}},
        {"uuid": "b", "subNormUuid": CPU, "subNormValue": text},
    ]
    found = read(Cloud(), {"uuid": "norm-server", "basics": basics})
    assert [entry["sub_norms"]["cpu"] for entry in found] == [1, text]


@pytest.mark.parametrize("answer", [None, [], {}])
def test_a_service_without_norms_has_none(answer):
    assert read(Cloud(), answer) == []


def test_services_and_configurations_are_told_only_when_asked_for():
    cloud = Cloud()
    told = info.gather(NORM, Context(cloud, {"service": "FirewallSpecify", "gather": ["configurations"]}))
    assert told["norms"] == [] and "services" not in told
    (firewall,) = told["configurations"]
    assert (firewall["service"], firewall["id"], firewall["norm_id"]) == (
        "FirewallSpecify",
        "config-firewall",
        "norm-firewall",
    )
    assert firewall["sub_norm_types"][0]["name"] == "firewallType"
    assert len(cloud.read) == 1


def test_the_key_of_a_type_may_be_spelt_as_in_the_table():
    arm = {
        **FIREWALL,
        "serviceUuid": "service-arm",
        "normName": "Arm",
        "normUuid": "norm-arm",
        "subTypes": [{"uuid": "type-1", "Key": "cores"}],
    }
    assert converge(Cloud(arm), service="Arm", sub_norms={"cores": 4})["changed"] is True


@pytest.mark.parametrize("uuid", ["norm-server", "config-server", "request-1"])
def test_an_id_in_an_answer_that_the_reference_does_not_document_is_no_norm(uuid):
    cloud = Cloud()
    call = cloud.call

    def answering(operation, *arguments):
        answer = call(operation, *arguments)
        return {"uuid": uuid, "serviceUuid": "service-host"} if operation is norm.CREATE else answer

    cloud.call = answering
    made = converge(cloud, service="server", sub_norms=SERVER)
    assert made["norm"]["id"] == "uuid-0"
    assert converge(cloud, service="server", sub_norms=SERVER)["norm"] == made["norm"]


def test_the_norm_that_replaces_another_is_foreseen_without_its_id():
    cloud = Cloud()
    old = converge(cloud, service="server", sub_norms=SERVER)["norm"]
    options = {"service": "server", "id": old["id"], "sub_norms": {"cpu": 16}, "replace": True}
    foreseen, done = converge(cloud, check_mode=True, **options), converge(cloud, **options)
    assert foreseen["diff"] == done["diff"]
    assert "id" not in done["diff"]["after"]
    assert foreseen["norm"]["id"] is None and done["norm"]["id"] not in (None, old["id"])
