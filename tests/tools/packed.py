# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible packs of the collection into each module that runs as an ordinary one: files, size, and CPU time.

Ansible packs what import statements name, wherever they stand, and whatever that imports, in turn. A module is compiled
anew in each task, so that each file costs time.

    $ .venv/bin/python tests/tools/packed.py --cpu cloudos_server cloudos_flavor
"""

from __future__ import annotations

import argparse
import ast
import functools
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PLUGINS = REPOSITORY / "plugins"
_NAMESPACE = "ansible_collections.h3c.cloudos.plugins"
_RUNS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", default=names(), help="all of them if none is named")
    parser.add_argument("--cpu", action="store_true", help="also measure the CPU time of a module up to its options")
    chosen = parser.parse_args()
    for name in chosen.modules:
        files = files_of(name)
        time = f"  {cpu_of(name):6.0f} ms" if chosen.cpu else ""
        print(f"{name:36} {len(files):4} files {size_of(files) / 1000:6.0f} KB{time}")


def names() -> list[str]:
    return sorted(path.stem for path in (PLUGINS / "modules").glob("cloudos_*.py"))


def files_of(module: str) -> set[Path]:
    """The files of the collection that are packed with a module, its own included."""
    found: set[Path] = set()
    left = [PLUGINS / "modules" / f"{module}.py"]
    while left:
        path = left.pop()
        if path not in found:
            found.add(path)
            left.extend(_imported(path))
    return found


def size_of(files: set[Path]) -> int:
    """Bytes, before they are compressed."""
    return sum(path.stat().st_size for path in files)


@functools.cache
def _imported(path: Path) -> frozenset[Path]:
    """The files of the collection that a file imports, with those of the packages that they are in."""
    found: set[Path] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in _named(path, node):
            found.update(_files(name))
    return frozenset(found)


def _named(path: Path, node: ast.AST) -> Iterator[str]:
    """What an import statement may import, by the full names of modules."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        package = [_NAMESPACE, *path.relative_to(PLUGINS).parts[: -node.level]] if node.level else []
        base = ".".join([*package, *([node.module] if node.module else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)
        yield base


def _files(name: str) -> Iterator[Path]:
    if not name.startswith(f"{_NAMESPACE}."):
        return
    path = PLUGINS.joinpath(*name.removeprefix(f"{_NAMESPACE}.").split("."))
    source = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    if source.is_file():
        yield source
        yield from (p / "__init__.py" for p in source.parents if PLUGINS in p.parents and (p / "__init__.py").is_file())


def cpu_of(module: str) -> float:
    """Milliseconds of CPU time from the start of Python until a module knows its options; the median of some runs."""
    with tempfile.TemporaryDirectory() as directory:
        archive = pack(module, Path(directory))
        return statistics.median(_cpu_of_start(archive, module) for _run in range(_RUNS))


def pack(module: str, directory: Path) -> Path:
    """An archive as Ansible makes it, without what is Ansible's own."""
    archive = directory / "module.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in files_of(module):
            packed.write(path, Path(*_NAMESPACE.split(".")[:3], path.relative_to(REPOSITORY)))
        for depth in range(1, 5):
            packed.writestr(str(Path(*_NAMESPACE.split(".")[:depth], "__init__.py")), "")
        packed.writestr(str(Path(*_NAMESPACE.split("."), "modules", "__init__.py")), "")
    return archive


def start(module: str) -> str:
    """Python code that starts a module up to its options."""
    imports = f"import ansible.module_utils.basic\nfrom {_NAMESPACE}.modules.{module} import DEFINITION"
    return f"{imports}\nDEFINITION.all_constraints"


def _cpu_of_start(archive: Path, module: str) -> float:
    command = [sys.executable, "-c", start(module)]
    before = os.times()
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(archive)})
    after = os.times()
    return 1000 * (after.children_user + after.children_system - before.children_user - before.children_system)


if __name__ == "__main__":
    main()
