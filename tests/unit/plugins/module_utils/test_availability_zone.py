# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Availability zones: the whole zone is sent, names are told apart by type, and what is gathered is read once."""

from __future__ import annotations

import types

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity import project
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure import availability_zone
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.availability_zone import (
    AVAILABILITY_ZONE,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.references import KIND

ZONE = {
    "id": "id-0",
    "zone": "nova11",
    "labelName": "Zone 11",
    "description": "",
    "virtType": "CAS",
    "resourceType": "nova",
    "deleted": 0,
}
STORAGE = {**ZONE, "id": "id-1", "resourceType": "cinder"}


class Cloud:
    """A client whose platform is a list of zones; other answers are written down by operation and header."""

    def __init__(self, *zones, **answers):
        self.zones = [dict(zone) for zone in zones]
        self.answers = answers
        self.sent, self.read = [], []
        self.lookups, self.shared_lists, self.refusals = {}, {}, {}
        self.redactor = Redactor()
        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="p"
        )

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        self.read.append(operation.id)
        if operation is availability_zone.LIST:
            return [dict(zone) for zone in self.zones]
        if operation is project.LIST:
            return [{"id": "p-1", "name": "admin"}, {"id": "p-2", "name": "demo"}]
        if query is None:
            raise CloudError("targets is missing", status=400)
        return self.answers["projects"][query["targets"]]

    def call(self, operation, params=None, query=None, body=None):
        if operation is availability_zone.GET:
            return next(dict(zone) for zone in self.zones if zone["id"] == params["azone_id"])
        if operation.method == "GET":
            target = operation.headers.get("H3CloudOS-Core-Target")
            self.read.append(f"{operation.id} {target or params['hostName']}")
            answer = self.answers[operation.id.replace("-", "_")]
            if target:
                return answer[target]
            if params["hostName"] not in answer:
                raise CloudError("no such host", status=404)
            return answer[params["hostName"]]
        self.sent.append((operation, body))
        if operation is availability_zone.CREATE:
            self.zones.append({**ZONE, **body, "id": f"id-{len(self.zones)}"})
            return self.zones[-1]
        if operation is availability_zone.UPDATE:
            (zone,) = [zone for zone in self.zones if zone["id"] == body["id"]]
            zone.update(body)
            return zone
        return None


def converge(cloud, check_mode=False, **options):
    return execution.converge(AVAILABILITY_ZONE, Context(cloud, {"state": "present", **options}, check_mode))


def gather(cloud, **options):
    return info.gather(AVAILABILITY_ZONE, Context(cloud, options))["availability_zones"]


names = st.from_regex(r"[A-Za-z0-9_]{1,16}", fullmatch=True).filter(lambda name: name != "nova")
aliases = st.from_regex(r"[a-zA-Z \u4e00-\u4eff-]{1,32}", fullmatch=True)
documents = st.fixed_dictionaries(
    {"name": names, "virt_type": st.sampled_from(["CAS", "VMware"])},
    optional={"alias": aliases, "resource_type": st.sampled_from(["nova", "cinder"])},
)


@given(st.lists(documents, min_size=1, max_size=3))
def test_what_is_applied_twice_changes_nothing_the_second_time(wanted):
    cloud = Cloud()
    for document in wanted:
        bearers = [zone for zone in cloud.zones if zone["zone"] == document["name"]]
        assume(len(bearers) < 2 or "resource_type" in document)
        foretold, done = converge(cloud, check_mode=True, **document), converge(cloud, **document)
        again = converge(cloud, **document)
        assert (foretold["changed"], foretold["diff"]) == (done["changed"], done["diff"])
        assert (again["changed"], again["availability_zone"]) == (False, done["availability_zone"])


def test_an_update_sends_the_whole_zone_and_no_more():
    cloud = Cloud(ZONE)
    converge(cloud, name="nova11", alias="Another")
    assert cloud.sent == [
        (
            availability_zone.UPDATE,
            {"id": "id-0", "zone": "nova11", "labelName": "Another", "virtType": "CAS", "resourceType": "nova"},
        )
    ]


def test_a_new_zone_gets_its_name_as_the_alias_and_is_one_for_servers():
    cloud = Cloud()
    converge(cloud, name="building1", virt_type="CAS")
    assert cloud.sent[0][1] == {
        "zone": "building1",
        "labelName": "building1",
        "virtType": "CAS",
        "resourceType": "nova",
    }


def test_the_type_tells_two_zones_of_one_name_apart():
    cloud = Cloud(ZONE, STORAGE)
    assert converge(cloud, name="nova11", resource_type="cinder")["availability_zone"]["id"] == "id-1"
    assert converge(cloud, name="nova11", resource_type="NOVA", alias="Zone 11")["availability_zone"]["id"] == "id-0"
    with pytest.raises(OptionError, match="2 availability zones named 'nova11': id-0, id-1"):
        converge(cloud, name="nova11")


def test_a_zone_of_another_type_is_another_zone():
    cloud = Cloud(ZONE)
    assert converge(cloud, name="nova11", resource_type="cinder", state="absent")["changed"] is False
    assert converge(cloud, name="nova11", resource_type="cinder", virt_type="CAS")["actions"] == ["create"]
    assert converge(cloud, name="nova11", resource_type="nova")["changed"] is False
    assert [zone["resourceType"] for zone in cloud.zones] == ["nova", "cinder"]


def test_the_type_of_a_zone_is_changed_by_its_id():
    cloud = Cloud(ZONE)
    assert converge(cloud, id="id-0", resource_type="cinder")["actions"] == ["update"]
    assert [zone["resourceType"] for zone in cloud.zones] == ["cinder"]


