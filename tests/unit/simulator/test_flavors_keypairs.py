# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flavors and key pairs."""

from __future__ import annotations

import pytest

from simulator import seeds

ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIE"
PUBLIC_KEY = f"ssh-ed25519 {ED25519}{'A' * 42} someone"


def wanted(**changes):
    return {"flavor": {"id": 1, "name": "HP_4*16*60", "ram": 16384, "vcpus": 4, "disk": 60, **changes}}


def test_a_new_flavor_has_an_id_of_its_own_and_text_for_numbers(api):
    flavor = api("flavor-create", wanted()).json()["flavors"][0]
    assert flavor["id"] != "1"
    assert (flavor["ram"], flavor["vcpus"], flavor["disk"]) == ("16384", "4", "60")
    assert (flavor["rxtx_factor"], flavor["swap"], flavor["OS-FLV-EXT-DATA:ephemeral"]) == ("1.0", "", "0")
    assert flavor["links"][0]["href"].startswith("http://172.25.80.30:9000/v2/")
    assert api("flavor-get", flavor_id=flavor["id"]).json() == {"flavor": flavor}
    assert api("flavor-list-detail").json() == {"flavors": [flavor]}
    assert api("flavor-list").json()["flavors"][0].keys() == {"id", "name", "links"}


def test_a_flavor_name_is_taken_once(api):
    api("flavor-create", wanted())
    assert api("flavor-create", wanted(id=2)).status_code == 409


def test_the_sent_id_can_be_kept(api, sim):
    sim.settings(flavor_id="sent")
    assert api("flavor-create", wanted(id="mine")).json()["flavors"][0]["id"] == "mine"
    assert api("flavor-create", wanted(id="mine", name="other")).status_code == 409
    assert len(api("flavor-create", wanted(id="auto", name="third")).json()["flavors"][0]["id"]) == 36


def test_a_flavor_goes_unless_that_is_refused(api, sim, flavor):
    sim.settings(flavor_delete="refused")
    assert api("flavor-delete", flavor_id=flavor["id"]).status_code == 405
    sim.settings(flavor_delete="supported")
    assert api("flavor-delete", flavor_id=flavor["id"]).status_code == 202
    assert api("flavor-delete", flavor_id=flavor["id"]).status_code == 404
    assert api("flavor-get", flavor_id=flavor["id"]).status_code == 404


def test_a_flavor_has_what_openstack_knows_beside_the_reference(api, sim):
    more = {"swap": 512, "OS-FLV-EXT-DATA:ephemeral": 20, "os-flavor-access:is_public": False}
    flavor = api("flavor-create", wanted(**more)).json()["flavors"][0]
    assert (flavor["swap"], flavor["OS-FLV-EXT-DATA:ephemeral"], flavor["os-flavor-access:is_public"]) == (
        "512",
        "20",
        False,
    )
    sim.settings(beyond="refused")
    assert [api("flavor-create", wanted(name=name, **{name: more[name]})).status_code for name in more] == [400] * 3
    assert api("flavor-extra-specs-list", flavor_id=flavor["id"]).status_code == 404


@pytest.fixture
def private(sim):
    return sim.seed("flavors", name="private", is_public=False)[0]


def test_a_private_flavor_is_seen_by_its_projects_and_by_administrators_who_ask_for_it(api, demo, private, flavor):
    def seen(client, project, **query):
        listed = client("flavor-list-detail", tenant_id=project, query=query).json()["flavors"]
        return [entry["name"] for entry in listed]

    assert seen(api, seeds.ADMIN_PROJECT) == seen(demo, seeds.DEMO_PROJECT, is_public="None") == [flavor["name"]]
    assert seen(api, seeds.ADMIN_PROJECT, is_public="None") == ["private", flavor["name"]]
    assert seen(api, seeds.ADMIN_PROJECT, is_public="false") == ["private"]
    assert demo("flavor-get", tenant_id=seeds.DEMO_PROJECT, flavor_id=private["id"]).status_code == 404
    body = {"addTenantAccess": {"tenant": seeds.DEMO_PROJECT}}
    assert api("flavor-access-add", body, flavor_id=private["id"]).status_code == 200
    assert seen(demo, seeds.DEMO_PROJECT) == ["private", flavor["name"]]
    assert demo("flavor-get", tenant_id=seeds.DEMO_PROJECT, flavor_id=private["id"]).status_code == 200


def test_projects_get_access_to_private_flavors_only_and_once(api, demo, private, flavor):
    add, remove = ({f"{verb}TenantAccess": {"tenant": seeds.DEMO_PROJECT}} for verb in ("add", "remove"))
    access = {"flavor_access": [{"flavor_id": private["id"], "tenant_id": seeds.DEMO_PROJECT}]}
    assert api("flavor-access-add", add, flavor_id=private["id"]).json() == access
    assert api("flavor-access-list", flavor_id=private["id"]).json() == access
    assert api("flavor-access-add", add, flavor_id=private["id"]).status_code == 409
    unknown = {"addTenantAccess": {"tenant": "unknown"}}
    assert api("flavor-access-add", unknown, flavor_id=private["id"]).status_code == 400
    assert api("flavor-access-remove", remove, flavor_id=private["id"]).json() == {"flavor_access": []}
    assert api("flavor-access-remove", remove, flavor_id=private["id"]).status_code == 404
    assert api("flavor-access-add", add, flavor_id=flavor["id"]).status_code == 409
    assert api("flavor-access-list", flavor_id=flavor["id"]).status_code == 404
    place = {"tenant_id": seeds.DEMO_PROJECT, "flavor_id": flavor["id"]}
    assert demo("flavor-access-add", add, **place).status_code == 403


