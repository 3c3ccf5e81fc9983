# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults, log, settings, state, and the command line."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest
import requests

from simulator import seeds, usage
from simulator.__main__ import main
from simulator.settings import Settings, descriptions

TESTS = Path(__file__).parent.parent.parent
FLAVOR = {"flavor": {"id": 1, "name": "a", "ram": 1, "vcpus": 1, "disk": 1}}


# --- faults -----------------------------------------------------------------------------------------------------


def test_a_status_is_answered_as_often_as_told(api, sim):
    sim.fault("status", match={"operation": "flavor-list"}, status=503, retry_after=7, count=2)
    answers = [api("flavor-list") for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert answers[0].json()["code"] == "503"


def test_a_fault_can_have_a_body_and_last_for_ever(api, sim):
    sim.fault("status", status=409, body={"error_message": "is locked by host"}, count=None)
    assert [api("flavor-list").json() for _attempt in range(3)] == [{"error_message": "is locked by host"}] * 3
    sim.clear_faults()
    assert api("flavor-list").status_code == 200


@pytest.mark.parametrize(
    "match",
    [{"method": "POST"}, {"path": "/images"}, {"operation": "flavor-get"}, {"method": "GET", "path": "keypairs$"}],
)
def test_a_fault_hits_only_what_it_is_meant_for(api, sim, match):
    sim.fault("status", match=match)
    assert api("flavor-list").status_code == 200


def test_a_fault_can_let_some_requests_pass(api, sim):
    sim.fault("status", skip=1)
    assert [api("flavor-list").status_code for _attempt in range(3)] == [200, 503, 200]


def test_actions_are_told_apart(api, sim, server):
    sim.fault("status", match={"operation": "server-stop"})
    assert api("server-suspend", {"suspend": None}, server_id=server["id"]).status_code == 202
    assert api("server-stop", {"os-stop": None}, server_id=server["id"]).status_code == 503


@pytest.mark.parametrize(("before", "count"), [(False, 1), (True, 0)])
def test_an_answer_is_lost_with_or_without_the_work(api, sim, before, count):
    sim.fault("lost", match={"method": "POST"}, before=before)
    with pytest.raises(requests.ConnectionError):
        api("flavor-create", FLAVOR)
    assert len(sim.state("flavors")) == count
    entry = sim.log()[-1]
    assert (entry["operation"], entry["fault"], entry["status"]) == ("flavor-create", "lost", None)
    assert api("flavor-list").status_code == 200


def test_a_delay_delays(api, sim):
    sim.fault("delay", seconds=0.2)
    assert api("flavor-list").elapsed.total_seconds() >= 0.2


def test_json_can_be_cut(api, sim):
    sim.fault("malformed")
    response = api("flavor-list")
    assert response.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        response.json()


def test_a_gateway_can_answer_html(api, sim):
    sim.fault("html", status=502)
    response = api("flavor-list")
    assert (response.status_code, response.headers["Content-Type"]) == (502, "text/html; charset=UTF-8")


@pytest.mark.parametrize(("kind", "content"), [("empty", b""), ("garbage", b"no JSON"), ("html_ok", b"<html>")])
@pytest.mark.parametrize(("before", "count"), [(False, 1), (True, 0)])
def test_an_answer_of_success_can_be_no_answer_with_or_without_the_work(api, sim, kind, content, before, count):
    sim.fault(kind, match={"method": "POST"}, before=before)
    response = api("flavor-create", FLAVOR)
    assert response.status_code == 200
    assert content in response.content and (content or not response.content)
    assert len(sim.state("flavors")) == count
    sim.fault(kind, match={"method": "DELETE"})
    flavor = sim.seed("flavors", name="f")[0]
    assert api("flavor-delete", flavor_id=flavor["id"]).status_code == 200
    assert flavor["id"] not in [entry["id"] for entry in sim.state("flavors")]


@pytest.mark.parametrize(("before", "count"), [(False, 1), (True, 0)])
def test_a_body_can_break_off(api, sim, before, count):
    sim.fault("truncated", match={"method": "POST"}, before=before)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        api("flavor-create", FLAVOR)
    assert len(sim.state("flavors")) == count
    assert api("flavor-list").status_code == 200


def test_a_body_that_is_not_there_breaks_off_too(api, sim, server):
    sim.fault("truncated", match={"operation": "server-delete"})
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        api("server-delete", server_id=server["id"])
    assert sim.log()[-1]["done"] == 204


@pytest.mark.parametrize(("before", "count"), [(False, 1), (True, 0)])
def test_a_body_can_stop_on_its_way(api, sim, before, count):
    sim.fault("stalled", match={"method": "POST"}, seconds=1.0, before=before)
    with pytest.raises(requests.ConnectionError, match="timed out"):
        api("flavor-create", FLAVOR, timeout=0.3)
    wait_for(lambda: len(sim.state("flavors")) == count)
    sim.fault("stalled", seconds=0.1)
    assert api("flavor-list").json()["flavors"] is not None


def test_a_download_breaks_off(api, sim, image):
    sim.seed("images", name="empty", status="queued", size=None, checksum=None)
    queued = next(entry for entry in sim.state("images") if entry["name"] == "empty")
    api("image-upload", data=b"0123456789", image_id=queued["id"])
    sim.fault("truncated", match={"operation": "image-download"})
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        api("image-download", image_id=queued["id"])
    assert api("image-download", image_id=queued["id"]).content == b"0123456789"


@pytest.mark.parametrize("before", [False, True])
def test_an_answer_is_later_than_the_client_waits_and_the_work_is_done_all_the_same(api, sim, before):
    sim.fault("late", match={"method": "POST"}, seconds=3, before=before)
    with pytest.raises(requests.ReadTimeout):
        api("flavor-create", FLAVOR, timeout=0.3)
    wait_for(lambda: len(sim.state("flavors")) == (0 if before else 1))
    wait_for(lambda: sim.log()[-1]["status"] is not None)
    assert len(sim.state("flavors")) == 1
    assert sim.log()[-1]["done"] == 200


def test_a_token_can_expire_early(api, sim):
    sim.fault("expire_token", match={"operation": "flavor-list"})
    assert api("flavor-list").status_code == 401
    api.login()
    assert api("flavor-list").status_code == 200


def test_a_redirect_leads_elsewhere(api, sim):
    sim.fault("redirect", location="http://evil.example/")
    response = api("flavor-list")
    assert (response.status_code, response.headers["Location"]) == (302, "http://evil.example/")


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "nothing"},
        {"kind": "lost", "match": {"host": "x"}},
        {"kind": "lost", "how": "badly"},
        {"kind": "lost", "match": {"path": "["}},
    ],
)
def test_a_wrong_fault_is_refused(sim, spec):
    assert requests.post(f"{sim.url}/_admin/faults", json=spec, timeout=60).status_code == 400


