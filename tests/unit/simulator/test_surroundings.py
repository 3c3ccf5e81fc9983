# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands around servers: snapshots, groups, transfers, leases, hypervisors and aggregates."""

from __future__ import annotations

import pytest

from simulator import seeds

HOST = "cpn-host11rc"


# --- snapshots --------------------------------------------------------------------------------------------------


def snapshot_of(server, name="weekly", **changes):
    metadata = {
        "is_snapshot": "snapshot",
        "user_id": seeds.ADMIN_USER,
        "operator_id": seeds.ADMIN_PROJECT,
        "user_name": "admin",
    }
    return {"createImage": {"name": name, "metadata": {**metadata, **changes}, "operator_id": server["id"]}}


def snapshots(api):
    images = api("server-snapshot-list").json()["images"]
    return [entry for entry in images if entry["metadata"].get("image_type") == "snapshot"]


def test_a_snapshot_appears_in_the_image_list_and_becomes_active(api, sim, server):
    response = api("server-snapshot-create", snapshot_of(server), server_id=server["id"])
    assert (response.status_code, response.content) == (202, b"")
    (saving,) = snapshots(api)
    assert (saving["status"], saving["progress"]) == ("SAVING", 50)
    assert api("server-stop", {"os-stop": None}, server_id=server["id"]).status_code == 409
    sim.advance(60)
    (taken,) = snapshots(api)
    assert (taken["status"], taken["progress"], taken["server"]["id"]) == ("ACTIVE", 100, server["id"])
    assert taken["metadata"]["base_image_ref"] == server["image_id"]
    assert api("server-snapshot-get", snapshot_id=taken["id"]).json() == {"images": [taken]}
    assert len(api("server-snapshot-list").json()["images"]) == 2, "the image of the server is in the list too"


def test_a_snapshot_tells_the_password_of_its_image(api, sim, server):
    image = sim.seed("images", vmware_password="123456")[0]
    told = sim.seed("servers", name="told", image_id=image["id"])[0]
    api("server-snapshot-create", snapshot_of(told), server_id=told["id"])
    assert snapshots(api)[0]["metadata"]["vmware_password"] == "123456"


@pytest.mark.parametrize(("shape", "statuses"), [("reference", ["ERROR"]), ("openstack", [])])
def test_a_snapshot_may_fail(api, sim, server, shape, statuses):
    sim.settings(fail_build="^weekly", shape=shape)
    api("server-snapshot-create", snapshot_of(server), server_id=server["id"])
    sim.advance(60)
    assert [entry["status"] for entry in snapshots(api)] == statuses


def test_a_snapshot_of_another_project_or_server_is_refused(api, server):
    for body in (snapshot_of(server, operator_id="x"), snapshot_of({"id": "x"})):
        assert api("server-snapshot-create", body, server_id=server["id"]).status_code == 400


def test_a_busy_server_has_no_snapshot(api, sim):
    built = sim.seed("servers", status="BUILD", task="spawning")[0]
    assert api("server-snapshot-create", snapshot_of(built), server_id=built["id"]).status_code == 409


def test_the_compute_service_deletes_whatever_image(api, sim, server):
    image = sim.seed("images")[0]
    assert api("server-snapshot-delete", snapshot_id=image["id"]).status_code == 204
    assert api("image-get", image_id=image["id"]).status_code == 404
    assert api("server-snapshot-delete", snapshot_id=image["id"]).status_code == 404


# --- server groups ----------------------------------------------------------------------------------------------


def test_a_group_is_made_without_an_answer_and_listed_with_those_of_others(api, demo, sim):
    body = {"server_group": {"name": "web", "policies": ["affinity"]}}
    made = demo("server-group-create", body)
    assert (made.status_code, made.content) == (200, b"")
    (own,) = demo("server-group-list").json()["server_groups"]
    assert (own["name"], own["members"], own["project_id"]) == ("web", [], seeds.DEMO_PROJECT)
    assert own in api("server-group-list").json()["server_groups"]
    assert demo("server-group-delete", id=seeds.SERVER_GROUP).status_code == 404
    assert demo("server-group-delete", id=own["id"]).status_code == 200
    assert demo("server-group-delete", id=own["id"]).status_code == 404


