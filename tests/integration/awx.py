# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX does before it runs anything: with a custom credential type, and with the files of a project."""

from __future__ import annotations

import functools
import re
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

PLAYBOOK = re.compile(r"\s*-?\s*(hosts|(ansible\.builtin\.)?(include|import_playbook)):")
INVENTORY = re.compile(r"[a-zA-Z0-9_.=\[\]]")

VALUES = REPOSITORY / "playbooks" / "vars" / "awx.yml"
VARIABLE = re.compile(r"{{ (awx_[\w.]+) }}")


def example_values(**given: str) -> dict[str, Any]:
    """The values of the example, where one is part of another with that put in."""
    values: dict[str, Any] = {**yaml.safe_load(VALUES.read_text(encoding="utf-8")), **given}

    def value_of(found: re.Match[str]) -> str:
        return str(filled_in(functools.reduce(dict.__getitem__, found[1].split("."), values)))

    def filled_in(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: filled_in(value) for name, value in node.items()}
        if isinstance(node, list):
            return [filled_in(value) for value in node]
        return VARIABLE.sub(value_of, node) if isinstance(node, str) else node

    return {name: filled_in(value) for name, value in values.items()}


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


def injector_problems(inputs: dict[str, Any], injectors: dict[str, Any]) -> list[str]:
    """What AWX refuses injectors for: a variable that is not for credentials, or what no field has in a template."""
    known = {field["id"]: "EXAMPLE" for field in inputs.get("fields", [])}
    names = [name.removeprefix("template.") for name in injectors.get("file", {})]
    strict = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    found = [f"{name}: not allowed" for name in injectors.get("env", {}) if name.startswith("ANSIBLE_")]
    for kind in ("file", "env", "extra_vars"):
        for name, template in injectors.get(kind, {}).items():
            try:
                strict.from_string(template).render(**known, tower=Files(dict.fromkeys(names, "EXAMPLE")))
            except UndefinedError as error:
                found.append(f"{name}: {error}")
    return found


def undeclared() -> list[str]:
    """What templates use and no field declares; AWX refuses such a type."""
    return injector_problems(CREDENTIAL_TYPE["inputs"], CREDENTIAL_TYPE["injectors"])


def playbooks(project: Path) -> list[str]:
    """The files of a project that AWX offers as playbooks: it looks at their endings, and at each of their lines."""
    found = (path.relative_to(project) for path in project.rglob("*") if path.suffix in (".yml", ".yaml"))
    return sorted(str(path) for path in found if not _skipped(path.parts[:-1]) and _is_playbook(project / path))


def inventories(project: Path) -> list[str]:
    """The files of a project that AWX offers as inventories: only those without an ending, or with that of INI."""
    found = (path.relative_to(project) for path in project.rglob("*") if path.is_file())
    return sorted(str(path) for path in found if not _skipped(path.parts[:-1]) and _is_inventory(project / path))


def playbooks_of_project() -> list[str]:
    return playbooks(EXTENSIONS / "project")


def _skipped(folders: tuple[str, ...]) -> bool:
    passed_over = {"roles", "tasks", "group_vars", "host_vars"}
    return any(folder in passed_over or folder.startswith(".") for folder in folders)


def _is_playbook(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return text.startswith("$ANSIBLE_VAULT;") or any(map(PLAYBOOK.match, text.splitlines()))


def _is_inventory(path: Path) -> bool:
    if path.name in ("inventory", "hosts") or path.suffix == ".ini" or path.stat().st_mode & stat.S_IXUSR:
        return True
    beginning = path.read_text(encoding="utf-8").splitlines()[:10]
    return not path.suffix and any(INVENTORY.match(line) for line in beginning)


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
