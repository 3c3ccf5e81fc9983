# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of the reference has a module that sends it, and a story that fails when it is sent otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from unit.operations import page
from unit.operations.player import Player, all_stories, altered, problems, story_names

from simulator import Simulator

OPERATIONS = {operation.id: operation for operation in page.operations()}


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with pytest.MonkeyPatch.context() as patch, Simulator(build_seconds=0.1, action_seconds=0.1) as simulator:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield simulator


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return all_stories(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def rows(cloud: Simulator, stories: dict[str, Any]) -> dict[str, page.Row]:
    """Who sends each operation, as the simulator saw it."""
    return page.rows_of(Player(cloud), stories)


@pytest.mark.parametrize("name", story_names())
def test_a_story_ends_as_it_should(name: str, cloud: Simulator, stories: dict[str, Any]) -> None:
    broken = list(problems(Player(cloud).play(stories[name])))
    if broken:
        pytest.fail("\n".join(broken), pytrace=False)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_has_a_module_and_a_request_that_drives_it(
    operation: str, rows: dict[str, page.Row]
) -> None:
    assert rows[operation].modules, f"no module sends {operation}"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_story_fails_when_an_operation_is_sent_to_another_address(
    operation: str, cloud: Simulator, stories: dict[str, Any], rows: dict[str, page.Row]
) -> None:
    row = rows[operation]
    with altered(row.sent_as, lambda url, body: (f"{url}/elsewhere", body)):
        assert any(_fails(cloud, stories[name]) for name in row.stories)


@pytest.mark.parametrize("operation", [name for name, operation in OPERATIONS.items() if operation.has_body])
def test_a_story_fails_when_an_operation_is_sent_with_another_body(
    operation: str, cloud: Simulator, stories: dict[str, Any], rows: dict[str, page.Row]
) -> None:
    row = rows[operation]
    with altered(row.sent_as, lambda url, body: (url, _with_a_surplus(body))):
        assert any(_fails(cloud, stories[name]) for name in row.stories)


def test_the_page_tells_what_the_code_does(rows: dict[str, page.Row]) -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.text(rows), "write it anew with: make api-coverage"


def _fails(cloud: Simulator, story: Any) -> bool:
    return any(problems(Player(cloud).play(story)))


def _with_a_surplus(body: Any) -> Any:
    """The same body with a member that the reference does not know, in its innermost single wrapper."""
    if isinstance(body, list):
        return [_with_a_surplus(entry) for entry in body] or [{"surplus": "1"}]
    if not isinstance(body, dict):
        return {"surplus": "1"}
    if len(body) == 1:
        (name, inner), = body.items()
        if isinstance(inner, dict):
            return {name: _with_a_surplus(inner)}
    return {**body, "surplus": "1"}