def test_the_spelling_of_a_type_is_no_difference():
    cloud = Cloud({**ZONE, "virtType": "VMware"})
    assert converge(cloud, name="nova11", resource_type="Nova", virt_type="Vmware")["changed"] is False


@pytest.mark.parametrize("name", ["nova", "with-hyphen", "x" * 17, "", "可用域", " nova1"])
def test_names_that_no_zone_can_have_are_refused(name):
    cloud = Cloud()
    with pytest.raises(OptionError, match="name: "):
        converge(cloud, name=name, virt_type="CAS")
    assert (cloud.read, cloud.sent) == ([], [])


@pytest.mark.parametrize("alias", ["", "x" * 33, ".a", "a.", "a/b", "a:b", 'a"b', "a\uff1ab", "a|b"])
def test_aliases_that_no_zone_can_have_are_refused(alias):
    with pytest.raises(OptionError, match="alias: "):
        converge(Cloud(), name="building1", virt_type="CAS", alias=alias)


@pytest.mark.parametrize("option", ["virt_type", "resource_type"])
@pytest.mark.parametrize("value", ["", "x" * 256])
def test_types_that_no_zone_can_have_are_refused(option, value):
    with pytest.raises(OptionError, match=f"{option}: "):
        converge(Cloud(), **{"name": "building1", "virt_type": "CAS", option: value})


def test_servers_are_placed_in_compute_zones_only():
    assert [KIND.predicate(zone) for zone in (ZONE, STORAGE)] == [True, False]


# --- what is gathered --------------------------------------------------------------------------------------------

SERVICES = {
    "compute": {"services": [{"id": 1, "zone": "nova11", "host": "h1", "state": "up"}, {"id": 2, "zone": "internal"}]},
    "block_storage": {"services": [{"zone": "nova11", "host": "c1", "state": "down"}]},
}
HOSTS = {
    "compute": {
        "services": [
            {"zone": "nova11", "host_name": "h#1", "service": "compute"},
            {"zone": "nova11", "host_name": "h#1", "service": "consoleauth"},
            {"zone": "internal", "host_name": "h9", "service": "conductor"},
        ]
    },
    "block_storage": {"hosts": [{"zone": "nova11", "host_name": "c1", "service": "volume"}]},
}


def test_each_back_end_is_asked_once_for_all_zones():
    cloud = Cloud(ZONE, STORAGE, {**ZONE, "id": "id-2", "zone": "nova12"}, os_service_list=SERVICES)
    compute, storage, empty = gather(cloud, gather=["services"])
    assert [service["host"] for service in compute["services"]] == ["h1"]
    assert [(service["host"], service["state"]) for service in storage["services"]] == [("c1", "down")]
    assert empty["services"] == []
    assert cloud.read == ["azone-list", "os-service-list block_storage", "os-service-list compute"]


def test_a_back_end_without_zones_is_not_asked():
    cloud = Cloud(ZONE, os_service_list=SERVICES)
    gather(cloud, gather=["services"])
    assert cloud.read == ["azone-list", "os-service-list compute"]


def test_hosts_are_read_whatever_their_list_is_called():
    compute, storage = gather(Cloud(ZONE, STORAGE, os_host_list=HOSTS), gather=["hosts"])
    assert compute["hosts"] == [{"name": "h#1", "service": "compute"}, {"name": "h#1", "service": "consoleauth"}]
    assert storage["hosts"] == [{"name": "c1", "service": "volume"}]


def test_storage_pools_are_read_once_for_each_host():
    pool = {"status": 0, "preAllocation": 3, "name": "p", "totalSize": "2", "path": "/p", "type": "fs", "freeSize": 1}
    pools = {"h#1": {"hostpool": {"clusterName": "c", "storagePools": pool, "hpName": "hp"}}}
    compute, storage = gather(Cloud(ZONE, STORAGE, os_host_list=HOSTS, host_pool_list=pools), gather=["storage_pools"])
    assert compute["storage_pools"] == [
        {
            "host": "h#1",
            "cluster": "c",
            "node": None,
            "host_pool": "hp",
            "name": "p",
            "type": "fs",
            "path": "/p",
            "active": False,
            "total_mb": 2,
            "free_mb": 1,
            "allocated_mb": 3,
        }
    ]
    assert storage["storage_pools"] == []


def assignments(*pairs):
    """What the platform tells when it is asked for the zones of a project: perhaps those of others too."""
    return [{"actorId": zone, "targetId": owner, "azone": {"zone": zone}} for zone, owner in pairs]


def test_the_projects_of_a_zone_are_those_that_it_is_assigned_to():
    told = {"p-1": assignments(("id-0", "p-1"), ("id-1", "p-2")), "p-2": assignments(("id-1", "p-2"))}
    compute, storage = gather(Cloud(ZONE, STORAGE, projects=told), gather=["projects"])
    assert compute["projects"] == [{"id": "p-1", "name": "admin"}]
    assert storage["projects"] == [{"id": "p-2", "name": "demo"}]


def test_the_zones_of_a_project_by_its_name():
    cloud = Cloud(ZONE, STORAGE, projects={"p-2": assignments(("id-1", "p-2"), ("id-0", "p-1"))})
    (zone,) = gather(cloud, project="demo", gather=["projects"])
    assert (zone["id"], zone["projects"]) == ("id-1", [{"id": "p-2", "name": "demo"}])
    assert "azone-list" not in cloud.read


def test_a_project_that_check_mode_would_create_has_no_zones_yet():
    run = Context(Cloud(ZONE), {"project": "new"}, check_mode=True)
    assert info.gather(AVAILABILITY_ZONE, run)["availability_zones"] == []
    assert run.warnings