# --- log --------------------------------------------------------------------------------------------------------


def test_the_log_tells_requests_without_secrets(api, sim, server_body):
    server_body["server"]["adminPass"] = "hunter2"
    api("server-create", server_body)
    api("server-list-detail", query=[("name", "web"), ("limit", "1")])
    text = json.dumps(sim.log())
    for secret in ("hunter2", seeds.ADMIN_PASSWORD, api.token):
        assert secret not in text
    login, create, listing = sim.log()
    assert [entry["n"] for entry in sim.log()] == [1, 2, 3]
    assert (login["method"], login["operation"], login["status"]) == ("POST", "token-create", 201)
    assert (create["operation"], create["body"]["server"]["name"]) == ("server-create", "web")
    assert listing["query"] == [["name", "web"], ["limit", "1"]]
    assert login["connection"] == listing["connection"], "kept alive"


def test_refusals_are_logged_with_their_reason(api, sim):
    api("flavor-get", flavor_id="nothing")
    requests.get(f"{sim.url}/nowhere", timeout=60)
    assert [(entry["status"], entry["operation"]) for entry in sim.log()[1:]] == [(404, "flavor-get"), (404, None)]
    assert "nothing could not be found" in sim.log()[1]["error"]


def test_an_upload_is_logged_by_its_size(api, sim):
    image = sim.seed("images", status="queued")[0]
    api("image-upload", data=b"x" * 5000, image_id=image["id"])
    assert sim.log()[-1]["body"] == {"bytes": 5000}


# --- the administration over HTTP -------------------------------------------------------------------------------


def admin(sim, method, path, body=None):
    response = requests.request(method, f"{sim.url}/_admin{path}", json=body, timeout=60)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_administration_needs_no_token_and_is_not_logged(api, sim):
    api("flavor-list")
    assert len(admin(sim, "GET", "/log")) == 2
    admin(sim, "DELETE", "/log")
    assert admin(sim, "GET", "/log") == []


def test_settings_can_be_changed_and_are_checked(sim):
    assert admin(sim, "PATCH", "/settings", {"max_limit": 5})["max_limit"] == 5
    for wrong in ({"shape": "round"}, {"max_limit": "5"}, {"nothing": 1}, {"fail_build": "["}):
        assert requests.patch(f"{sim.url}/_admin/settings", json=wrong, timeout=60).status_code == 400
    assert sim.settings()["max_limit"] == 5


def test_state_can_be_made_and_seen(sim):
    made = admin(sim, "POST", "/state/servers", {"count": 3, "name": "web-{n:02d}"})
    assert [server["name"] for server in made] == ["web-01", "web-02", "web-03"]
    assert len(admin(sim, "GET", "/state/servers")) == 3
    assert {"servers", "projects", "volumes"} <= admin(sim, "GET", "/state").keys()


