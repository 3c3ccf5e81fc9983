# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of a checked play leave for those after them, and what it costs."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.placeholders import (
    TO_BE_CREATED,
    is_to_be_created,
    mentions_new,
    placeholder,
    unnumbered,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import checked_play
from ansible_collections.h3c.cloudos.plugins.module_utils.model import check_memory
from ansible_collections.h3c.cloudos.plugins.module_utils.model.check_memory import CheckMemory
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import Plan, Step
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.flavor import FLAVOR, KIND

LISTED = [{"id": "1", "name": "small", "ram": 1024}, {"id": "2", "name": "large", "ram": 4096}]


def connection(project: str = "admin", url: str = "http://cloud") -> Connection:
    return Connection(url=url, username="admin", password="secret", project=project)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "check.json"


def run(path: Path, check_mode: bool = True, **options: Any) -> Context:
    """A run of a process of its own."""
    return Context(None, options, check_mode, memory=CheckMemory(str(path), connection()))


def plan(before: dict | None, after: dict | None) -> Plan:
    action = "create" if before is None else "update" if after else "delete"
    step = Step(action, FLAVOR.create_operation, creates=before is None)
    return Plan((step,), before=before, after=after)


def names(run: Context) -> list[tuple[str, str]]:
    return [(raw["id"], raw["name"]) for raw in check_memory.references(run, KIND, LISTED)]


def test_lists_are_as_earlier_tasks_would_have_left_them(path: Path) -> None:
    small, large = ({**FLAVOR.read(raw)} for raw in LISTED)
    made = [checked_play.remember(run(path), FLAVOR, plan(None, {"id": None, "name": name})) for name in ("a", "b")]
    assert [found and found["id"] for found in made] == [TO_BE_CREATED, "(to be created 2)"]
    checked_play.remember(run(path), FLAVOR, plan(small, None))
    checked_play.remember(run(path), FLAVOR, plan(large, {**large, "name": "huge"}))
    checked_play.remember(run(path), FLAVOR, plan(made[0], None))
    assert names(run(path)) == [("2", "huge"), ("(to be created 2)", "b")]
    assert check_memory.entries(run(path), FLAVOR, LISTED) == check_memory.references(run(path), KIND, LISTED)


def test_nothing_is_written_or_laid_over_outside_of_check_mode(path: Path) -> None:
    checked_play.remember(run(path, check_mode=False), FLAVOR, plan(None, {"id": None, "name": "a"}))
    assert not path.exists()
    checked_play.remember(run(path), FLAVOR, plan(None, {"id": None, "name": "a"}))
    assert check_memory.entries(run(path, check_mode=False), FLAVOR, LISTED) is LISTED
    assert check_memory.entries(Context(None, {}, check_mode=True), FLAVOR, LISTED) is LISTED


def test_what_really_happened_is_not_foreseen_any_more(path: Path) -> None:
    checked_play.remember(run(path), FLAVOR, plan(None, {"id": None, "name": "a"}))
    checked_play.forget(run(path, check_mode=False), FLAVOR, {"id": "7", "name": "a"})
    assert names(run(path)) == [("1", "small"), ("2", "large")]


def test_projects_and_platforms_are_kept_apart(path: Path) -> None:
    checked_play.remember(run(path), FLAVOR, plan(None, {"id": None, "name": "a"}))
    for other in (connection(project="demo"), connection(url="http://other")):
        apart = Context(None, {}, check_mode=True, memory=CheckMemory(str(path), other))
        assert check_memory.entries(apart, FLAVOR, LISTED) is LISTED
    assert "secret" not in path.read_text() and stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_read_again_only_when_it_has_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked_play.remember(run(path), FLAVOR, plan(None, {"id": None, "name": "a"}))
    reads: list[str] = []
    load = check_memory._load
    monkeypatch.setattr(check_memory, "_load", lambda path: reads.append(path) or load(path))
    reader = run(path)
    for _look in range(3):
        names(reader)
    assert len(reads) == 1
    checked_play.remember(run(path), FLAVOR, plan(None, {"id": None, "name": "b"}))
    reads.clear()
    assert len(names(reader)) == 4 and len(reads) == 1


def test_placeholders() -> None:
    assert [is_to_be_created(text) for text in (placeholder(1), placeholder(12), "to be created", "", None, 5)] == [
        *(True, True, False, False, False, False)
    ]
    assert mentions_new({"server_id": placeholder(3)}, None) and mentions_new(None, [("node", placeholder(1))])
    assert not mentions_new({"server_id": "7"}, {"name": "web"})
    told = {"id": placeholder(2), "flavor": placeholder(2), "at": [f"nova:{placeholder(4)}"]}
    assert unnumbered(told) == {"id": placeholder(2), "flavor": TO_BE_CREATED, "at": [f"nova:{TO_BE_CREATED}"]}