def test_nova_tells_a_new_group_and_those_of_the_project(api, sim):
    sim.settings(shape="openstack")
    sim.seed("server_groups", project_id=seeds.DEMO_PROJECT)
    made = api("server-group-create", {"server_group": {"name": "web", "policies": ["affinity"]}}).json()
    assert made["server_group"]["policies"] == ["affinity"]
    assert len(api("server-group-list").json()["server_groups"]) == 2


# --- whose it is, and for how long ------------------------------------------------------------------------------


def test_a_transfer_takes_a_moment(api, sim, server):
    body = {"transfer": {"user_id": seeds.DEMO_USER}}
    assert api("server-transfer", body, server_id=server["id"]).status_code == 202
    assert api("server-get", server_id=server["id"]).json()["server"]["user_id"] == seeds.ADMIN_USER
    sim.advance(60)
    assert api("server-get", server_id=server["id"]).json()["server"]["user_id"] == seeds.DEMO_USER
    assert api("server-transfer", body, server_id=server["id"]).status_code == 400, "it is that user's already"


def test_a_transfer_needs_a_user_and_a_server_at_rest(api, sim, server):
    assert api("server-transfer", {"transfer": {"user_id": "x"}}, server_id=server["id"]).status_code == 404
    busy = sim.seed("servers", task="spawning")[0]
    body = {"transfer": {"user_id": seeds.DEMO_USER}}
    assert api("server-transfer", body, server_id=busy["id"]).status_code == 409


def shortened(api, **changes):
    lease = {"uuid": seeds.LEASE, "resUuid": seeds.DATA_VOLUME_1, "resName": "data-1", "endTime": "2033-05-06 17:30:00"}
    return api("lease-shorten", {"resourceTenancy": {**lease, **changes}})


def test_a_lease_ends_earlier(api):
    lease = shortened(api).json()["resourceTenancy"]
    assert (lease["endTime"], lease["due"]) == (1_999_013_400_000, False)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"uuid": "x"}, 404),
        ({"resName": "x"}, 400),
        ({"resUuid": "x"}, 400),
        ({"endTime": "2099-01-01 00:00:00"}, 400),
        ({"endTime": "2001-01-01 00:00:00"}, 400),
        ({"endTime": "2033-13-01 00:00:00"}, 400),
    ],
)
def test_a_lease_that_cannot_be_shortened_so(api, changes, status):
    assert shortened(api, **changes).status_code == status


def test_users_are_listed_for_administrators(api, demo):
    assert {user["name"] for user in api("user-list").json()["users"]} == {"admin", "demo"}
    assert demo("user-list").status_code == 403


def test_graphics_cards_are_a_bare_array(api, sim, server):
    card = sim.seed("gpus", server_id=server["id"])[0]
    assert api("server-gpu-list", server_id=server["id"]).json() == [card["id"]]


# --- hosts ------------------------------------------------------------------------------------------------------


def test_hypervisors_have_texts_for_ids_and_count_what_servers_use(api, demo, sim, server, flavor):
    first, second = api("hypervisor-list-detail").json()["hypervisors"]
    assert (first["id"], first["hypervisor_hostname"], first["service"]["host"]) == ("1", seeds.CVK, HOST)
    assert (first["running_vms"], first["vcpus_used"], first["memory_mb_used"]) == (1, flavor["vcpus"], flavor["ram"])
    assert (second["hypervisor_hostname"], second["running_vms"]) == ("cpn-host12rc", 0)
    assert demo("hypervisor-list-detail").status_code == 403
    sim.settings(shape="openstack")
    assert api("hypervisor-list-detail").json()["hypervisors"][0]["id"] == 1


@pytest.fixture
def aggregate(sim):
    return sim.seed("aggregates", id="7", name="rack", availability_zone="nova11", hosts=[HOST])[0]


