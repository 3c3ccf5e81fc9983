# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers: creation, lists, the state machine, volumes and NICs."""

from __future__ import annotations

import pytest

from simulator import seeds


def shown(api, server):
    return api("server-get", server_id=server["id"]).json()["server"]


# --- creation ---------------------------------------------------------------------------------------------------


def test_a_server_that_the_quota_has_no_room_for_is_refused(api, sim, server_body):
    sim.seed("quotas", id=seeds.ADMIN_PROJECT, compute={"instances": 1, "cores": -1, "ram": 1})
    response = api("server-create", server_body)
    assert response.status_code == 403 and "Quota exceeded for ram: Requested" in response.text
    assert sim.state("servers") == []


def test_a_server_builds_and_becomes_active(api, sim, server_body):
    response = api("server-create", server_body)
    created = response.json()["server"]
    assert response.status_code == 202
    assert created.keys() == {"security_groups", "OS-DCF:diskConfig", "id", "links", "adminPass"}
    building = shown(api, created)
    assert (building["status"], building["OS-EXT-STS:power_state"], building["addresses"]) == ("BUILD", 0, {})
    sim.advance(60)
    server = shown(api, created)
    assert (server["status"], server["OS-EXT-STS:vm_state"], server["OS-EXT-STS:power_state"]) == (
        "ACTIVE",
        "active",
        1,
    )
    assert server["adminPass"] == created["adminPass"]
    assert server["metadata"]["alias"] == "web"
    assert isinstance(server["created"], int)
    assert server["created"] > 1_600_000_000_000
    assert [address["addr"] for address in server["addresses"]["net-1"]] == ["192.168.0.2"]


def test_addresses_may_come_after_the_server_runs(api, sim, server_body):
    sim.settings(address_seconds=30)
    created = api("server-create", server_body).json()["server"]
    sim.advance(20)
    late = shown(api, created)
    assert (late["status"], late["addresses"]) == ("ACTIVE", {})
    sim.advance(30)
    assert list(shown(api, created)["addresses"]) == ["net-1"]


def test_a_floating_ip_stands_beside_the_address_that_it_leads_to(api, sim, server):
    network = sim.seed("networks", subnet_cidr="203.0.113.0/24", **{"router:external": True})[0]
    port = sim.state("servers")[0]["nics"][0]
    sim.seed("floating_ips", network_id=network["id"], port_id=port)
    (addresses,) = shown(api, server)["addresses"].values()
    assert [entry["OS-EXT-IPS:type"] for entry in addresses] == ["fixed", "floating"]


def test_a_server_may_fail_to_build(api, sim, server_body):
    sim.settings(fail_build="^we")
    created = api("server-create", server_body).json()["server"]
    sim.advance(60)
    server = shown(api, created)
    assert server["status"] == "ERROR"
    assert server["fault"]["code"] == 500
    assert "No valid host" in server["fault"]["message"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("imageRef", "nothing"),
        ("flavorRef", "nothing"),
        ("key_name", "nothing"),
        ("networks", [{"uuid": "nothing", "enable_gateway": "true"}]),
        ("networks", [{"uuid": seeds.NET_1, "enable_gateway": "true", "fixed_ip": "10.0.0.1"}]),
        ("networks", [{"uuid": seeds.NET_1, "enable_gateway": "true", "fixed_ip": "192.168.10.101"}]),
        ("security_groups", [{"name": "nothing"}]),
        ("availability_zone", "nothing"),
        ("availability_zone", "cinder191"),
        ("availability_zone", "nova12"),
        ("availability_zone", "nova11:nothing"),
        ("availability_zone", f"nova11:cpn-host11rc:{seeds.CVK}"),
    ],
)
def test_a_server_of_unknown_things_is_refused(api, server_body, path, value):
    server_body["server"][path] = value
    response = api("server-create", server_body)
    assert response.status_code == 400
    assert "server-create" not in response.json()["msg"], "refused by the service, not by the contract"
    assert api("server-list").json() == {"servers": []}


