# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source for ansible-rulebook, run as ansible-rulebook runs it: by its path, with a queue and arguments."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import runpy
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.awx import example_values
from integration.harness import BIN, COLLECTIONS, Ansible
from jinja2 import Template

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute
from ansible_collections.h3c.cloudos.plugins.modules import cloudos_server
from simulator import Simulator, seeds

EDA = COLLECTIONS / "ansible_collections" / "h3c" / "cloudos" / "extensions" / "eda"
SOURCE = runpy.run_path(str(EDA / "plugins" / "event_source" / "cloudos_states.py"))
# Until a test gives up. A busy machine is no reason for that.
SECONDS = 300
START_SECONDS = 600  # for ansible-rulebook, which starts Java


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for spec in CONNECTION.values():
        monkeypatch.delenv(spec["fallback"][1][0], raising=False)


class Source:
    """A source that runs, and what it has told."""

    def __init__(self, cloud: Simulator, **more: Any) -> None:
        login = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin"}
        self._arguments = {"api_url": cloud.url, **login, "interval": "0.05", **more}
        self._queue: asyncio.Queue = asyncio.Queue()

    def run(self, story: Callable[[Source], Any]) -> Any:
        """Run the source for as long as a story takes."""

        async def both() -> Any:
            source = asyncio.create_task(SOURCE["main"](self._queue, self._arguments))
            told = asyncio.create_task(story(self))
            done, _others = await asyncio.wait({source, told}, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for task in (source, told):
                if task not in done:
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await task
            assert done, f"nothing came of it within {SECONDS} s"
            return (told if told in done else source).result()

        return asyncio.run(both())

    async def next(self) -> dict[str, Any]:
        return (await self._queue.get())["cloudos"]

    async def looked(self, cloud: Simulator, times: int = 2) -> None:
        """Wait until it has looked some more times, and been through with the last but one: each project is a list."""
        before, lists = len(looks(cloud)), len(self._arguments.get("projects", [None]))
        while len(looks(cloud)) < before + times * lists:
            await asyncio.sleep(0.02)


def looks(cloud: Simulator) -> list[dict[str, Any]]:
    return [entry for entry in cloud.log() if entry["operation"] == "server-list-detail"]


async def converge(cloud: Simulator, **options: Any) -> None:
    """Do what a task with cloudos_server does."""
    entry = cloudos_server.DEFINITION
    params = {name: rules.get("default") for name, rules in entry.spec.items()}
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    result = await asyncio.to_thread(execute, entry, client, {**params, **options}, False, False, 0)
    client.close()
    assert result["changed"], result


def test_the_life_of_a_server_is_told(cloud: Simulator) -> None:
    cloud.seed("servers", name="old")
    made: dict[str, str] = {}

    async def story(source: Source) -> list[dict[str, Any]]:
        told = [await source.next()]
        made.update(cloud.seed("servers", name="web-1")[0])
        told.append(await source.next())
        await converge(cloud, name="web-1", power_state="stopped")
        while told[-1]["power_state"] != "stopped":
            told.append(await source.next())
        await converge(cloud, name="web-1", state="absent")
        while told[-1]["change"] != "deleted":
            told.append(await source.next())
        return told

    first, created, *changed, deleted = Source(cloud, emit_existing="true").run(story)

    assert (first["change"], first["name"]) == ("found", "old")
    assert (created["change"], created["kind"], created["id"]) == ("created", "server", made["id"])
    assert (created["project"], created["status"], created["power_state"]) == ("admin", "ACTIVE", "running")
    assert {event["change"] for event in changed} == {"changed"}
    assert changed[0]["before"]["status"] == "ACTIVE" and "power_state" in changed[-1]["changed"]
    assert (deleted["change"], deleted["power_state"]) == ("deleted", "stopped")


def test_an_installation_without_a_gateway_is_watched_as_well(cloud: Simulator) -> None:
    cloud.settings(doors="core")

    async def story(source: Source) -> dict[str, Any]:
        await source.looked(cloud)
        cloud.seed("servers", name="web-1")
        return await source.next()

    assert Source(cloud).run(story)["name"] == "web-1"
    assert len([entry for entry in cloud.log() if entry["path"].startswith("/os/")]) == 1


def test_what_is_there_at_the_start_is_not_told_and_kinds_and_projects_are_chosen(cloud: Simulator) -> None:
    cloud.seed("servers", name="old")

    async def story(source: Source) -> list[dict[str, Any]]:
        await source.looked(cloud)
        cloud.seed("servers", name="metal", node_id="1")
        cloud.seed("servers", name="of-demo", project_id=seeds.DEMO_PROJECT)
        cloud.seed("baremetal_nodes", name="rack-1", provision_state="clean failed", last_error="no answer")
        return [await source.next(), await source.next()]

    told = Source(cloud, kinds="server,baremetal_node", projects=["admin", "demo"]).run(story)

    assert sorted((event["kind"], event["name"], event["project"]) for event in told) == [
        ("baremetal_node", "rack-1", None),
        ("server", "of-demo", "demo"),
    ]
    assert [event["fault"] for event in told if event["failed"]] == ["no answer"]


def test_a_restart_tells_what_changed_in_between_and_nothing_twice(cloud: Simulator, tmp_path: Path) -> None:
    marker = tmp_path / "marker.json"
    (gone,) = cloud.seed("servers", name="gone")

    async def begin(source: Source) -> None:
        await source.looked(cloud)
        cloud.seed("servers", name="web-1")
        assert (await source.next())["name"] == "web-1"
        await source.looked(cloud)

    async def go_on(source: Source) -> list[tuple[str, str]]:
        told = [await source.next(), await source.next()]
        await source.looked(cloud)
        assert source._queue.empty()
        return [(event["change"], event["name"]) for event in told]

    Source(cloud, marker=str(marker)).run(begin)
    assert marker.stat().st_mode & 0o777 == 0o600 and seeds.ADMIN_PASSWORD not in marker.read_text()
    asyncio.run(converge(cloud, id=gone["id"], state="absent"))
    cloud.seed("servers", name="web-2")

    told = Source(cloud, marker=str(marker), emit_existing=True).run(go_on)
    assert told == [("created", "web-2"), ("deleted", "gone")]
    with pytest.raises(SOURCE["SourceError"], match="of another platform"):
        Source(cloud, marker=str(marker), projects=["demo"]).run(go_on)


def test_it_goes_on_when_the_platform_answers_again(cloud: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    cloud.seed("servers", name="old")

    async def story(source: Source) -> dict[str, Any]:
        await source.looked(cloud)
        cloud.fault("status", status=500, match={"operation": "server-list-detail"}, count=2)
        cloud.seed("servers", name="web-1")
        return await source.next()

    with caplog.at_level(logging.WARNING):
        event = Source(cloud, longest_pause=0.2, api_retries=0).run(story)

    assert (event["change"], event["name"]) == ("created", "web-1")
    assert [record.message[:41] for record in caplog.records] == ["The platform could not be looked at, the "] * 2


@pytest.mark.parametrize("looks_before", [0, 1])
def test_tls_that_breaks_off_ends_it_only_where_it_never_worked(
    cloud: Simulator, monkeypatch: pytest.MonkeyPatch, looks_before: int
) -> None:
    """A gateway that is restarted breaks off handshakes; to ask again does not help where a certificate is wrong."""
    platform, count = SOURCE["Platform"], 0
    look = platform.look

    def at_times(self: Any) -> Any:
        nonlocal count
        count += 1
        if count == looks_before + 1:
            raise OptionError("No TLS connection to https://cloud.example.com: EOF occurred.")
        return look(self)

    monkeypatch.setattr(platform, "look", at_times)

    async def story(source: Source) -> dict[str, Any]:
        while count <= looks_before:
            await asyncio.sleep(0.02)
        cloud.seed("servers", name="web-1")
        return await source.next()

    if looks_before:
        assert Source(cloud, longest_pause=0.2).run(story)["name"] == "web-1"
    else:
        with pytest.raises(SOURCE["SourceError"], match="No TLS connection"):
            Source(cloud).run(story)


def test_requests_that_were_sent_again_are_not_remembered_for_ever(cloud: Simulator) -> None:
    cloud.fault("status", status=503, match={"operation": "server-list-detail"}, count=2)
    options = {name: rules.get("default") for name, rules in SOURCE["_SPEC"].items()}
    login = {
        "api_url": cloud.url,
        "api_username": "admin",
        "api_password": seeds.ADMIN_PASSWORD,
        "api_project": "admin",
    }
    platform = SOURCE["Platform"]({**options, **login})
    (client,) = platform._clients.values()
    remembered = []
    for _look in range(2):
        platform.look()
        remembered.append(len(client.retries))
    platform.close()
    assert remembered == [2, 0]


def test_a_login_that_is_refused_ends_it(cloud: Simulator) -> None:
    with pytest.raises(SOURCE["SourceError"], match="Could not log in") as raised:
        Source(cloud, api_password="wrong-password").run(Source.next)

    assert "wrong-password" not in str(raised.value)
    assert len(cloud.log()) <= 2


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"kinds": ["volume"]}, "volume"),
        ({"interval": 0}, "interval"),
        ({"intervall": 5}, "intervall"),
        ({"api_username": None}, "api_username"),
        ({"api_url": "cloud"}, "api_url"),
    ],
)
def test_wrong_options_are_named_before_anything_is_sent(cloud: Simulator, given: dict[str, Any], named: str) -> None:
    with pytest.raises(SOURCE["SourceError"], match=named):
        Source(cloud, **given).run(Source.next)
    assert cloud.log() == []


