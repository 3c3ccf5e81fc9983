# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An installation that has the gateway only, or the core API only: it is found out once, and for all processes."""

from __future__ import annotations

import dataclasses
import multiprocessing

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import installation, private_files
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from simulator import Simulator, seeds

from .conftest import Answer

KINTON = "/os/kinton/v1/v3/auth/tokens"
LOGIN = "/v3/auth/tokens"
LIST = Operation("servers", "GET", "/os/compute/v1/v2/{tenant_id}/servers/detail")
IMAGES = Operation("images", "GET", "/os/image/v1/v2/images")
CREATE = Operation("group", "POST", "/os/compute/v1/v2.1/os-server-groups")
GET = Operation("image", "GET", "/os/image/v1/v2/images/{image_id}")
GROUP = {"server_group": {"name": "g", "policies": ["affinity"]}}
AT_GATEWAY = f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/servers/detail"
AT_CORE = f"/v2/{seeds.ADMIN_PROJECT}/servers/detail"

PAGE = Answer(404, b"<html><h1>404 Not Found</h1></html>", {"Content-Type": "text/html"})
FAULT = Answer(404, {"itemNotFound": {"code": 404, "message": "Project p could not be found."}})
FOREIGN = Answer(404, b"There is no thing p.", {"Content-Type": "text/plain"})
FINE = Answer(200, {"servers": []})
TOKEN = Answer(201, {"token": {"project": {"id": "p" * 32}}}, {"X-Subject-Token": "new-token"})


@pytest.fixture
def cloud():
    with Simulator() as simulator:
        yield simulator


