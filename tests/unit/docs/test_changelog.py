# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The changelog has all that is new; `make changelog` writes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
RELEASES = yaml.safe_load((REPOSITORY / "changelogs" / "changelog.yaml").read_text(encoding="utf-8"))["releases"]

_ADDED = re.compile(r"""^version_added: ["']?([\d.]+)""", re.MULTILINE)


def listed(entries: list[dict[str, Any]]) -> set[str]:
    return {entry["name"] for entry in entries}


def test_each_new_module_is_listed_with_the_version_that_brings_it() -> None:
    brought: dict[str, set[str]] = {}
    for path in (REPOSITORY / "plugins" / "modules").glob("cloudos_*.py"):
        brought.setdefault(_ADDED.search(path.read_text(encoding="utf-8")).group(1), set()).add(path.stem)

    told = {version: listed(release["modules"]) for version, release in RELEASES.items() if "modules" in release}
    assert told == brought, "run `make changelog`"


def test_every_plugin_and_role_is_listed() -> None:
    told = {
        *(
            name
            for release in RELEASES.values()
            for entries in release.get("plugins", {}).values()
            for name in listed(entries)
        ),
        *(name for release in RELEASES.values() for name in listed(release.get("objects", {}).get("role", []))),
    }
    kinds = ("callback", "filter", "inventory", "lookup")
    there = {path.stem for kind in kinds for path in (REPOSITORY / "plugins" / kind).glob("[a-z]*.py")}
    roles = {path.name for path in (REPOSITORY / "roles").iterdir()}

    assert told == there | roles, "run `make changelog`"