CHINESE = [
    ({"interval": 0}, {}, "必须大于 0"),
    ({"api_url": None}, {}, "缺少 api_url。请在事件源的参数中"),
    ({"api_password": "wrong-password"}, {}, "登录"),
    ({"api_language": None, "interval": 0}, {"CLOUDOS_LANGUAGE": "zh"}, "必须大于 0"),
    ({"api_language": None, "interval": 0, "api_cloud": "here"}, {}, "必须大于 0"),
]


@pytest.mark.parametrize(("given", "variables", "chinese"), CHINESE)
def test_the_source_speaks_the_language_of_its_arguments(
    cloud: Simulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, Any],
    variables: dict[str, str],
    chinese: str,
) -> None:
    (tmp_path / "clouds.yaml").write_text('{"clouds": {"here": {"cloudos": {"api_language": "zh"}}}}')
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "clouds.yaml"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SOURCE["SourceError"]) as raised:
        Source(cloud, **{"api_language": "zh", **given}).run(Source.next)
    assert chinese in str(raised.value)


def test_the_log_of_the_source_is_in_its_language(cloud: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    async def story(source: Source) -> None:
        while not caplog.messages:
            await asyncio.sleep(0.01)

    cloud.fault("status", status=503, match={"operation": "server-list-detail"})
    Source(cloud, api_language="zh", api_retries=0).run(story)
    assert caplog.messages[0].startswith("无法查询平台")


def test_the_options_are_documented_as_they_are() -> None:
    told = yaml.safe_load(SOURCE["DOCUMENTATION"])["options"]

    assert set(told) == set(SOURCE["_SPEC"])
    for name, spec in SOURCE["_SPEC"].items():
        facts = {key: spec.get(key) for key in ("type", "elements", "choices", "default")}
        assert {key: told[name].get(key) for key in facts} == facts, name


def test_the_examples_use_options_that_exist() -> None:
    rulebooks = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (EDA / "rulebooks").glob("*.yml")]
    sources = [source for rulebook in rulebooks for ruleset in rulebook for source in ruleset["sources"]]
    sources += yaml.safe_load(SOURCE["EXAMPLES"])

    assert len(sources) > 1
    for source in sources:
        assert set(source["h3c.cloudos.cloudos_states"]) <= set(SOURCE["_SPEC"])


