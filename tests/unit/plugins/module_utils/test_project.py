# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects on a simulated platform: names within domains, zones, and what has to go before a project."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.check_memory import CheckMemory
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.project import PROJECT
from simulator import Simulator, seeds

DEFAULTS = {"state": "present", "replace": False, "purge_zones": False, "force": False}
OTHER_DOMAIN = "5f1c0d2b9a4e4a0f8a7c6b5d4e3f2a10"


@pytest.fixture(scope="module")
def running():
    with Simulator(build_seconds=0, action_seconds=0) as simulator:
        yield simulator


@pytest.fixture
def cloud(running):
    running.reset()
    running.seed("domains", id=OTHER_DOMAIN, name="acme")
    return running


def client_of(cloud):
    login = {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project": "admin"}
    return Client(Connection(cloud.url, **login))


def converge(cloud, check_mode=False, client=None, is_one_of_many=False, **options):
    run = Context(client or client_of(cloud), {**DEFAULTS, **options}, check_mode, is_one_of_many=is_one_of_many)
    return execution.converge(PROJECT, run)


def sent(cloud):
    return [entry["operation"] for entry in cloud.log() if not entry["operation"].startswith("token")]


def test_a_converged_project_costs_one_request_and_zones_two_more(cloud):
    converge(cloud, name="demo", zones=["nova11"])
    cloud.clear_log()

    assert not converge(cloud, name="demo", description="", enabled=True)["changed"]
    assert sent(cloud) == ["project-list"]
    cloud.clear_log()
    assert not converge(cloud, name="demo", zones=["nova11"])["changed"]
    assert sent(cloud) == ["project-list", "azone-project-list", "azone-list"]


def test_the_items_of_a_loop_share_the_list(cloud):
    client = client_of(cloud)
    for name in ("demo", "empty", "admin"):
        converge(cloud, client=client, name=name, enabled=True)

    assert sent(cloud) == ["project-list"]


@pytest.mark.parametrize(
    ("form", "reads"),
    [("of_all", ["all"]), ("of_one", ["all", "demo", "empty"]), ("none_of_all", ["all", "demo", "empty"])],
)
def test_the_items_of_a_loop_share_the_zones_of_all_projects_where_the_platform_lists_them(cloud, form, reads):
    cloud.settings(zone_assignments=form)
    cloud.seed("zones", zone="shared", projects=[seeds.DEMO_PROJECT, seeds.EMPTY_PROJECT])
    client = client_of(cloud)
    for name in ("demo", "empty"):
        assert not converge(cloud, client=client, is_one_of_many=True, name=name, zones=["shared"])["changed"]

    names = {seeds.DEMO_PROJECT: "demo", seeds.EMPTY_PROJECT: "empty", None: "all"}
    asked = [dict(entry["query"]).get("targets") for entry in cloud.log() if entry["operation"] == "azone-project-list"]
    assert [names[project] for project in asked] == reads


def test_an_item_of_a_loop_sees_the_zones_that_the_one_before_it_has_assigned(cloud):
    cloud.settings(zone_assignments="of_all")
    client = client_of(cloud)
    for changed in (True, False):
        result = converge(cloud, client=client, is_one_of_many=True, name="demo", zones=["nova11", "nova12"])
        assert result["changed"] is changed


def own_port(cloud):
    return cloud.seed("ports", project_id=seeds.EMPTY_PROJECT, network_id=seeds.NET_1, device_owner="network:dhcp")[0]


def test_ports_of_networks_are_in_the_way_unless_an_earlier_task_may_be_about_to_delete_them(cloud):
    """Ordinary modules do not know what earlier tasks of a checked play would have done."""
    port = own_port(cloud)
    for check_mode in (True, False):
        with pytest.raises(OptionError, match=rf"ports: network:dhcp \({port['id']}\)"):
            converge(cloud, check_mode=check_mode, name="empty", state="absent")
    options = {**DEFAULTS, "name": "empty", "state": "absent"}
    foretold = execution.converge(PROJECT, Context(client_of(cloud), options, True, memory=CheckMemory()))
    assert foretold["actions"][-1] == "delete"
    assert port["id"] in foretold["warnings"][0]


def test_what_is_in_a_project_can_be_gathered(cloud):
    port = own_port(cloud)
    run = Context(client_of(cloud), {"name": "empty", "gather": ["contents"]})
    (found,) = info.gather(PROJECT, run)["projects"]
    shown = {"id": port["id"], "name": None, "of_network": True}
    assert found["contents"] == {"servers": [], "volumes": [], "ports": [shown]}
    run = Context(client_of(cloud), {"name": "demo", "gather": ["contents"]})
    (found,) = info.gather(PROJECT, run)["projects"]
    assert "demo-data-1" in [volume["name"] for volume in found["contents"]["volumes"]]


def test_a_name_means_a_project_of_the_domain_and_of_the_default_one_if_none_is_given(cloud):
    there = cloud.seed("projects", name="demo", domain_id=OTHER_DOMAIN)[0]

    assert converge(cloud, name="demo")["project"]["id"] == seeds.DEMO_PROJECT
    for domain in ("acme", OTHER_DOMAIN):
        assert converge(cloud, name="demo", domain=domain)["project"]["id"] == there["id"]


def test_an_id_means_a_project_of_any_domain(cloud):
    there = cloud.seed("projects", name="demo", domain_id=OTHER_DOMAIN)[0]

    found = converge(cloud, id=there["id"])

    assert not found["changed"]
    assert found["project"]["domain"] == OTHER_DOMAIN


def test_a_project_is_made_in_a_domain_below_a_parent_of_that_domain(cloud):
    cloud.seed("projects", name="top")
    top = cloud.seed("projects", name="top", domain_id=OTHER_DOMAIN)[0]

    made = converge(cloud, name="finance", domain="acme", parent="top")["project"]

    assert (made["domain"], made["parent"]) == (OTHER_DOMAIN, top["id"])
    assert not converge(cloud, name="finance", domain="acme", parent="top")["changed"]


def test_the_domain_itself_may_be_the_parent(cloud):
    assert converge(cloud, name="finance", parent="default")["project"]["parent"] == "default"


def test_a_name_that_looks_like_an_id_is_a_name(cloud):
    name = "0123456789abcdef0123456789abcdef"
    cloud.seed("projects", name=name)

    assert not converge(cloud, name=name)["changed"]
    assert converge(cloud, name="below", parent=name)["changed"]


def test_a_new_name_may_be_that_of_a_project_in_another_domain_only(cloud):
    cloud.seed("projects", name="taken", domain_id=OTHER_DOMAIN)

    with pytest.raises(OptionError, match="'demo' is the name of another project"):
        converge(cloud, id=seeds.EMPTY_PROJECT, name="demo")
    assert converge(cloud, id=seeds.EMPTY_PROJECT, name="taken")["actions"] == ["update"]


def test_zones_of_one_name_are_told_by_their_ids(cloud):
    twin = cloud.seed("zones", zone="nova11", resourceType="cinder")[0]

    with pytest.raises(OptionError, match=f"several zones named 'nova11': .*{twin['id']}"):
        converge(cloud, name="empty", zones=["nova11"])
    assert converge(cloud, name="empty", zones=[twin["id"]])["project"]["zones"] == [twin["id"]]
    assert not converge(cloud, name="empty", zones=[twin["id"]])["changed"]


def test_zones_are_named_by_alias_and_repeated_without_harm(cloud):
    made = converge(cloud, name="empty", zones=["zone-one", "nova11", seeds.ZONE_NOVA11])

    assert made["actions"] == ["add_zone"]
    assert made["project"]["zones"] == ["nova11"]


def test_roles_and_zones_go_before_their_project(cloud):
    converge(cloud, name="empty", zones=["nova11", "nova12"])

    gone = ["remove_role", "remove_zone", "remove_zone", "delete"]
    assert converge(cloud, name="empty", state="absent")["actions"] == gone
    assert "DELETE user-role-group-remove" in [f"{entry['method']} {entry['operation']}" for entry in cloud.log()]


def test_a_project_is_not_deleted_while_something_is_left_in_it(cloud):
    cloud.seed("servers", name="web-{n}", count=7, project_id=seeds.EMPTY_PROJECT)

    with pytest.raises(OptionError) as caught:
        converge(cloud, name="empty", state="absent")

    assert "servers: web-1 (" in caught.value.message
    assert "and 2 more" in caught.value.message
    assert "web-6" not in caught.value.message
    assert converge(cloud, name="empty", state="absent", force=True)["actions"] == ["remove_role", "delete"]
    assert len(cloud.state("servers")) == 7


def test_a_project_with_children_is_not_deleted_with_force_either(cloud):
    with pytest.raises(OptionError, match=r"has child projects: demo .*, empty "):
        converge(cloud, name="admin", state="absent", force=True)


def test_what_is_left_is_found_where_a_token_is_for_one_project_only(cloud):
    cloud.settings(path_project="own")
    cloud.seed("servers", name="web", project_id=seeds.DEMO_PROJECT)
    cloud.seed("servers", name="ours")

    with pytest.raises(OptionError, match=r"servers: web .*; volumes: demo-data-1 .*; ports: .*demo-port"):
        converge(cloud, name="demo", state="absent")
    assert converge(cloud, name="empty", state="absent")["actions"] == ["remove_role", "delete"]


def test_where_lists_are_missing_people_are_told_that_nobody_looked(cloud):
    cloud.settings(volumes_and_ports="unlisted")

    result = converge(cloud, name="empty", state="absent")

    assert result["actions"] == ["remove_role", "delete"]
    assert [warning.split(",")[0] for warning in result["warnings"]] == [
        "The platform has no list of volumes",
        "The platform has no list of ports",
    ]


def test_where_a_list_is_refused_the_project_stays(cloud):
    cloud.fault("status", match={"operation": "volume-list"}, status=403, count=2)

    with pytest.raises(CloudError) as caught:
        converge(cloud, name="empty", state="absent")

    assert "force: true" in caught.value.hint
    assert seeds.EMPTY_PROJECT in {project["id"] for project in cloud.state("projects")}


def test_a_refused_list_of_zones_makes_no_difference_to_what_is_assigned(cloud):
    cloud.fault("status", match={"operation": "azone-list"}, status=403)

    with pytest.raises(CloudError):
        converge(cloud, name="demo", zones=["nova11"])


def test_keystone_alone_has_projects_without_zones(cloud):
    cloud.settings(shape="openstack")

    assert converge(cloud, name="finance")["actions"] == ["create"]
    with pytest.raises(CloudError) as caught:
        converge(cloud, name="finance", zones=["nova11"])
    assert caught.value.status == 404
    assert "Only CloudOS assigns zones" in caught.value.hint
    assert converge(cloud, name="finance", state="absent")["actions"] == ["delete"]


@pytest.mark.parametrize(
    ("operation", "options"),
    [
        ("project-create", {"name": "finance", "zones": ["nova11"]}),
        ("project-update", {"name": "empty", "description": "new"}),
        ("project-zone-assign", {"name": "empty", "zones": ["nova11"]}),
        ("project-zone-remove", {"name": "demo", "zones": [], "purge_zones": True}),
        ("project-delete", {"name": "empty", "state": "absent"}),
    ],
)
def test_what_was_done_is_not_done_twice_when_its_answer_is_lost(cloud, operation, options):
    cloud.fault("lost", match={"operation": operation})

    assert converge(cloud, **options)["changed"]
    assert not converge(cloud, **options)["changed"]
    assert len([project for project in cloud.state("projects") if project["name"] == "finance"]) <= 1


def test_a_project_that_another_process_has_just_made_is_brought_to_its_state(cloud):
    client = client_of(cloud)
    converge(cloud, client=client, name="demo")  # now the client has the list
    cloud.seed("projects", name="finance", description="made by another")

    result = converge(cloud, client=client, name="finance", description="ours")

    assert result["actions"] == ["update"]
    assert result["project"]["description"] == "ours"


def test_a_description_of_a_project_names_what_it_is_made_of(cloud):
    client = client_of(cloud)
    run = Context(client, {})
    raw = next(raw for raw in PROJECT.search(run) if raw["id"] == seeds.DEMO_PROJECT)

    described = PROJECT.describe(run, raw, PROJECT.read(raw))

    assert described.options == {"name": "demo", "parent": "admin", "zones": ["nova11"]}
    assert not described.gaps
