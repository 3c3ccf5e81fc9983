# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logins with an application credential, which has a project of its own."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from simulator import Simulator, seeds

LIST = Operation("servers", "GET", "/os/compute/v1/v2/{tenant_id}/servers/detail")
CREDENTIAL = {
    "application_credential_id": seeds.APPLICATION_CREDENTIAL,
    "application_credential_secret": seeds.APPLICATION_SECRET,
}


@pytest.fixture
def cloud():
    with Simulator() as simulator:
        yield simulator


def client(cloud, **options):
    return Client(Connection(cloud.url, **{**CREDENTIAL, **options}))


def test_a_credential_logs_in_to_its_project(cloud):
    one = client(cloud)
    one.call(LIST)
    assert (one.project_name, one.user_name) == ("demo", "admin")
    body = cloud.log()[0]["body"]["auth"]
    assert body["identity"]["methods"] == ["application_credential"] and "scope" not in body


def test_its_token_is_kept_for_it_alone(cloud):
    client(cloud).call(LIST)
    client(cloud, domain="other", project="demo").call(LIST)
    assert len(cloud.log()) == 3
    other = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="demo"))
    other.call(LIST)
    assert len(cloud.log()) == 5


def test_a_spent_token_is_renewed(cloud):
    one = client(cloud)
    one.call(LIST)
    cloud.fault("expire_token")
    one.call(LIST)
    assert [entry["status"] for entry in cloud.log()] == [201, 200, 401, 201, 200]


def test_a_refused_credential_is_tried_once(cloud):
    with pytest.raises(OptionError, match=r"Could not log in at .* with api_application_credential_id") as caught:
        client(cloud, application_credential_secret="wrong-secret").call(LIST)
    assert len(cloud.log()) == 1 and "wrong-secret" not in str(caught.value)


@pytest.mark.parametrize("has_logged_in", [False, True])
@pytest.mark.parametrize("project", ["admin", seeds.ADMIN_PROJECT])
def test_another_project_than_its_own_is_refused(cloud, project, has_logged_in):
    if has_logged_in:
        client(cloud, project=seeds.DEMO_PROJECT).call(LIST)
    with pytest.raises(OptionError, match=f"api_project: '{project}' is not the project .*'demo'"):
        client(cloud, project=project).call(LIST)


def test_a_password_beside_it_is_refused():
    with pytest.raises(OptionError, match=r"mutually exclusive: api_password\|api_application_credential_secret"):
        Client(Connection("http://cloud:11000", username="u", password="p", **CREDENTIAL))


def test_its_secret_is_never_shown(cloud):
    assert seeds.APPLICATION_SECRET not in repr(client(cloud).connection)
    assert seeds.APPLICATION_SECRET not in client(cloud).redactor.text(f"x {seeds.APPLICATION_SECRET}")
