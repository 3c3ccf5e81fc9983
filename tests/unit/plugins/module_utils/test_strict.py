# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OpenStack's own Nova, which refuses what CloudOS demands: it gets the other form, and only where that helps."""

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from unit.clock import Clock

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import connection
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute
from ansible_collections.h3c.cloudos.plugins.modules import cloudos_keypair, cloudos_server, cloudos_server_snapshot
from simulator import Simulator, seeds

KEYPAIR, SERVER = cloudos_keypair.DEFINITION, cloudos_server.DEFINITION
SNAPSHOT = cloudos_server_snapshot.DEFINITION
LOGIN = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin", "api_retries": 0}
PAIR = {"name": "k", "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "E" * 42}
MACHINE = {"name": "web", "image": "rocky", "flavor": "small", "networks": [{"id": seeds.NET_1}]}


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, Simulator() as running:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield running


@pytest.fixture
def cloud(simulator):
    simulator.reset()
    simulator.settings(shape="openstack", strict=True)
    simulator.seed("images", name="rocky")
    simulator.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)
    with Clock(simulator).installed():
        yield simulator


def run(cloud, entry, **options):
    """The result of one task, and the statuses of the creations that it sent."""
    given = {"api_url": cloud.url, **LOGIN, **options}
    validated = ArgumentSpecValidator(entry.spec, **entry.all_constraints).validate(given)
    assert not validated.error_messages, validated.error_messages
    before = len(cloud.log())
    client = Client(connection(validated.validated_parameters))
    try:
        result = execute(entry, client, validated.validated_parameters, False, False, 0)
    finally:
        client.close()
    sent = [entry for entry in cloud.log()[before:] if entry["method"] == "POST" and "tokens" not in entry["path"]]
    return result, [entry["status"] for entry in sent]


def test_a_key_pair_is_made_without_its_type(cloud):
    result, statuses = run(cloud, KEYPAIR, **PAIR)

    assert (result["actions"], statuses) == (["create"], [400, 200])
    assert run(cloud, KEYPAIR, **PAIR)[0]["actions"] == []


def test_a_key_pair_of_another_type_is_refused_once(cloud):
    certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    result, statuses = run(cloud, KEYPAIR, name="k", public_key=certificate, type="x509")

    assert "Additional properties" in result["msg"] and statuses == [400]
    assert cloud.state("keypairs") == []


def test_a_server_is_made_without_the_gateways_of_its_networks(cloud):
    result, statuses = run(cloud, SERVER, **MACHINE, availability_zone="nova11")

    assert (result["actions"], statuses) == (["create"], [400, 202])


def test_a_snapshot_is_taken_without_a_second_id_of_the_server(cloud):
    run(cloud, SERVER, **MACHINE, availability_zone="nova11")
    result, statuses = run(cloud, SNAPSHOT, name="snap", server="web")

    assert (result["actions"], statuses) == (["create"], [400, 202])
    assert run(cloud, SNAPSHOT, name="snap", server="web")[0]["actions"] == []


def test_what_is_refused_for_another_reason_is_not_sent_again(cloud):
    cloud.settings(strict=False)
    cloud.fault("status", match={"operation": "server-create"}, status=400)

    result, statuses = run(cloud, SERVER, **MACHINE, availability_zone="nova11")

    assert result["failed"] and statuses == [400]
    assert cloud.state("servers") == []