def client(cloud, **options):
    login = {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project": "admin"}
    return Client(Connection(cloud.url, **{**login, **options}))


def sent(cloud):
    """The paths of the requests so far; what comes next is counted anew."""
    paths = [entry["path"] for entry in cloud.log()]
    cloud.clear_log()
    return paths


# --- what it costs


@pytest.mark.parametrize(
    ("doors", "login", "first", "later"),
    [
        ("gateway", "", [KINTON, AT_GATEWAY], [AT_GATEWAY]),
        ("core", "", [KINTON, LOGIN, AT_CORE], [AT_CORE]),
        ("gateway", "core", [KINTON, LOGIN, AT_CORE, AT_GATEWAY], [AT_GATEWAY]),
        ("core", "gateway", [KINTON, AT_GATEWAY, AT_CORE], [AT_CORE]),
        ("both", "", [KINTON, AT_GATEWAY], [AT_GATEWAY]),
    ],
)
def test_what_an_installation_has_is_found_out_once(cloud, doors, login, first, later):
    cloud.settings(doors=doors, login=login)
    client(cloud).call(LIST)
    assert sent(cloud) == first
    for _process in range(2):
        client(cloud).call(LIST)
        assert sent(cloud) == later
    other = client(cloud, username="demo", password=seeds.DEMO_PASSWORD, project="demo")
    other.call(IMAGES)
    assert len(sent(cloud)) == 2  # a login and the request: it is known to all users of the machine's account


def test_a_first_request_that_names_no_project_profits_from_the_login(cloud):
    cloud.settings(doors="core")
    client(cloud).call(IMAGES)
    assert sent(cloud) == [KINTON, LOGIN, "/v2/images"]


@pytest.mark.parametrize("doors", ["gateway", "core"])
def test_a_given_layout_asks_nowhere_else(cloud, doors):
    cloud.settings(doors=doors)
    client(cloud, layout=doors).call(LIST)
    assert len(sent(cloud)) == 2
    wrong = {"gateway": "core", "core": "gateway"}[doors]
    with pytest.raises(CloudError, match="404"):
        client(cloud, layout=wrong).call(LIST)
    assert len(sent(cloud)) == 1


def test_a_token_finds_it_out_once_as_well(cloud):
    token = client(cloud).authenticator.token.value
    cloud.settings(doors="core")
    given = {"token": token, "username": None, "password": None, "project": seeds.ADMIN_PROJECT}
    sent(cloud)
    client(cloud, **given).call(LIST)
    assert sent(cloud) == [AT_GATEWAY, AT_CORE]
    client(cloud, **given).call(LIST)
    assert sent(cloud) == [AT_CORE]


def test_the_project_of_a_token_is_found_at_the_core_api(cloud):
    token = client(cloud).authenticator.token.value
    cloud.settings(doors="core")
    given = client(cloud, token=token, username=None, password=None, project=None)
    assert (given.project_id, given.user_name) == (seeds.ADMIN_PROJECT, "admin")


def _list_once(connection, start):
    start.wait(60)
    Client(connection).call(LIST)


@pytest.mark.parametrize("given", ["password", "token"])
@pytest.mark.parametrize("login", ["", "gateway"])
def test_many_processes_find_it_out_once(cloud, given, login):
    connection = client(cloud).connection
    if given == "token":
        token = client(cloud).authenticator.token.value
        connection = dataclasses.replace(
            connection, token=token, username=None, password=None, project=seeds.ADMIN_PROJECT
        )
    cloud.settings(doors="core", login=login)
    sent(cloud)
    context = multiprocessing.get_context("fork")
    start = context.Event()
    processes = [context.Process(target=_list_once, args=(connection, start)) for _number in range(25)]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join(120)
    paths = sent(cloud)
    assert paths.count(AT_CORE) == 25
    assert len(paths) - 25 == {"password": 2, "token": 1}[given]  # of which a login is one


# --- what is kept


def test_what_was_learned_is_kept_in_a_private_file_without_secrets(cloud, tmp_path):
    cloud.settings(doors="core")
    client(cloud).call(LIST)
    folder = tmp_path / "cache" / "h3c.cloudos"
    (kept,) = folder.glob("*.installation")
    assert kept.read_text() == '{"addresses": "core", "identity": "core"}'
    assert kept.stat().st_mode & 0o777 == 0o600


NO_MEMORY = ["", "[]", "[" * 100_000, '{"addresses": 7, "identity": {}}', '{"identity": "core"}']


@pytest.mark.parametrize("text", NO_MEMORY)
def test_a_file_that_says_nothing_counts_as_none(cloud, tmp_path, text):
    cloud.settings(doors="core")
    client(cloud).call(LIST)
    for file in (tmp_path / "cache" / "h3c.cloudos").glob("*.installation"):
        file.write_text(text)
    sent(cloud)
    client(cloud).call(LIST)
    assert sent(cloud) == [AT_GATEWAY, AT_CORE]


def test_without_a_private_folder_each_process_finds_it_out(cloud, monkeypatch):
    monkeypatch.setattr(private_files, "_is_private", lambda path: False)
    cloud.settings(doors="core")
    for _process in range(2):
        one = client(cloud)
        one.call(LIST)
        one.call(LIST)
        assert sent(cloud) == [KINTON, LOGIN, AT_CORE, AT_CORE]


@pytest.mark.parametrize(("before", "after"), [("gateway", "core"), ("core", "gateway")])
def test_an_installation_that_has_changed_is_found_out_by_the_next_process(cloud, before, after):
    cloud.settings(doors=before)
    client(cloud).call(LIST)
    cloud.settings(doors=after)
    sent(cloud)
    client(cloud).call(LIST)
    assert len(sent(cloud)) == 2
    client(cloud).call(LIST)
    assert len(sent(cloud)) == 1


@pytest.mark.parametrize(("before", "after"), [("gateway", "core"), ("core", "gateway")])
def test_an_installation_that_has_changed_is_found_out_by_a_process_that_goes_on(cloud, before, after):
    """As an event source does, for months."""
    cloud.settings(doors=before)
    going_on = client(cloud)
    going_on.call(LIST)
    cloud.settings(doors=after)
    sent(cloud)
    going_on.call(LIST)
    assert len(sent(cloud)) == 2
    going_on.call(LIST)
    assert len(sent(cloud)) == 1


def test_an_address_that_the_installation_lacks_is_not_looked_for_again_and_again(cloud):
    cloud.settings(volumes_and_ports="unlisted")
    ports = Operation("ports", "GET", "/os/network/v1/v2.0/ports")
    going_on = client(cloud)
    going_on.call(LIST)
    sent(cloud)
    for _try in range(2):
        with pytest.raises(CloudError, match="404"):
            going_on.call(ports)
        assert sent(cloud) == ["/os/network/v1/v2.0/ports"]


def test_an_absent_object_is_looked_for_at_one_door(cloud):
    """A service that does not know the object shows that its addresses are where they are remembered."""
    client(cloud).call(LIST)
    sent(cloud)
    absent = Operation("k", "GET", "/os/compute/v1/v2/{tenant_id}/keypairs/none", fallback="/os/compute/v1/none")
    with pytest.raises(CloudError, match="404"):
        client(cloud).call(absent)
    assert len(sent(cloud)) == 2


def test_a_slow_process_does_not_hold_up_the_others(cloud, monkeypatch):
    monkeypatch.setattr(installation, "_PATIENCE", 0.2)
    waiting = client(cloud)
    waiting.authenticator.token  # noqa: B018  # the login has a lock of its own
    with installation.file_of(cloud.url).locked():
        waiting.call(LIST)
    assert sent(cloud)[-1] == AT_GATEWAY


# --- what a refusal means


@pytest.mark.parametrize(
    ("answers", "operation", "paths"),
    [
        ([PAGE, FINE], LIST, 2),
        ([FOREIGN, FINE], LIST, 2),
        ([PAGE, FINE], CREATE, 2),
        ([Answer(405), FINE], CREATE, 2),
    ],
)
def test_an_unknown_address_is_asked_at_the_core_api(platform, answers, operation, paths):
    platform.answers(*answers)
    platform.client(layout="auto").call(operation, body=GROUP if operation is CREATE else None)
    assert [request.path.startswith("/os/") for request in platform.seen] == [True, False]
    assert platform.seen[0].body == platform.seen[1].body


@pytest.mark.parametrize(("answer", "operation"), [(FAULT, LIST), (FAULT, CREATE), (FOREIGN, CREATE)])
def test_an_unknown_object_is_not_looked_for_elsewhere_nor_a_write_in_doubt(platform, answer, operation):
    platform.answers(answer)
    with pytest.raises(CloudError, match="404"):
        platform.client(layout="auto").call(operation)
    assert len(platform.seen) == 1


@pytest.mark.parametrize("status", [401, 403, 409, 500])
def test_no_other_refusal_is_taken_for_an_unknown_address(platform, status):
    platform.answers(Answer(status))
    with pytest.raises(CloudError):
        platform.client(layout="auto", retries=0).call(LIST)
    assert len(platform.seen) == 1


def test_what_both_refuse_is_told_as_the_first_says(platform):
    platform.answers(Answer(404, b"nothing at the gateway"), Answer(404, b"nothing at the core"))
    with pytest.raises(CloudError, match=r"/os/compute/.*nothing at the gateway.*api_layout"):
        platform.client(layout="auto").call(LIST)


def test_the_refusal_of_the_service_counts_where_the_other_does_not_know_the_address(platform):
    platform.answers(PAGE, FAULT)
    with pytest.raises(CloudError, match="Project p could not be found"):
        platform.client(layout="auto").call(LIST)


def test_a_fallback_is_found_on_both_doors(platform):
    operation = Operation("x", "GET", "/os/compute/v1/first", fallback="/os/compute/v1/second")
    platform.answers(PAGE, PAGE, PAGE, FINE)
    platform.client(layout="auto").call(operation)
    assert [request.path for request in platform.seen] == [
        *("/os/compute/v1/first", "/first", "/os/compute/v1/second", "/second"),
    ]


def test_a_service_with_a_prefix_of_its_own_teaches_nothing(platform):
    platform.answers(FINE, PAGE, FINE)
    both = platform.client(layout="auto", service_prefixes=(("image", "/glance"),))
    both.call(GET, {"image_id": "i"})
    both.call(LIST)
    assert [request.path[:8] for request in platform.seen] == ["/glance/", "/os/comp", f"/v2/{'a' * 4}"]


# --- logins


def logging_in(platform, **options):
    return platform.client(layout="auto", token=None, username="u", password="s3cret", **options)


@pytest.mark.parametrize("refusal", [PAGE, FAULT, Answer(405)])
def test_a_login_is_looked_for_where_it_can_be(platform, refusal):
    platform.answers(refusal, TOKEN)
    assert logging_in(platform).authenticator.token.value == "new-token"
    assert [request.path for request in platform.seen] == [KINTON, LOGIN]


def test_a_login_that_is_nowhere_names_port_9000_and_the_option(platform):
    platform.answers(PAGE)
    with pytest.raises(CloudError) as caught:
        logging_in(platform).authenticator.token  # noqa: B018
    assert [request.path for request in platform.seen] == [KINTON, LOGIN]
    for part in (platform.url + "/os/kinton/v1/v3", platform.url + "/v3", "port 9000", "api_auth_url"):
        assert part in str(caught.value)
    assert "http://127.0.0.1:9000/v3" in str(caught.value)


def test_a_password_that_is_refused_is_not_sent_elsewhere(platform):
    platform.answers(Answer(401))
    with pytest.raises(OptionError, match=r"Could not log in at .*/os/kinton/v1/v3 as"):
        logging_in(platform).authenticator.token  # noqa: B018
    assert {request.path for request in platform.seen} == {KINTON}


def test_a_password_that_the_core_api_refuses_is_not_sent_to_the_gateway_again(platform):
    platform.answers(PAGE, Answer(401))
    with pytest.raises(OptionError, match=r"Could not log in at .*/v3 as"):
        logging_in(platform).authenticator.token  # noqa: B018
    assert [request.path for request in platform.seen] == [KINTON, LOGIN, LOGIN]


@pytest.mark.parametrize("answer", [Answer(403), Answer(500), Answer(302, None, {"Location": "http://elsewhere/"})])
def test_a_login_that_fails_otherwise_is_not_tried_elsewhere(platform, answer):
    platform.answers(answer)
    with pytest.raises(CloudError):
        logging_in(platform, retries=0).authenticator.token  # noqa: B018
    assert [request.path for request in platform.seen] == [KINTON]


def test_a_given_identity_endpoint_is_the_only_one(platform):
    platform.answers(PAGE)
    with pytest.raises(CloudError, match=r"answers at http://127.0.0.1:.*/id: status 404"):
        logging_in(platform, auth_url=f"{platform.url}/id/").authenticator.token  # noqa: B018
    assert [request.path for request in platform.seen] == ["/id/auth/tokens"]


def test_the_identity_service_has_the_prefix_that_is_given_for_it(platform):
    platform.answers(TOKEN)
    logging_in(platform, service_prefixes=(("kinton", "/id"),)).authenticator.token  # noqa: B018
    assert [request.path for request in platform.seen] == ["/id/v3/auth/tokens"]
