# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects and users as platforms tell them, blank keys included."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources import _projects
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.project import PROJECT
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.user import USER
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.network import NETWORK
from simulator import Simulator, seeds

USERS = {
    "keystone-user-list": [
        {"id": "u1", "name": "ann", "enabled": True},
        {"id": "u2", "name": "bob", "enabled": "false"},
    ],
    "project-list": [{"id": "p1", "name": "web"}, {"id": "p2", "name": "db"}, {"id": "p3", "name": "db"}],
    "user-project-group-list": [
        {"actorId": "u1", "targetId": "p1", "groupId": "g1", "group": {"name": "admins", "role_uuid": "r1"}},
        {"actorId": "u1", "project": {"id": "p2", "name": "db"}, "group": {"uuid": "g2", " ": "r2"}},
        {"user": {"id": "u2"}, "targetId": "p2", "project": None, "group": None},
    ],
}


class Directory:
    """A client whose lists are written down."""

    def __init__(self):
        self.lookups = {}
        self.shared_lists = {}
        self.sent = []

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        self.sent.append(operation.id)
        return [dict(entry) for entry in USERS[operation.id]]


def users(**options):
    return info.gather(USER, Context(Directory(), options))["users"]


@pytest.mark.parametrize(
    ("raw", "checked"),
    [({"checkedOrg": True}, True), ({" ": False}, False), ({"checkedOrg": "true", " ": None}, True), ({}, None)],
)
def test_a_project_with_a_blank_key(raw, checked):
    assert PROJECT.read({"id": "p", "name": "web", **raw})["checked"] is checked


def test_a_user_is_told_as_it_is():
    (bob,) = users(name="bob")
    assert {name: value for name, value in bob.items() if value is not None} == {
        "id": "u2",
        "name": "bob",
        "enabled": False,
    }


def test_assignments_are_those_of_the_user_and_stand_in_blank_keys_too():
    ann, bob = users(gather=["assignments"])

    assert [(entry["project_id"], entry["group_id"], entry["role_id"]) for entry in ann["assignments"]] == [
        ("p1", "g1", "r1"),
        ("p2", "g2", "r2"),
    ]
    assert bob["assignments"] == [
        {"project_id": "p2", "project": None, "group_id": None, "group": None, "role_id": None}
    ]


@pytest.mark.parametrize(("project", "names"), [("web", ["ann"]), ("p2", ["ann", "bob"]), ("p3", [])])
def test_users_of_a_project(project, names):
    assert [user["name"] for user in users(project=project)] == names


def test_users_of_one_of_two_projects_of_a_name():
    with pytest.raises(OptionError, match="several projects named 'db': p2, p3"):
        users(project="db")


def test_assignments_are_read_once():
    directory = Directory()
    info.gather(USER, Context(directory, {"project": "web", "gather": ["assignments"]}))
    assert sorted(directory.sent) == ["keystone-user-list", "project-list", "user-project-group-list"]


@pytest.mark.parametrize("status", [403, 404])
def test_a_project_whose_name_cannot_be_looked_up_is_not_taken_for_another(status):
    """Else what is looked for in it is not found, and made a second time."""
    with Simulator() as cloud:
        login = {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project": "admin"}
        client = Client(Connection(cloud.url, layout="gateway", **login))
        cloud.fault("status", match={"operation": "project-list"}, status=status)
        with pytest.raises(CloudError, match="Specify the ID of the project"):
            _projects.project_id(Context(client, {}), "demo")
        for own in ("admin", seeds.ADMIN_PROJECT):
            assert _projects.project_id(Context(client, {}), own) == seeds.ADMIN_PROJECT


def test_a_member_names_its_own_project_where_it_may_not_list_projects():
    with Simulator(shape="openstack") as cloud:
        client = Client(Connection(cloud.url, username="demo", password=seeds.DEMO_PASSWORD, project="demo"))
        options = {"state": "present", "replace": False, "name": "lan", "project": "demo"}
        results = [execution.converge(NETWORK, Context(client, options)) for _time in range(2)]
        assert [result["changed"] for result in results] == [True, False]
        assert results[0]["network"]["project"] == seeds.DEMO_PROJECT