def test_a_reset_brings_back_the_seeds(api, sim):
    api("flavor-create", FLAVOR)
    sim.settings(max_limit=1)
    admin(sim, "POST", "/faults", {"kind": "status", "count": None})
    admin(sim, "POST", "/reset")
    assert sim.state("flavors") == []
    assert sim.settings()["max_limit"] == 1000
    assert sim.log() == []
    assert api("flavor-list").status_code == 401, "tokens are void, faults are gone"


# --- command line -----------------------------------------------------------------------------------------------


def run(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        cwd=TESTS,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_seeds_can_be_printed(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["simulator", "--print-seeds"])
    main()
    assert json.loads(capsys.readouterr().out) == seeds.rows()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_until_it_is_told_to_stop(tmp_path, stop):
    url_file, log = tmp_path / "url", tmp_path / "log"
    with run(
        "--port",
        "0",
        "--url-file",
        str(url_file),
        "--log",
        str(log),
        "--shape",
        "openstack",
        "--build-seconds",
        "0.1",
        "--no-validate",
        "--verify-resize",
        "false",
    ) as process:
        url = process.stdout.readline().split()[-1]
        assert url_file.read_text() == url
        settings = requests.get(f"{url}/_admin/settings", timeout=60).json()
        requests.get(f"{url}/nowhere", timeout=60)
        os.kill(process.pid, stop)
        printed = process.stdout.read()
        assert process.stderr.read() == ""
    assert process.returncode == 0
    assert (settings["shape"], settings["build_seconds"]) == ("openstack", 0.1)
    assert (settings["validate"], settings["verify_resize"]) == (False, False)
    assert json.loads(log.read_text())["path"] == "/nowhere"
    assert f"export CLOUDOS_URL={url}\n" in printed
    assert f"export CLOUDOS_USERNAME=admin CLOUDOS_PASSWORD={seeds.ADMIN_PASSWORD} CLOUDOS_PROJECT=admin\n" in printed
    assert all(name in printed for name in ("nova11", "net-1", "rocky-9", "Ctrl+C"))


def test_it_runs_in_the_background_until_another_command_stops_it():
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def printed(*arguments):
        with run("--port", str(port), *arguments) as process:
            return process.communicate(timeout=300)[0]

    started = printed("--background", "--bare")
    again = printed("--background")
    images = requests.get(f"{url}/_admin/state/images", timeout=60).json()

    assert printed("--stop") == f"The simulator at {url} has stopped.\n"
    assert printed("--stop") == f"No simulator is running at {url}.\n"
    assert started.startswith(f"A simulated CloudOS is running at {url}\n")
    assert again.startswith(f"There is one already at {url}")
    assert images == []


@pytest.mark.parametrize("how", [[], ["--background"]])
def test_a_port_that_is_taken_is_an_error_that_says_what_to_do(how):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens, so that nothing answers the question for a simulator
        port = str(taken.getsockname()[1])
        with run("--port", port, *how) as process:
            errors = process.communicate(timeout=300)[1]

    assert process.returncode == 1
    assert errors.startswith(f"Port {port} is taken: ")


def test_the_guide_shows_what_is_printed():
    guide = (TESTS.parent / "docs" / "simulator.md").read_text(encoding="utf-8")

    assert f"```text\n{usage.page('http://127.0.0.1:11001', background=True)}\n```\n" in guide


def test_every_option_has_a_text(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["simulator", "--help"])
    with pytest.raises(SystemExit):
        main()

    assert descriptions().keys() == asdict(Settings()).keys()
    assert "(default: 11001)" in capsys.readouterr().out


def test_what_it_imports_is_in_its_own_requirements():
    folder = TESTS / "simulator"
    lines = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    required = {re.split(r"[>=<]", line)[0].lower().replace("-", "_") for line in lines if line and line[0] != "#"}
    imported = {
        match.lower()
        for path in folder.rglob("*.py")
        if path.name != "client.py"  # of the tests
        for match in re.findall(r"^(?:from|import) ([a-zA-Z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert imported - set(sys.stdlib_module_names) <= {*required - {"pyyaml"}, "yaml"}


@pytest.mark.parametrize("arguments", [["--shape", "round"], ["--fail-build", "["], ["--max-limit", "many"]])
def test_wrong_options_are_told(monkeypatch, capsys, arguments):
    monkeypatch.setattr(sys, "argv", ["simulator", *arguments])
    with pytest.raises(SystemExit):
        main()
    assert "error:" in capsys.readouterr().err


def test_unknown_kinds_are_told(sim):
    assert requests.get(f"{sim.url}/_admin/state/things", timeout=60).status_code == 400


def test_all_objects_of_a_kind_can_be_gone_at_once(sim, server):
    sim.remove("servers")
    assert sim.state("servers") == []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_for(condition) -> None:
    deadline = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
