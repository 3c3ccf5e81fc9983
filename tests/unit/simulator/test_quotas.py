# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quotas: the whole document or nothing, one of three forms, and what is used of them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from simulator import seeds
from simulator.contract import load_contract

_PUT = load_contract().document["paths"]["/os/kinton/v1/keystone/{tenant_id}/os-quota-sets/{project_id}"]["put"]
EXAMPLES = {
    name: example["value"] for name, example in _PUT["requestBody"]["content"]["application/json"]["examples"].items()
}
NEWEST = "vm-snapshot-quota-update"


def put(api: Any, body: Any, form: str = NEWEST, **path: str) -> Any:
    return api(form, body, **{"project_id": seeds.DEMO_PROJECT, **path})


def limits(api: Any, project_id: str = seeds.DEMO_PROJECT) -> Any:
    (entry,) = api("limits-get", projectId=project_id).json()["all_limits"]
    return entry["absolute"]


def changed(**sections: Any) -> Any:
    document = copy.deepcopy(EXAMPLES[NEWEST])
    for section, members in sections.items():
        document[section] = {**document[section], **members}
    return document


@pytest.mark.parametrize("form", EXAMPLES)
def test_a_platform_goes_by_one_form(api, sim, form):
    sim.settings(quota_form=form)
    for name, body in EXAMPLES.items():
        answer = put(api, body, name)
        assert answer.status_code == (200 if name == form else 400), answer.text
    assert limits(api)["maxTotalCores"] == int(EXAMPLES[form]["compute"]["quota_set"]["cores"])


def test_what_is_written_is_told_under_other_names(api):
    assert put(api, EXAMPLES[NEWEST]).json() == EXAMPLES[NEWEST]
    told = limits(api)
    assert (told["projectId"], told["maxTotalRAMSize"], told["maxVpc"]) == (seeds.DEMO_PROJECT, 513024, 501)
    assert told["maxComputeExtendAutoVirtualSnaps"] == 251
    addresses = [{"start_ip": "192.168.0.1", "end_ip": "192.168.255.255"}]
    assert told["network_addresses"] == [{"cidr": "192.168.0.0/16", "ip_pools": addresses}]
    assert not [name for name in told if "router" in name.lower() or "share" in name.lower()]


def test_what_only_writing_names_is_kept(api, sim):
    put(api, EXAMPLES[NEWEST])
    (quota,) = [quota for quota in sim.state("quotas") if quota["id"] == seeds.DEMO_PROJECT]
    assert quota["network"]["router"] == 501
    assert quota["eisoo_backup"] == {"back_up": 500}


@pytest.mark.parametrize(
    "body",
    [
        changed(compute={"quota_set": {"cores": "1"}}),
        changed(compute={"quota_set": {"cores": 1, "instances": 1, "ram": 1}}),
        changed(network={"subnet": "1"}),
        changed(network={"subnet": -2}),
        changed(network={"surprise": 1}),
        {name: members for name, members in EXAMPLES[NEWEST].items() if name != "network"},
        {name: members for name, members in EXAMPLES[NEWEST].items() if name != "compute_extend"},
        {"compute": EXAMPLES[NEWEST]["compute"]},
        {},
    ],
    ids=str,
)
def test_a_part_or_another_type_is_refused(api, body):
    before = limits(api)
    assert put(api, body).status_code == 400
    assert limits(api) == before


def test_only_the_changed_project_changes(api):
    other = limits(api, seeds.EMPTY_PROJECT)
    put(api, EXAMPLES[NEWEST])
    assert limits(api, seeds.EMPTY_PROJECT) == other


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ({"tenant_id": seeds.DEMO_PROJECT, "project_id": seeds.ADMIN_PROJECT}, 403),
        ({"tenant_id": "nowhere"}, 404),
        ({"project_id": "nowhere"}, 404),
    ],
)
def test_the_first_project_of_the_path_is_that_of_the_user(api, path, status):
    assert put(api, EXAMPLES[NEWEST], **path).status_code == status


def test_members_read_their_own_limits_only(demo):
    assert demo("limits-get", projectId=seeds.DEMO_PROJECT).status_code == 200
    assert demo("limits-get", projectId=seeds.ADMIN_PROJECT).status_code == 403
    assert demo("limits-list-all").status_code == 403
    assert put(demo, EXAMPLES[NEWEST], tenant_id=seeds.DEMO_PROJECT).status_code == 403


def test_no_such_project(api):
    assert api("limits-get", projectId="nowhere").status_code == 404


def test_all_limits_are_those_of_all_projects(api, sim):
    sim.seed("projects", name="more-{n}", count=3)
    told = [entry["absolute"]["projectId"] for entry in api("limits-list-all").json()["all_limits"]]
    assert sorted(told) == sorted(project["id"] for project in sim.state("projects"))


def test_a_brief_list_tells_only_what_is_used(api, sim):
    sim.settings(brief_limits=True)
    for entry in api("limits-list-all").json()["all_limits"]:
        assert not [name for name in entry["absolute"] if name.startswith("max") or name == "network_addresses"]
    assert limits(api)["maxTotalCores"] == 1000


def test_an_older_platform_tells_no_snapshots(api, sim):
    sim.settings(quota_form="quota-update-extended")
    assert not [name for name in limits(api) if "ComputeExtend" in name]


def test_servers_and_volumes_are_what_is_used(api, sim, server, flavor):
    told = limits(api, seeds.ADMIN_PROJECT)
    assert (told["totalInstancesUsed"], told["totalCoresUsed"], told["totalRAMUsed"]) == (1, 1, 1024)
    own = [volume for volume in sim.state("volumes") if volume["project_id"] == seeds.ADMIN_PROJECT]
    assert (told["totalVolumesUsed"], told["totalGigabytesUsed"]) == (len(own), sum(v["size"] for v in own))
    assert limits(api, seeds.EMPTY_PROJECT)["totalInstancesUsed"] == 0
    api("server-delete", server_id=server["id"])
    sim.advance(60)
    assert limits(api, seeds.ADMIN_PROJECT)["totalInstancesUsed"] == 0


def test_what_nothing_here_uses_can_be_seeded(api, sim):
    sim.seed("quotas", id=seeds.DEMO_PROJECT, compute={"cores": 5}, used={"floatingip": 3})
    told = limits(api)
    assert (told["maxTotalCores"], told["totalFloatingIpsUsed"], told["maxTotalInstances"]) == (5, 3, 1000)