@pytest.mark.parametrize(
    "metadata",
    [
        {"cvk": seeds.CVK},
        {"zone_uuid": seeds.ZONE_NOVA12},
        {"storageTypeId": "nothing", "location": "isopool"},
        {"storageTypeId": seeds.STORAGE_TYPE, "location": "nothing"},
    ],
)
def test_the_metadata_have_to_fit(api, server_body, metadata):
    server_body["server"]["metadata"].update(metadata)
    assert api("server-create", server_body).status_code == 400


def test_a_location_goes_with_a_storage_type(api, server_body):
    server_body["server"]["metadata"]["storageTypeId"] = seeds.STORAGE_TYPE
    assert "'location' is a dependency" in api("server-create", server_body).json()["msg"]
    server_body["server"]["metadata"]["location"] = "isopool"
    assert api("server-create", server_body).status_code == 202


def test_an_image_must_be_active_and_fit_the_disk(api, sim, server_body):
    for change in ({"status": "queued"}, {"min_disk": 21}):
        server_body["server"]["imageRef"] = sim.seed("images", **change)[0]["id"]
        assert api("server-create", server_body).status_code == 400


def test_a_group_is_joined_and_left(api, sim, server_body):
    server_body["os:scheduler_hints"] = {"group": seeds.SERVER_GROUP}
    server = api("server-create", server_body).json()["server"]
    assert api("server-group-list").json()["server_groups"][0]["members"] == [server["id"]]
    api("server-delete", server_id=server["id"])
    sim.advance(60)
    assert api("server-group-list").json()["server_groups"][0]["members"] == []
    server_body["os:scheduler_hints"] = {"group": "nothing"}
    assert api("server-create", server_body).status_code == 400


def from_volume(server_body, volume, delete=False):
    del server_body["server"]["imageRef"]
    server_body["server"]["block_device_mapping_v2"] = [
        {
            "uuid": volume,
            "boot_index": "0",
            "source_type": "volume",
            "destination_type": "volume",
            "delete_on_termination": delete,
            "volume_size": "20",
        }
    ]
    return server_body


@pytest.mark.parametrize("delete", [True, False])
def test_a_server_boots_from_a_volume(api, sim, server_body, delete):
    created = api("server-create-from-volume", from_volume(server_body, seeds.SYSTEM_VOLUME, delete)).json()["server"]
    sim.advance(60)
    attached = api("server-volume-list", server_id=created["id"]).json()["volumeAttachments"]
    assert [(volume["volumeId"], volume["device"]) for volume in attached] == [(seeds.SYSTEM_VOLUME, "/dev/vda")]
    root = api("server-volume-detach", server_id=created["id"], volume_id=seeds.SYSTEM_VOLUME)
    assert root.status_code == 403
    api("server-delete", server_id=created["id"])
    sim.advance(60)
    volumes = {volume["id"]: volume["status"] for volume in sim.state("volumes")}
    assert volumes.get(seeds.SYSTEM_VOLUME) == (None if delete else "available")


@pytest.mark.parametrize("volume", [seeds.DATA_VOLUME_1, seeds.DEMO_VOLUME, "nothing"])
def test_a_volume_that_cannot_boot_is_refused(api, server_body, volume):
    assert api("server-create-from-volume", from_volume(server_body, volume)).status_code == 400


# --- lists ------------------------------------------------------------------------------------------------------


def names(response):
    return [server["name"] for server in response.json()["servers"]]


def test_pages_are_followed_by_marker(api, sim):
    sim.seed("servers", count=5, name="web-{n}")
    first = api("server-list-detail", query={"limit": 3})
    last = first.json()["servers"][-1]["id"]
    rest = api("server-list-detail", query={"limit": 3, "marker": last})
    assert names(first) + names(rest) == [f"web-{n}" for n in (5, 4, 3, 2, 1)]
    assert "servers_links" not in first.json()
    assert api("server-list-detail", query={"marker": "nothing"}).status_code == 400


