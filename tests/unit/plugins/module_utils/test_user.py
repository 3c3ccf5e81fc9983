# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users on a simulated platform: domains, passwords, and roles on CloudOS and on OpenStack alone."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import AnswerLost, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.user import USER
from simulator import Simulator, seeds

DEFAULTS = {"state": "present", "replace": False, "purge_roles": False, "update_password": "on_create"}
OTHER_DOMAIN = "5f1c0d2b9a4e4a0f8a7c6b5d4e3f2a10"
PASSWORD = "Correct-Horse-7"


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


def converge(cloud, check_mode=False, client=None, **options):
    run = Context(client or client_of(cloud), {**DEFAULTS, **options}, check_mode)
    return execution.converge(USER, run)


def sent(cloud):
    return [entry["operation"] for entry in cloud.log() if not entry["operation"].startswith("token")]


def stored(cloud, name):
    return next(user for user in cloud.state("users") if user["name"] == name)


def role(project, role):
    return {"project": project, "role": role}


DEMO = [role("demo", "user")]


def test_a_converged_user_costs_one_request_and_roles_two_more(cloud):
    assert not converge(cloud, name="demo", enabled=True)["changed"]
    assert sent(cloud) == ["keystone-user-list"]
    cloud.clear_log()
    assert not converge(cloud, name="demo", roles=DEMO)["changed"]
    assert sent(cloud) == ["keystone-user-list", "user-project-group-list", "project-list"]


def test_the_items_of_a_loop_share_what_is_read(cloud):
    client = client_of(cloud)
    for roles in (DEMO, [role(seeds.DEMO_PROJECT, seeds.NORMAL_USERS)], DEMO):
        assert not converge(cloud, client=client, name="demo", roles=roles)["changed"]

    assert sorted(sent(cloud)) == ["keystone-user-list", "project-list", "user-project-group-list"]


def test_what_a_loop_has_given_it_sees(cloud):
    client = client_of(cloud)
    cloud.seed("users", name="ann")

    assert converge(cloud, client=client, name="ann", roles=DEMO)["actions"] == ["add_role"]
    assert not converge(cloud, client=client, name="ann", roles=DEMO)["changed"]


def test_a_name_means_a_user_of_the_domain_and_of_the_default_one_if_none_is_given(cloud):
    there = cloud.seed("users", name="demo", domain_id=OTHER_DOMAIN)[0]

    assert converge(cloud, name="demo")["user"]["id"] == seeds.DEMO_USER
    assert converge(cloud, name="demo", domain="acme")["user"]["id"] == there["id"]
    assert converge(cloud, id=there["id"])["user"]["domain"] == OTHER_DOMAIN


def test_a_user_is_made_in_another_domain(cloud):
    made = converge(cloud, name="ann", domain="acme", password=PASSWORD)["user"]

    assert made["domain"] == OTHER_DOMAIN
    assert not converge(cloud, name="ann", domain="acme")["changed"]
    assert converge(cloud, name="ann", password=PASSWORD)["actions"] == ["create"]


def test_the_password_is_set_once_or_always_and_shows_nowhere(cloud):
    made = converge(cloud, name="ann", password=PASSWORD)
    again = converge(cloud, name="ann", password="another-secret")
    always = converge(cloud, name="ann", password="another-secret", update_password="always")

    assert made["diff"]["after"]["password"] == "********"
    assert not again["changed"]
    assert always["actions"] == ["update"]
    assert stored(cloud, "ann")["password"] == "another-secret"
    for result in (made, again, always):
        assert PASSWORD not in str(result)
        assert "another-secret" not in str(result)


def test_a_new_password_whose_answer_is_lost_is_uncertain(cloud):
    cloud.fault("lost", match={"operation": "user-update"})

    with pytest.raises(AnswerLost):
        converge(cloud, name="demo", password=PASSWORD, update_password="always")


def test_only_what_differs_is_sent(cloud):
    converge(cloud, name="ann", full_name="Ann", email="ann@example.com", password=PASSWORD)
    cloud.clear_log()

    changed = converge(cloud, name="ann", full_name="Ann", email="", default_project="demo", password=PASSWORD)

    (update,) = [entry["body"] for entry in cloud.log() if entry["operation"] == "user-update"]
    assert update == {"user": {"email": "", "default_project_id": seeds.DEMO_PROJECT}}
    assert changed["user"]["full_name"] == "Ann"
    assert changed["user"]["email"] is None


def test_roles_are_added_and_taken_away_where_that_is_asked_for(cloud):
    added = converge(cloud, name="demo", roles=[role("empty", "auditor")])
    purged = converge(cloud, name="demo", roles=[role("empty", "project_manager")], purge_roles=True)

    assert added["actions"] == ["add_role"]
    assert purged["actions"] == ["add_role", "remove_role", "remove_role"]
    assert purged["user"]["roles"] == [role(seeds.EMPTY_PROJECT, "project_manager")]
    assert stored(cloud, "demo")["roles"] == {seeds.DEMO_PROJECT: [], seeds.EMPTY_PROJECT: ["project_manager"]}


