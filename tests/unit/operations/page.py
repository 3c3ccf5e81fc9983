# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/api-coverage.md: every operation of the reference, the modules that send it, and a story that drives it.

    PYTHONPATH=tests:.venv/collections python -m unit.operations.page

Nothing of it is written by hand: the stories are played, and what the simulator saw is told.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator import Simulator
from simulator.contract import load_contract

from .player import Player, Story, all_stories

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = REPOSITORY / "docs" / "api-coverage.md"

_ROW = re.compile(r"^\| \d+ \| `([\w-]+)` \|.*\| ([^|]+) \|$", re.MULTILINE)
_HEADER = """\
<!--
Copyright (c) 2026, H3C CloudOS collection contributors
GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
SPDX-License-Identifier: GPL-3.0-or-later
-->

# API coverage

This page lists every operation of the platform's reference, by its section and number there, and the modules that send
it. It is written by `make api-coverage`, which runs each module against the simulated platform and records the
requests. A test fails if an operation has no module, if no test drives it, or if this page is out of date.

"Driven by" names the stories of the test: the life cycle of a module (create, run again, change, reject, delete, …) or
one of `tests/unit/operations/stories.yml`. Each of them fails if the request is sent to another URL, or with a member
that the reference does not define.
"""


@dataclass(frozen=True)
class Described:
    """An operation of the reference as the contract tells it."""

    id: str
    section: str
    method: str
    path: str
    has_body: bool

    @property
    def order(self) -> list[int]:
        return [int(number) for number in self.section.split(".")]


@dataclass
class Row:
    """Who sends an operation.

    Attributes:
        modules: those that send it.
        stories: those that drive it, the shortest first.
        sent_as: how the collection names it: one of several descriptions of an endpoint.
    """

    modules: set[str] = field(default_factory=set)
    stories: list[str] = field(default_factory=list)
    sent_as: str = ""


def operations() -> list[Described]:
    """All operations of the reference, in its order."""
    found = [
        Described(name, section, method.upper(), path, "requestBody" in operation)
        for path, methods in load_contract().document["paths"].items()
        for method, operation in methods.items()
        for name, section in operation.get("x-reference", {}).items()
    ]
    return sorted(found, key=lambda operation: operation.order)


def rows_of(player: Player, stories: Mapping[str, Story]) -> dict[str, Row]:
    """Play the stories and tell who sent each operation of the reference."""
    rows = {operation.id: Row() for operation in operations()}
    for story in sorted(stories.values(), key=lambda story: len(story.calls)):
        for done in player.played(story):
            for sent_as, seen in done.operations:
                for name in seen & rows.keys():
                    row = rows[name]
                    row.modules.add(done.call.module)
                    row.sent_as = row.sent_as or sent_as
                    if story.name not in row.stories:
                        row.stories.append(story.name)
    return rows


def named_stories() -> dict[str, list[str]]:
    """The stories that the page names for each operation: who needs one of them does not have to play all."""
    return {name: stories.split("; ") for name, stories in _ROW.findall(PAGE.read_text(encoding="utf-8"))}


def text(rows: Mapping[str, Row]) -> str:
    return "\n".join([_HEADER, *_tables(rows), ""])


def _tables(rows: Mapping[str, Row]) -> Iterator[str]:
    section = ""
    for operation in operations():
        place, _dot, number = operation.section.rpartition(".")
        if place != section:
            section = place
            yield from ("", f"## Section {section}", "")
            yield from ("| # | Operation | Request | Modules | Driven by |", "|---|---|---|---|---|")
        row = rows[operation.id]
        modules = ", ".join(f"`{module}`" for module in sorted(row.modules))
        request = f"{operation.method} {operation.path}"
        yield f"| {number} | `{operation.id}` | `{request}` | {modules} | {'; '.join(row.stories[:2])} |"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Simulator(build_seconds=0.1, action_seconds=0.1) as cloud:
        os.environ["XDG_CACHE_HOME"] = folder
        PAGE.write_text(text(rows_of(Player(cloud, Path(folder)), all_stories(Path(folder)))), encoding="utf-8")


if __name__ == "__main__":
    main()
