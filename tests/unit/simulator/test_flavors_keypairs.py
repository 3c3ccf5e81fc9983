# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flavors and key pairs."""

from __future__ import annotations

import pytest

from simulator import seeds

PUBLIC_KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== someone"


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
    ("change", "status"), [({"name": "taken"}, 409), ({"type": "pgp"}, 400), ({"public_key": "no key"}, 400)]
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
