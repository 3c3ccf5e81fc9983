# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find the Python interpreters of this machine that really start."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def find_pythons() -> dict[str, Path]:
    """Return the first working interpreter of each version, by version (``{"3.11": Path(".../bin/python3.11")}``)."""
    found = {version: _first_working(version) for version in VERSIONS}
    return {version: path for version, path in found.items() if path}


def search_path_without_shims() -> list[str]:
    """Return the directories of ``PATH`` except those that hold a ``pythonX.Y`` which does not start.

    Version managers put wrappers there for versions that are not active; a tool that believes the name fails on them.
    """
    return [directory for directory in os.get_exec_path() if not _has_broken_python(Path(directory))]


def _first_working(version: str) -> Path | None:
    return next((real for path in _candidates(version) if (real := _real_interpreter(path, version))), None)


def _candidates(version: str) -> Iterator[Path]:
    name = f"python{version}"
    yield from (Path(directory) / name for directory in os.get_exec_path())
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/{name}"), reverse=True)


def _real_interpreter(path: Path, version: str) -> Path | None:
    """Return where the interpreter behind ``path`` lives, or None unless it starts, has venv and is of that version."""
    if not os.access(path, os.X_OK):
        return None
    program = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2], sys._base_executable)"
    process = subprocess.run([str(path), "-c", program], capture_output=True, text=True, check=False)
    if process.returncode != 0:
        return None
    reported, executable = process.stdout.strip().split(" ", 1)
    return Path(executable) if reported == version else None


def _has_broken_python(directory: Path) -> bool:
    return any(
        subprocess.run([str(path), "-c", ""], capture_output=True, check=False).returncode != 0
        for path in directory.glob("python3.*[0-9]")
        if os.access(path, os.X_OK)
    )