# --- rulebooks ---------------------------------------------------------------------------------------------------

RULEBOOKS = sorted((EDA / "rulebooks").glob("*.yml"))


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.stem)
def test_a_rulebook_is_one_that_ansible_rulebook_takes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validators = pytest.importorskip("ansible_rulebook.validators", reason="only the development set-up has it")
    parser = importlib.import_module("ansible_rulebook.rules_parser")
    settings = importlib.import_module("ansible_rulebook.conf").settings
    monkeypatch.setattr(settings, "ansible_galaxy_path", str(BIN / "ansible-galaxy"))
    monkeypatch.setenv("ANSIBLE_COLLECTIONS_PATH", str(COLLECTIONS))
    rulebook = yaml.safe_load(path.read_text(encoding="utf-8"))
    validators.Validate.rulebook(rulebook)

    (parsed,) = parser.parse_rule_sets(rulebook)
    assert [source.source_name for source in parsed.sources] == ["h3c.cloudos.cloudos_states"]
    assert parsed.rules and all(rule.condition and rule.actions for rule in parsed.rules)


@pytest.mark.parametrize(
    ("variables", "organization"), [({}, "Default"), ({"awx_cloud": "Lab", "awx_organization": "Shop"}, "Shop")]
)
def test_the_job_template_of_a_rulebook_is_one_that_is_made(variables: dict[str, str], organization: str) -> None:
    (ruleset,) = yaml.safe_load((EDA / "rulebooks" / "cloudos_audit.yml").read_text(encoding="utf-8"))
    made = example_values(**variables)
    names = {template["name"] for template in made["awx_job_templates"]}
    given = {"cloudos_audit_template": "Audit of Lab", "cloudos_audit_organization": organization} if variables else {}
    for rule in ruleset["rules"]:
        started = {key: Template(text).render(given) for key, text in rule["action"]["run_job_template"].items()}
        assert started["name"] in names and started["organization"] == made["awx_organization"] == organization


