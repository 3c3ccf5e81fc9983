# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring the documentation of all modules up to date with their declarations, or look whether it is.

    PYTHONPATH=tests:.venv/collections python -m tools.docs_sync [--check]

What is derived: which options and returned members there are, with their types, elements, choices and defaults; the
sentences that follow from fields; what every module of a kind returns; the members of info modules, which are described
in the state modules; references between the modules of one resource. All else is written by hand and stays.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from . import options, returned
from .subjects import MODULES, STATE, Page, Subject, inherited_options, subjects


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    found = subjects()
    before = {subject.name: (MODULES / f"{subject.name}.py").read_text(encoding="utf-8") for subject in found}
    try:
        after = all_synced(found, before)
    except ValueError as error:
        print(error)
        return 1
    outdated = [name for name in after if after[name] != before[name]]
    for name in outdated:
        if arguments:
            print("".join(difference(name, before[name], after[name])))
        else:
            (MODULES / f"{name}.py").write_text(after[name], encoding="utf-8")
            print(f"plugins/modules/{name}.py: updated{named_only(before[name], after[name])}")
    if outdated and arguments:
        print(f"The documentation of {len(outdated)} modules is not up to date with their declarations: make docs-sync")
        return 1
    return 0


def named_only(before: str, after: str) -> str:
    """What to say of entries that are new, whose descriptions come from their names or from another module."""
    new = sorted(entry_names(Page.of(after)) - entry_names(Page.of(before)))
    return f"; please read the descriptions of {', '.join(new)}" if new else ""


def entry_names(page: Page) -> set[str]:
    """The paths of all that has a description."""

    def names(entries: Any, inside: str, path: str = "") -> Iterator[str]:
        for name, entry in (entries or {}).items():
            yield f"{path}{name}"
            yield from names((entry or {}).get(inside), inside, f"{path}{name}.")

    options = (yaml.safe_load(page.documentation) or {}).get("options")
    return {*names(options, "suboptions", "options."), *names(yaml.safe_load(page.returned), "contains")}


def all_synced(found: list[Subject], sources: Mapping[str, str]) -> dict[str, str]:
    """The files of modules with their documentation up to date.

    Args:
        found: what to bring up to date, state modules first.
        sources: the files of these modules by their names.

    Raises:
        ValueError: a file is not what this command can read, or names what its module does not have.
    """
    done: dict[str, str] = {}
    for subject in found:
        try:
            done[subject.name] = synced_file(subject, sources[subject.name], done)
        except ValueError as error:
            raise ValueError(f"plugins/modules/{subject.name}.py: {error}") from error
    return done


def synced_file(subject: Subject, text: str, done: Mapping[str, str]) -> str:
    page = Page.of(text)
    state = done.get(f"cloudos_{subject.resource.name}") if subject.resource else None
    if subject.kind == STATE:
        described: str | None = page.returned
    else:
        described = Page.of(state).returned if state else None
    return synced(subject, page, described).put_into(text)


def synced(subject: Subject, page: Page, state_module: str | None) -> Page:
    """The texts of one module; `state_module` is the RETURN of the state module of the same resource."""
    noun = returned.noun_of(subject.resource, state_module)
    inherited = inherited_options(page.documentation)
    return Page(
        options.synced(page.documentation, subject, noun, inherited),
        returned.synced(page.returned, subject, noun, state_module),
    )


def difference(name: str, before: str, after: str) -> list[str]:
    path = f"plugins/modules/{name}.py"
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), path, path, n=1)
    return list(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