def test_other_groups_are_meant_by_name_and_by_id_if_there_are_two(cloud):
    cloud.seed("role_groups", name="backup", role="backup")
    twins = [cloud.seed("role_groups", name="ops", role=f"ops-{number}")[0]["id"] for number in (1, 2)]

    assert converge(cloud, name="demo", roles=[role("demo", "backup")])["actions"] == ["add_role"]
    with pytest.raises(OptionError, match="there are several role groups named 'ops'"):
        converge(cloud, name="demo", roles=[role("demo", "ops")])
    made = converge(cloud, name="demo", roles=[role("demo", twins[0])])
    assert [entry["role"] for entry in made["user"]["roles"]] == sorted(["backup", "user", twins[0]])


def test_groups_are_listed_with_their_ids_under_either_name(cloud):
    cloud.settings(role_group_id="id")
    cloud.seed("role_groups", name="operators")
    for changed in (True, False):
        assert converge(cloud, name="demo", roles=[role("demo", "operators")])["changed"] is changed


def test_a_word_for_a_group_of_cloudos_says_so_on_openstack(cloud):
    cloud.settings(shape="openstack")
    with pytest.raises(OptionError) as caught:
        converge(cloud, name="demo", roles=[role("demo", "cloud_manager")])
    assert "there is no role 'cloud_manager'" in str(caught.value)
    assert "the word for a group of roles of CloudOS" in str(caught.value) and "There are: admin," in str(caught.value)


def test_a_project_that_looks_like_an_id_is_meant_by_its_name(cloud):
    project = cloud.seed("projects", name="0123456789abcdef0123456789abcdef")[0]

    made = converge(cloud, name="demo", roles=[role(project["name"], "user")])

    assert role(project["id"], "user") in made["user"]["roles"]


def test_openstack_has_roles_in_the_place_of_groups(cloud):
    cloud.settings(shape="openstack")

    made = converge(cloud, name="ann", password=PASSWORD, roles=[role("demo", "member"), role("empty", "auditor")])

    assert made["actions"] == ["create", "add_role", "add_role"]
    assert not converge(cloud, name="ann", roles=[role("demo", "member")])["changed"]
    assert converge(cloud, name="ann", roles=[], purge_roles=True)["actions"] == ["remove_role", "remove_role"]
    with pytest.raises(OptionError, match="roles: there is no role 'user'"):
        converge(cloud, name="ann", roles=DEMO)


def test_roles_go_before_their_user_on_cloudos_only(cloud):
    cloud.seed("users", name="ann", roles={seeds.DEMO_PROJECT: ["member"]})

    assert converge(cloud, name="demo", state="absent")["actions"] == ["remove_role", "delete"]
    cloud.settings(shape="openstack")
    assert converge(cloud, name="ann", state="absent")["actions"] == ["delete"]


def test_what_replaces_a_user_has_its_roles_and_needs_a_password(cloud):
    with pytest.raises(OptionError, match="cannot be replaced without password"):
        converge(cloud, id=seeds.DEMO_USER, name="demo", domain="acme", replace=True)

    replaced = converge(cloud, id=seeds.DEMO_USER, name="demo", domain="acme", replace=True, password=PASSWORD)

    assert replaced["actions"] == ["remove_role", "delete", "create", "add_role"]
    assert stored(cloud, "demo")["roles"] == {seeds.DEMO_PROJECT: ["member"]}
    assert stored(cloud, "demo")["domain_id"] == OTHER_DOMAIN


@pytest.mark.parametrize(
    ("operation", "options"),
    [
        ("user-create", {"name": "ann", "password": PASSWORD, "roles": DEMO}),
        ("user-update", {"name": "demo", "email": "demo@example.com"}),
        ("user-role-group-add", {"name": "demo", "roles": [role("empty", "user")]}),
        ("user-role-group-remove", {"name": "demo", "roles": [], "purge_roles": True}),
        ("user-delete", {"name": "demo", "state": "absent"}),
    ],
)
def test_what_was_done_is_not_done_twice_when_its_answer_is_lost(cloud, operation, options):
    cloud.fault("lost", match={"operation": operation})

    assert converge(cloud, **options)["changed"]
    assert not converge(cloud, **options)["changed"]
    assert len([user for user in cloud.state("users") if user["name"] == "ann"]) <= 1


def test_where_users_have_no_properties_to_read_the_short_list_serves(cloud):
    cloud.fault("status", match={"operation": "keystone-user-list"}, status=404)

    (user,) = info.gather(USER, Context(client_of(cloud), {"name": "demo"}))["users"]

    assert user["id"] == seeds.DEMO_USER
    assert user["email"] is None


@pytest.mark.parametrize(("project", "names"), [("demo", ["demo"]), ("empty", [])])
def test_an_id_and_a_project_both_count(cloud, project, names):
    found = info.gather(USER, Context(client_of(cloud), {"id": seeds.DEMO_USER, "project": project}))["users"]

    assert [user["name"] for user in found] == names


def test_a_description_of_a_user_names_its_projects(cloud):
    run = Context(client_of(cloud), {})
    raw = next(raw for raw in USER.search(run) if raw["id"] == seeds.DEMO_USER)

    described = USER.describe(run, raw, USER.read(raw))

    assert described.options == {"name": "demo", "roles": DEMO}
    assert not described.gaps