@contextlib.contextmanager
def killed_after(seconds: float, process: subprocess.Popen) -> Iterator[None]:
    """Whatever happens, waiting for a process comes to an end."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@pytest.mark.skipif(
    not ((BIN / "ansible-rulebook").exists() and shutil.which("java")), reason="ansible-rulebook needs Java"
)
def test_ansible_rulebook_acts_on_a_change(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("servers", name="web-1")
    variables = {"cloudos_url": cloud.url, "cloudos_username": "admin", "cloudos_project": "admin"}
    variables.update(cloudos_marker=str(ansible.folder / "marker.json"), cloudos_interval=0.2)
    (ansible.folder / "vars.yml").write_text(yaml.safe_dump(variables))
    (ansible.folder / "inventory.yml").write_text("all: {hosts: {localhost: {}}}\n")
    login = dict.fromkeys(("CLOUDOS_URL", "CLOUDOS_USERNAME", "CLOUDOS_PROJECT", "ANSIBLE_CALLBACKS_ENABLED"))
    engine = subprocess.Popen(
        [
            *(str(BIN / "ansible-rulebook"), "--rulebook", "h3c.cloudos.cloudos_states"),
            *("--inventory", "inventory.yml", "--vars", "vars.yml", "--print-events"),
        ],
        cwd=ansible.folder,
        env=ansible.environment(**login, PATH=f"{BIN}:{os.environ['PATH']}"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output = []
    try:
        with killed_after(START_SECONDS, engine):
            while len(looks(cloud)) < 2 and engine.poll() is None:
                time.sleep(0.05)
        with killed_after(SECONDS, engine):
            asyncio.run(converge(cloud, name="web-1", power_state="stopped"))
            for line in engine.stdout:
                output.append(line)
                if "web-1 was running, and is stopped" in line:
                    break
    finally:
        engine.terminate()
        output += engine.communicate()[0] or ""
    assert "web-1 was running, and is stopped\n" in output, "".join(output)
    assert seeds.ADMIN_PASSWORD not in "".join(output)
