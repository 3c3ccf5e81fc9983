# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide to a new resource, typed: its commands and its changes, in a scratch clone, until the tests are green.

Of its last command, which runs every check, only what concerns the resource is run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.harness import REPOSITORY

GUIDE = REPOSITORY / "docs" / "adding-a-resource.md"
# What stands for a command that takes too long: ruff, the contract, and of the tests that look at each module those of
# the new one
SHORTER = {
    "make test": (
        ".venv/bin/ruff check . && .venv/bin/ruff format --check ."
        " && .venv/bin/python tests/contract/generate.py --check"
        " && .venv/bin/python -m pytest -q -n 0 tests/unit/docs tests/integration/test_export.py"
        " -k '(not test_export or hands_over) and (security_label or not cloudos_)'"
    )
}
# Of the environment, what belongs to the run of these tests or to the caller's Ansible
_OWN = ("ANSIBLE_", "CLOUDOS_", "COV_", "MAKE", "MFLAGS", "PYTEST_", "PYTHONDONTWRITE", "VIRTUAL_ENV")

_FILE = re.compile(r"^`([\w./-]+)`:$", re.MULTILINE)
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The work tree as it is, with the environment of this one."""
    folder = tmp_path / "cloudos"
    _run(["git", "clone", "--quiet", str(REPOSITORY), str(folder)], tmp_path)
    changed = _run(["git", "diff", "HEAD", "--name-only", "--no-renames"], REPOSITORY)
    added = _run(["git", "ls-files", "--others", "--exclude-standard"], REPOSITORY)
    for name in [*changed.splitlines(), *added.splitlines()]:
        _copy(REPOSITORY / name, folder / name)
    venv = folder / ".venv"
    (venv / "collections" / "ansible_collections" / "h3c").mkdir(parents=True)
    (venv / "collections" / "ansible_collections" / "h3c" / "cloudos").symlink_to("../../../..")
    for name in ("bin", "include", "lib", "lib64", "pyvenv.cfg"):
        (venv / name).symlink_to(REPOSITORY / ".venv" / name)
    (venv / "ready").touch()
    return folder


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    if source.is_symlink() or source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)


def _run(command: list[str], folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    environment["PYTEST_XDIST_AUTO_NUM_WORKERS"] = "1"  # the other cores have other tests
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}"
    return done.stdout


def steps(page: str) -> Iterator[tuple[str, str]]:
    """What the guide asks for, in its order: changes, each with the name of its file, and commands, with none."""
    for match in _BLOCK.finditer(page):
        if match[1] == "console":
            yield from (("", line.removeprefix("$ ")) for line in match[2].splitlines())
        elif match[1] == "diff":
            yield _FILE.findall(page, 0, match.start())[-1], match[2]


def change(text: str, block: str) -> str:
    """A text with the lines of a block that begin with + in the place of those that begin with -."""
    lines = block.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"{text.count(before)} times:\n{before}"
    return text.replace(before, after)


def test_who_types_the_guide_gets_a_resource_that_passes_its_tests(clone: Path) -> None:
    typed = list(steps(GUIDE.read_text(encoding="utf-8")))
    assert typed[0] == ("", "make new RESOURCE=security_label")
    assert typed[-1] == ("", "make test")

    for file, text in typed:
        if file:
            path = clone / file
            path.write_text(change(path.read_text(encoding="utf-8"), text), encoding="utf-8")
        else:
            _run(["bash", "-c", SHORTER.get(text, text)], clone)


@pytest.mark.parametrize("name", ["flavor", "SecurityLabel"])
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(clone: Path, name: str) -> None:
    before = _run(["git", "status", "--porcelain"], clone)
    with pytest.raises(AssertionError, match=f"make new: RESOURCE: {name!r}"):
        _run(["make", "new", f"RESOURCE={name}"], clone)

    assert _run(["git", "status", "--porcelain"], clone) == before
