# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All files of a new resource, as they will be. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from string import Template

from .. import action_plugins
from .edits import EDITS
from .names import Names, RefusedError

TEMPLATES = Path(__file__).parent / "templates"

# Templates by the files that they become
FILES = {
    "plugins/module_utils/resources/$section/$name.py": "resource.py",
    "plugins/modules/cloudos_$name.py": "module.py",
    "plugins/modules/cloudos_${name}_info.py": "info_module.py",
    "tests/contract/extensions/$name.yaml": "contract.yaml",
    "tests/simulator/services/$plural.py": "service.py",
    "tests/unit/simulator/test_$plural.py": "service_test.py",
    "tests/integration/matrix/cloudos_$name.yml": "matrix.yml",
    "tests/integration/targets/cloudos_$name/aliases": "aliases",
    "tests/integration/targets/cloudos_$name/tasks/main.yml": "target.yml",
}
LINKS = {"tests/integration/targets/cloudos_$name/runme.sh": "../setup_simulator/run.sh"}

_VERSION = re.compile(r"^version: (\S+)$", re.MULTILINE)


def values_of(repository: Path, names: Names, kinds: Collection[str]) -> dict[str, str]:
    """What the templates may use.

    Args:
        kinds: what the simulator has already.
    """
    version = _VERSION.search((repository / "galaxy.yml").read_text(encoding="utf-8"))
    kind = f"new_{names.plural}" if names.plural in kinds else names.plural
    return names.values(kind, version[1] if version else "")


def new_files(values: dict[str, str]) -> dict[str, str]:
    """The files that there are not yet, by path."""
    files = {
        Template(path).substitute(values): Template(_template(template)).substitute(values)
        for path, template in FILES.items()
    }
    modules = [Path(path).stem for path in files if path.startswith("plugins/modules/")]
    return {**files, **action_plugins.files_of(modules)}


def new_links(values: dict[str, str]) -> dict[str, str]:
    return {Template(path).substitute(values): target for path, target in LINKS.items()}


def changed_files(repository: Path, values: dict[str, str]) -> dict[str, str]:
    """The files that get something for the resource, by path.

    Raises:
        RefusedError: one of them has no place for it.
    """
    texts: dict[str, str] = {}
    for edit in EDITS:
        text = texts.get(edit.path) or (repository / edit.path).read_text(encoding="utf-8")
        texts[edit.path] = edit.applied(text, values)
    return texts


def check(repository: Path, names: Names, values: dict[str, str], operations: Collection[str]) -> None:
    """Refuse a resource that there is, or that cannot be.

    Args:
        operations: the ids of all operations of the contract.

    Raises:
        RefusedError: with the reason.
    """
    there = [path for path in [*new_files(values), *new_links(values)] if (repository / path).exists()]
    if there:
        raise RefusedError(f"RESOURCE: {names.name!r} exists: {', '.join(there)}.")
    known = [operation for operation in names.operations if operation in operations]
    if known:
        raise RefusedError(f"RESOURCE: {names.name!r}: the contract has {', '.join(known)} already. Use another name.")


def _template(name: str) -> str:
    return (TEMPLATES / f"{name}.tmpl").read_text(encoding="utf-8")