def test_a_page_is_never_larger_than_the_platform_allows(api, sim):
    sim.seed("servers", count=5, name="web-{n}")
    sim.settings(max_limit=2)
    assert len(names(api("server-list-detail", query={"limit": 4}))) == 2
    assert len(names(api("server-list-detail"))) == 2
    assert len(names(api("server-list"))) == 2


def test_filters(api, sim, server):
    sim.seed("servers", name="web-2", status="SHUTOFF")
    sim.seed("servers", name="web", project_id=seeds.DEMO_PROJECT)
    found = {
        "name": ({"name": "web"}, 2),
        "anchored": ({"name": "^web$"}, 1),
        "status": ({"status": "shutoff"}, 1),
        "image": ({"image": server["image_id"]}, 1),
        "flavor": ({"flavor": server["flavor_id"]}, 1),
        "host": ({"host": "cpn"}, 2),
        "since": ({"changes-since": "2099-01-01T00:00:00Z"}, 0),
    }
    for query, count in found.values():
        assert len(names(api("server-list-detail", query=query))) == count, query
    assert api("server-list-detail", query={"name": "["}).status_code == 400


def test_a_thousand_servers_are_one_page(api, sim):
    sim.seed("servers", count=1000, name="web-{n:04d}")
    assert len(names(api("server-list-detail"))) == 1000


def test_servers_are_seen_in_their_project_only(api, server):
    assert api("server-get", server_id=server["id"], tenant_id=seeds.DEMO_PROJECT).status_code == 404


def test_a_server_is_renamed(api, server):
    renamed = api("server-rename", {"server": {"name": "new"}}, server_id=server["id"])
    assert renamed.json()["server"]["name"] == "new"
    assert shown(api, server)["name"] == "new"


def test_a_deleted_server_is_listed_for_a_while(api, sim, server):
    assert api("server-delete", server_id=server["id"]).status_code == 204
    assert names(api("server-list-detail")) == ["web"]
    assert api("server-stop", {"os-stop": None}, server_id=server["id"]).status_code == 409
    sim.advance(60)
    assert api("server-get", server_id=server["id"]).status_code == 404
    assert api("server-delete", server_id=server["id"]).status_code == 404
    assert [port for port in sim.state("ports") if port["server_id"] == server["id"]] == []


# --- the state machine ------------------------------------------------------------------------------------------