def test_an_aggregate_is_made_in_the_singular_and_shown_in_the_plural(api):
    made = api("aggregate-create", {"aggregate": {"name": "rack", "availability_zone": "nova11"}}).json()["aggregate"]
    assert made["id"] == 1
    assert "hosts" not in made
    assert made["updated_at"] is None
    (shown,) = api("aggregate-get", id="1").json()["aggregates"]
    assert (shown["hosts"], shown["updated_at"], shown["metadata"]) == ([], {}, {"availability_zone": "nova11"})
    again = api("aggregate-create", {"aggregate": {"name": "rack", "availability_zone": "nova12"}})
    assert again.status_code == 409


def test_aggregates_are_for_administrators(demo, aggregate):
    assert demo("aggregate-list", tenant_id=seeds.DEMO_PROJECT).status_code == 403
    assert demo("aggregate-get", tenant_id=seeds.DEMO_PROJECT, id="7").status_code == 403


def test_hosts_come_and_go(api, aggregate):
    added = api("aggregate-add-host", {"add_host": {"host": "cpn-host12rc"}}, id="7").json()["aggregates"][0]
    assert added["hosts"] == [HOST, "cpn-host12rc"]
    assert api("aggregate-add-host", {"add_host": {"host": HOST}}, id="7").status_code == 409
    assert api("aggregate-add-host", {"add_host": {"host": "x"}}, id="7").status_code == 404
    assert api("aggregate-delete", id="7").status_code == 400
    for host in added["hosts"]:
        assert api("aggregate-remove-host", {"remove_host": {"host": host}}, id="7").status_code == 200
    assert api("aggregate-remove-host", {"remove_host": {"host": HOST}}, id="7").status_code == 404
    assert api("aggregate-delete", id="7").status_code == 200
    assert api("aggregate-get", id="7").status_code == 404


def test_a_host_is_in_one_zone_only(api, sim, aggregate):
    sim.seed("aggregates", id="8", name="other", availability_zone="nova12")
    assert api("aggregate-add-host", {"add_host": {"host": HOST}}, id="8").status_code == 409
    body = {"aggregate": {"name": "other", "availability_zone": "nova11"}}
    assert api("aggregate-update", body, id="8").status_code == 200
    assert api("aggregate-add-host", {"add_host": {"host": HOST}}, id="8").status_code == 200
    body = {"aggregate": {"name": "other", "availability_zone": "nova12"}}
    assert api("aggregate-update", body, id="8").status_code == 409


def test_a_platform_may_refuse_to_take_hosts_out(api, sim, aggregate):
    sim.settings(host_removal="refused")
    assert api("aggregate-remove-host", {"remove_host": {"host": HOST}}, id="7").status_code == 400


def test_metadata_is_added_to_an_aggregate_and_removed_by_null(api, sim, aggregate):
    def metadata(**wanted):
        answer = api("aggregate-set-metadata", {"set_metadata": {"metadata": wanted}}, id="7")
        return answer.json()["aggregates"][0]["metadata"] if answer.status_code == 200 else answer.status_code

    assert metadata(ssd="true", rack="4") == {"availability_zone": "nova11", "ssd": "true", "rack": "4"}
    assert metadata(rack=None) == {"availability_zone": "nova11", "ssd": "true"}
    assert metadata(ssd=True) == 400
    sim.settings(beyond="refused")
    assert metadata(ssd="false") == 400


def test_soft_policies_came_with_a_version_of_novas_api(api, sim):
    def status(policy, **headers):
        body = {"server_group": {"name": policy, "policies": [policy]}}
        return api("server-group-create", body, headers=headers).status_code

    assert status("affinity") == 200
    assert status("soft-affinity") == 400
    assert status("soft-affinity", **{"X-OpenStack-Nova-API-Version": "2.14"}) == 400
    assert status("soft-affinity", **{"X-OpenStack-Nova-API-Version": "2.15"}) == 200
    sim.settings(beyond="refused")
    assert status("soft-anti-affinity", **{"X-OpenStack-Nova-API-Version": "2.15"}) == 400