def test_extra_specs_are_added_and_removed_one_by_one(api, demo, flavor):
    def send(operation, body=None, **path):
        return api(operation, body, flavor_id=flavor["id"], **path)

    assert send("flavor-extra-specs-set", {"extra_specs": {"a": "1", "hw:b": 2}}).json()["extra_specs"] == {
        "a": "1",
        "hw:b": "2",
    }
    assert send("flavor-extra-specs-set", {"extra_specs": {"a": "3"}}).status_code == 200
    assert send("flavor-extra-specs-list").json() == {"extra_specs": {"a": "3", "hw:b": "2"}}
    assert send("flavor-extra-spec-remove", key="hw:b").status_code == 200
    assert send("flavor-extra-spec-remove", key="hw:b").status_code == 404
    assert send("flavor-extra-specs-list").json() == {"extra_specs": {"a": "3"}}
    assert send("flavor-extra-specs-set", {"extra_specs": {"a/b": "1"}}).status_code == 400
    place = {"tenant_id": seeds.DEMO_PROJECT, "flavor_id": flavor["id"]}
    assert demo("flavor-extra-specs-set", {"extra_specs": {"a": "1"}}, **place).status_code == 403
    assert demo("flavor-extra-specs-list", **place).status_code == 200


@pytest.mark.parametrize(
    ("strict", "version", "there"), [(True, "2.61", True), (True, "2.60", False), (False, "2.61", False)]
)
def test_nova_returns_extra_specs_with_flavors_since_a_version(api, sim, flavor, strict, version, there):
    sim.settings(shape="openstack", strict=strict)
    headers = {"X-OpenStack-Nova-API-Version": version}
    (listed,) = api("flavor-list-detail", headers=headers).json()["flavors"]
    shown = api("flavor-get", flavor_id=flavor["id"], headers=headers).json()["flavor"]
    assert [("extra_specs" in entry) for entry in (listed, shown)] == [there, there]


def test_nova_refuses_a_version_that_it_does_not_have(api, sim):
    sim.settings(shape="openstack", strict=True, newest_minor=60)
    headers = {"X-OpenStack-Nova-API-Version": "2.61"}
    assert api("flavor-list-detail", headers=headers).status_code == 406
    assert api("flavor-list-detail").status_code == 200


def test_a_keypair_is_imported_and_wrapped_twice_in_the_list(api):
    created = api("keypair-create", {"keypair": {"name": "mykey", "type": "ssh", "public_key": PUBLIC_KEY}}).json()
    assert created["keypair"].keys() == {"name", "user_id", "public_key", "fingerprint"}
    assert created["keypair"]["user_id"] == seeds.ADMIN_USER
    entry = api("keypair-list").json()["keypairs"][0]["keypair"]
    assert entry == {name: created["keypair"][name] for name in ("name", "public_key", "fingerprint")}
    shown = api("keypair-get", keypair_name="mykey").json()["keypair"]
    assert (shown["id"], shown["deleted"], shown["deleted_at"]) == (1, False, None)


def test_a_generated_keypair_has_no_private_key_in_the_answer(api):
    keypair = api("keypair-create", {"keypair": {"name": "mykey", "type": "ssh"}}).json()["keypair"]
    assert keypair["public_key"].startswith("ssh-rsa AAAAB3Nza")
    assert "private_key" not in keypair


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "taken"}, 409),
        ({"type": "pgp"}, 400),
        ({"public_key": "no key"}, 400),
        ({"public_key": f"ssh-ed25519 {ED25519}{'A' * 38}"}, 400),
        ({"public_key": f"ssh-ed25519 {ED25519}{'A' * 46}"}, 400),
        ({"public_key": f"ssh-rsa {ED25519}{'A' * 42}"}, 400),
    ],
)
def test_keypairs_that_are_refused(api, sim, change, status):
    sim.seed("keypairs", name="taken")
    body = {"keypair": {"name": "mykey", "type": "ssh", "public_key": PUBLIC_KEY, **change}}
    assert api("keypair-create", body).status_code == status


def test_keypairs_belong_to_the_user_whatever_the_project(api, demo, sim):
    sim.seed("keypairs", name="mykey")
    assert len(api("keypair-list", tenant_id=seeds.DEMO_PROJECT).json()["keypairs"]) == 1
    assert demo("keypair-list", tenant_id=seeds.DEMO_PROJECT).json() == {"keypairs": []}
    assert demo("keypair-delete", tenant_id=seeds.DEMO_PROJECT, keypair_name="mykey").status_code == 404
    assert api("keypair-delete", keypair_name="mykey").status_code == 202
    assert api("keypair-get", keypair_name="mykey").status_code == 404