STATES = ["BUILD", "ACTIVE", "SHUTOFF", "SUSPENDED", "SHELVED", "VERIFY_RESIZE", "ERROR"]
ACTIONS = {
    "server-start": ({"os-start": None}, {"SHUTOFF": "ACTIVE"}),
    "server-stop": ({"os-stop": None}, {"ACTIVE": "SHUTOFF", "ERROR": "SHUTOFF"}),
    "server-suspend": ({"suspend": None}, {"ACTIVE": "SUSPENDED"}),
    "server-resume": ({"resume": None}, {"SUSPENDED": "ACTIVE"}),
    "server-reboot": ({"reboot": {"type": "SOFT"}}, {"ACTIVE": "ACTIVE"}),
    "hard": (
        {"reboot": {"type": "HARD"}},
        {"ACTIVE": "ACTIVE", "SHUTOFF": "ACTIVE", "SUSPENDED": "ACTIVE", "ERROR": "ACTIVE"},
    ),
    "server-shelve": ({"shelve": None}, {"ACTIVE": "SHELVED", "SHUTOFF": "SHELVED", "SUSPENDED": "SHELVED"}),
    "unshelve": ({"unshelve": ""}, {"SHELVED": "ACTIVE"}),
    "server-resize": ({"resize": {"flavorRef": "large"}}, {"ACTIVE": "ACTIVE", "SHUTOFF": "SHUTOFF"}),
    "live": ({"liveresize": {"flavorRef": "large"}}, {"ACTIVE": "ACTIVE"}),
}
OPERATION = {"hard": "server-reboot", "unshelve": "server-shelve", "live": "server-resize"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_goes_through_in_the_right_states_only(api, sim, action, state):
    sim.seed("flavors", id="large", name="large")
    task = "spawning" if state == "BUILD" else None
    server = sim.seed("servers", name="web", status=state, task=task)[0]
    body, results = ACTIONS[action]
    response = api(OPERATION.get(action, action), body, server_id=server["id"])
    if state not in results:
        assert response.status_code == 409
        assert shown(api, server)["status"] == state
        return
    assert (response.status_code, response.content) == (202, b"")
    again = api(OPERATION.get(action, action), body, server_id=server["id"])
    assert again.status_code == 409, "busy"
    sim.advance(60)
    assert shown(api, server)["status"] == results[state]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reboot": {"type": "SOFT"}}, "REBOOT"),
        ({"reboot": {"type": "HARD"}}, "HARD_REBOOT"),
        ({"resize": {"flavorRef": "large"}}, "RESIZE"),
        ({"os-stop": None}, "ACTIVE"),
    ],
)
def test_what_is_seen_meanwhile(api, sim, server, body, status):
    sim.seed("flavors", id="large", name="large")
    api("server-stop", body, server_id=server["id"])
    assert shown(api, server)["status"] == status


def test_a_resize_changes_the_flavor(api, sim, server):
    sim.seed("flavors", id="large", name="large")
    for wanted, status in (("nothing", 400), (server["flavor_id"], 400), ("large", 202)):
        response = api("server-resize", {"resize": {"flavorRef": wanted}}, server_id=server["id"])
        assert response.status_code == status
    sim.advance(60)
    assert shown(api, server)["flavor"]["id"] == "large"


@pytest.mark.parametrize("before", ["ACTIVE", "SHUTOFF"])
@pytest.mark.parametrize(
    ("operation", "body", "status", "flavor"),
    [
        ("server-resize-confirm", {"confirmResize": None}, 204, "large"),
        ("server-resize-revert", {"revertResize": None}, 202, "small"),
    ],
)
def test_a_resize_may_stop_for_a_decision(api, sim, before, operation, body, status, flavor):
    sim.settings(verify_resize=True)
    sim.seed("flavors", id="large", name="large")
    server = sim.seed("servers", name="web", status=before, flavor_id="small")[0]
    assert api(operation, body, server_id=server["id"]).status_code == 409
    api("server-resize", {"resize": {"flavorRef": "large"}}, server_id=server["id"])
    sim.advance(60)
    assert shown(api, server)["status"] == "VERIFY_RESIZE"
    assert api(operation, body, server_id=server["id"]).status_code == status
    sim.advance(60)
    assert (shown(api, server)["status"], shown(api, server)["flavor"]["id"]) == (before, flavor)


def test_the_console_has_a_uri_while_the_server_runs(api, sim, server):
    body = {"os-getVNCConsole": {"type": "novnc"}}
    console = api("server-console", body, server_id=server["id"]).json()["console"]
    assert console["type"] == "novnc"
    assert "token=" in console["URI"]
    off = sim.seed("servers", status="SHUTOFF")[0]
    assert api("server-console", body, server_id=off["id"]).status_code == 409


# --- volumes and NICs -------------------------------------------------------------------------------------------


def attach(api, server, volume):
    return api("server-volume-attach", {"volumeAttachment": {"volumeId": volume}}, server_id=server["id"])


def volumes(api, server):
    attached = api("server-volume-list", server_id=server["id"]).json()["volumeAttachments"]
    return {volume["volumeId"]: volume["device"] for volume in attached}


