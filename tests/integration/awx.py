# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX does with a custom credential type before it runs anything: its rules, and how it injects a credential."""

from __future__ import annotations

import stat
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from integration.harness import REPOSITORY
from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

EXTENSIONS = REPOSITORY / "extensions" / "awx"
CREDENTIAL_TYPE = yaml.safe_load((EXTENSIONS / "credential_type.yml").read_text(encoding="utf-8"))


class Files:
    """The `tower.filename` of templates, which has a path for each file."""

    def __init__(self, paths: dict[str, str]) -> None:
        self.filename = paths


def fields() -> dict[str, dict[str, Any]]:
    return {field["id"]: field for field in CREDENTIAL_TYPE["inputs"]["fields"]}


def templates() -> Iterator[tuple[str, str]]:
    """Each template of the injectors, with what it makes."""
    for kind in ("file", "env", "extra_vars"):
        yield from CREDENTIAL_TYPE["injectors"].get(kind, {}).items()


def names_of_files() -> list[str]:
    """The files that a credential becomes: AWX has either one `template`, or several with a name each."""
    return [name.removeprefix("template.") for name in CREDENTIAL_TYPE["injectors"]["file"]]


def undeclared() -> list[str]:
    """What templates use and no field declares; AWX refuses such a type."""
    known = dict.fromkeys(fields(), "EXAMPLE")
    strict = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    found = []
    for name, template in templates():
        try:
            strict.from_string(template).render(**known, tower=Files(dict.fromkeys(names_of_files(), "EXAMPLE")))
        except UndefinedError as error:
            found.append(f"{name}: {error}")
    return found


def inject(inputs: dict[str, str], folder: Path, seen_as: Path | None = None) -> dict[str, str]:
    """The environment of a job with a credential of these inputs.

    Its files lie in a folder of the job, which the job itself, in its container, sees under another path.
    """
    assert set(CREDENTIAL_TYPE["inputs"]["required"]) <= set(inputs) <= set(fields())
    sandbox = ImmutableSandboxedEnvironment()
    known = {name: value for name, value in inputs.items() if value}
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, text in CREDENTIAL_TYPE["injectors"]["file"].items():
        path = folder / f"tmp{uuid.uuid4().hex}"
        path.write_text(sandbox.from_string(text).render(**known))
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        paths[name.removeprefix("template.")] = str((seen_as or folder) / path.name)
    tower = Files(paths)
    env = CREDENTIAL_TYPE["injectors"]["env"]
    return {name: sandbox.from_string(text).render(**known, tower=tower) for name, text in env.items()}
