# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of the reference has a module that sends it, and a story that fails when it is sent otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from unit.operations import page
from unit.operations.player import Player, Story, all_stories, altered, outcome, problems, story_names

from simulator import Simulator

OPERATIONS = {operation.id: operation for operation in page.operations()}


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with pytest.MonkeyPatch.context() as patch, Simulator(build_seconds=0.1, action_seconds=0.1) as simulator:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield simulator


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Story]:
    return all_stories(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def player(cloud: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Player:
    return Player(cloud, tmp_path_factory.mktemp("scratch"))


def rows_for(operation: str, player: Player, stories: dict[str, Story]) -> Iterator[page.Row]:
    """Who sends an operation, as the simulator saw it: among the stories that the page names, then among all."""
    for names in (page.named_stories().get(operation, []), stories):
        yield page.rows_of(player, {name: stories[name] for name in names if name in stories})[operation]


@pytest.mark.parametrize("name", story_names())
def test_a_story_ends_as_it_should(name: str, player: Player, stories: dict[str, Story]) -> None:
    broken = list(problems(player.played(stories[name])))
    if broken:
        pytest.fail("\n".join(broken), pytrace=False)


def test_the_reference_has_all_its_operations() -> None:
    assert len(OPERATIONS) == 171


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_has_a_module_and_a_story(operation: str, player: Player, stories: dict[str, Story]) -> None:
    assert any(row.modules for row in rows_for(operation, player, stories)), f"no module sends {operation}"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_story_ends_otherwise_when_an_operation_is_altered(
    operation: str, player: Player, stories: dict[str, Story]
) -> None:
    alter = _with_another_body if OPERATIONS[operation].has_body else _to_another_address
    for row in rows_for(operation, player, stories):
        for story in (stories[name] for name in row.stories):
            expected = outcome(player.played(story))
            with altered(row.sent_as, alter):
                if outcome(player.play(story)) != expected:
                    return
    pytest.fail("no story notices", pytrace=False)


def test_the_page_tells_what_the_code_does(player: Player, stories: dict[str, Story]) -> None:
    written = page.text(page.rows_of(player, stories))
    assert page.PAGE.read_text(encoding="utf-8") == written, "write it anew with: make api-coverage"


def _to_another_address(url: str, body: Any) -> tuple[str, Any]:
    return f"{url}/elsewhere", body


def _with_another_body(url: str, body: Any) -> tuple[str, Any]:
    """A file that is uploaded has no members; it goes elsewhere."""
    return _to_another_address(url, body) if body is None else (url, _with_a_surplus(body))


def _with_a_surplus(body: Any) -> Any:
    """The same body with a member that the reference does not know, in its innermost single wrapper."""
    if isinstance(body, list):
        return [_with_a_surplus(entry) for entry in body] or [{"surplus": "1"}]
    if not isinstance(body, dict):
        return {"surplus": "1"}
    if len(body) == 1:
        ((name, inner),) = body.items()
        if isinstance(inner, dict):
            return {name: _with_a_surplus(inner)}
    return {**body, "surplus": "1"}