def test_volumes_come_and_go_in_the_background(api, sim, server):
    answer = attach(api, server, seeds.DATA_VOLUME_1).json()["volumeAttachment"]
    assert answer["id"] == answer["volumeId"] == seeds.DATA_VOLUME_1
    attach(api, server, seeds.DATA_VOLUME_2)
    assert volumes(api, server) == {}
    sim.advance(60)
    assert len(set(volumes(api, server).values())) == 2
    detached = api("server-volume-detach", server_id=server["id"], volume_id=seeds.DATA_VOLUME_1)
    assert (detached.status_code, detached.content) == (200, b"")
    assert len(volumes(api, server)) == 2
    sim.advance(60)
    assert list(volumes(api, server)) == [seeds.DATA_VOLUME_2]
    gone = api("server-volume-detach", server_id=server["id"], volume_id=seeds.DATA_VOLUME_1)
    assert gone.status_code == 404


def test_a_volume_is_attached_once_unless_it_can_be_shared(api, sim, server):
    other = sim.seed("servers", name="other")[0]
    for volume in (seeds.DATA_VOLUME_1, seeds.SHARED_VOLUME):
        attach(api, server, volume)
    sim.advance(60)
    assert attach(api, server, seeds.DATA_VOLUME_1).status_code == 409
    assert attach(api, other, seeds.DATA_VOLUME_1).status_code == 400
    assert attach(api, other, seeds.SHARED_VOLUME).status_code == 200
    assert attach(api, other, "nothing").status_code == 404
    assert attach(api, other, seeds.DEMO_VOLUME).status_code == 404


def test_a_suspended_server_takes_no_volume(api, sim):
    server = sim.seed("servers", status="SUSPENDED")[0]
    assert attach(api, server, seeds.DATA_VOLUME_1).status_code == 409


def test_attachable_volumes_are_the_free_ones_of_the_project(api, sim, server):
    attach(api, server, seeds.DATA_VOLUME_1)
    body = {
        "draw": 0,
        "startIndex": 0,
        "length": 1,
        "order": "diskName",
        "ascendingOrder": "asc",
        "paging": False,
        "filterMap": {},
    }
    answer = api("server-attachable-volume-list", body, server_id=server["id"]).json()
    assert {volume["diskName"] for volume in answer["data"]} == {"data-2", "shared-1", "system-1"}
    assert answer["count"] == 3
    body["filterMap"] = {"diskName": "data"}
    assert api("server-attachable-volume-list", body, server_id=server["id"]).json()["count"] == 1


def plug(api, server, port, **more):
    body = {"interfaceAttachment": {"port_id": port, **more}}
    return api("server-interface-attach", body, server_id=server["id"])


def nics(api, server):
    return api("server-interface-list", server_id=server["id"]).json()["interfaceAttachments"]


def test_one_nic_is_an_object_and_several_are_an_array(api, sim, server):
    assert isinstance(nics(api, server), dict)
    answer = plug(api, server, seeds.PORT_1).json()["interfaceAttachments"]
    assert (answer["port_id"], answer["net_id"]) == (seeds.PORT_1, seeds.NET_1)
    assert isinstance(nics(api, server), dict), "still under way"
    sim.advance(60)
    assert [nic["port_state"] for nic in nics(api, server)] == ["ACTIVE", "ACTIVE"]
    for nic in nics(api, server):
        assert api("server-interface-detach", server_id=server["id"], port_id=nic["port_id"]).status_code == 200
    sim.advance(60)
    assert nics(api, server) == []
    assert [port["server_id"] for port in sim.state("ports") if port["id"] == seeds.PORT_1] == [None]


def test_a_port_is_used_once(api, sim, server):
    other = sim.seed("servers", name="other")[0]
    assert plug(api, server, seeds.PORT_1).status_code == 200
    assert plug(api, other, seeds.PORT_1).status_code == 400
    assert plug(api, other, "nothing").status_code == 404
    assert plug(api, other, seeds.DEMO_PORT).status_code == 404
    missing = api("server-interface-detach", server_id=other["id"], port_id=seeds.PORT_2)
    assert missing.status_code == 404


