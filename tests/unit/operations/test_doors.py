# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the collection sends to the gateway works at the core API as well: every story is played there, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from unit.operations.player import Player, Story, all_stories, problems, story_names

from simulator import Simulator


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """An installation without a gateway, which the options do not say."""
    with pytest.MonkeyPatch.context() as patch, Simulator(doors="core") as simulator:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield simulator


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Story]:
    return all_stories(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def player(cloud: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Player:
    return Player(cloud, tmp_path_factory.mktemp("scratch"))


@pytest.mark.parametrize("name", story_names())
def test_a_story_ends_at_the_core_api_as_it_does_at_the_gateway(
    name: str, player: Player, stories: dict[str, Story]
) -> None:
    done = player.play(stories[name])

    assert list(problems(done)) == []
    at_the_gateway = {entry["path"] for one in done for entry in one.log if entry["path"].startswith("/os/")}
    assert at_the_gateway <= {"/os/kinton/v1/v3/auth/tokens"}  # which the first login asks