def test_a_vmware_server_wants_its_password_for_a_nic(api, sim):
    server = sim.seed("servers", name="vm", zone_id=seeds.ZONE_NOVA12)[0]
    assert plug(api, server, seeds.PORT_1).status_code == 400
    assert plug(api, server, seeds.PORT_1, password="os-secret").status_code == 200


# --- what nova refuses by state, and what stands beside the reference ---------------------------------------------


def test_a_server_is_put_into_a_network_at_an_address(api, sim, server):
    def enter(**members):
        wanted = {"net_id": seeds.NET_2, **members}
        return api("server-interface-create", {"interfaceAttachment": wanted}, server_id=server["id"])

    assert enter(fixed_ips=[{"ip_address": "10.20.0.9"}]).status_code == 200
    sim.advance(60)
    assert enter().status_code == 200
    sim.advance(60)
    assert [entry["addr"] for entry in shown(api, server)["addresses"]["net-2"]] == ["10.20.0.9", "10.20.0.2"]
    assert enter(fixed_ips=[{"ip_address": "10.20.0.9"}]).status_code == 400
    assert enter(net_id="00000000-0000-4000-8000-000000000000").status_code == 400
    sim.seed("servers", id="off", status="SUSPENDED")
    body = {"interfaceAttachment": {"net_id": seeds.NET_2}}
    assert api("server-interface-create", body, server_id="off").status_code == 409


@pytest.mark.parametrize("state", ["SHELVED", "SHELVED_OFFLOADED", "SUSPENDED"])
def test_nothing_is_attached_to_a_server_that_sleeps(api, sim, state):
    server = sim.seed("servers", status=state)[0]
    volume = {"volumeAttachment": {"volumeId": seeds.DATA_VOLUME_1}}
    port = {"interfaceAttachment": {"port_id": seeds.PORT_1}}
    assert api("server-volume-attach", volume, server_id=server["id"]).status_code == 409
    assert api("server-interface-attach", port, server_id=server["id"]).status_code == 409


def test_volumes_and_ports_are_listed_beside_the_reference(api, sim, server_body):
    created = api("server-create", server_body).json()["server"]
    sim.advance(60)
    volumes = api("volume-list").json()["volumes"]
    assert {volume["name"] for volume in volumes} == {"data-1", "data-2", "shared-1", "system-1"}
    ports = [port for port in api("os-port-list").json()["ports"] if port["device_id"] == created["id"]]
    assert [port["network_id"] for port in ports] == [seeds.NET_1]
    sim.settings(volumes_and_ports="unlisted")
    assert api("volume-list").status_code == api("os-port-list").status_code == 404


def test_a_server_may_embed_its_flavor(api, sim):
    sim.seed("flavors", id="f", name="small", vcpus=2)
    server = sim.seed("servers", flavor_id="f")[0]
    sim.settings(server_flavor="embedded")
    flavor = shown(api, server)["flavor"]
    assert (flavor["original_name"], flavor["vcpus"], "id" in flavor) == ("small", 2, False)


def test_nova_answers_a_change_with_less_than_a_read(api, sim):
    server = sim.seed("servers")[0]
    sim.settings(shape="openstack")
    answer = api("server-rename", {"server": {"name": "other"}}, server_id=server["id"]).json()["server"]
    assert not [name for name in answer if name.startswith("OS-EXT")]
    assert [*answer["addresses"]["net-1"][0]] == ["addr", "version"]
    sim.seed("servers", status="SHELVED_OFFLOADED", name="away")
    listed = {entry["name"]: entry for entry in api("server-list-detail").json()["servers"]}
    assert listed["away"]["OS-EXT-SRV-ATTR:host"] is None and listed["other"]["OS-EXT-SRV-ATTR:host"]
