# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the tests on each supported ansible-core, each in a virtual environment ``.venv-<core>`` of its own.

A core that no Python of this machine can run is skipped and named.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from pythons import find_pythons

REPOSITORY = Path(__file__).resolve().parents[2]
COLLECTIONS = REPOSITORY / ".venv" / "collections"
REQUIREMENTS = (
    REPOSITORY / "tests" / "requirements-pytest.txt",
    REPOSITORY / "tests" / "simulator" / "requirements.txt",
)

# Each core with the Pythons its controller runs on, the preferred one first
CORES = {
    "2.16": ("3.10", "3.11", "3.12"),
    "2.17": ("3.10", "3.11", "3.12"),
    "2.18": ("3.12", "3.11", "3.13"),
    "2.19": ("3.12", "3.11", "3.13"),
    "2.20": ("3.12", "3.13", "3.14"),
    "2.21": ("3.12", "3.13", "3.14"),
    "2.22": ("3.13", "3.14"),
}
# What does not depend on the core: `make unit` and `make integration` run it once
INDEPENDENT = ("benchmark", "docs", "openstack", "operations", "reliability", "simulator", "tools")
PRERELEASES = {"2.22": "rc1"}  # of a core that is not out yet: the first one to take


def main() -> int:
    arguments = parse_arguments()
    runnable = find_runnable(arguments.python)
    chosen = select(arguments.cores, runnable)
    results = {core: run_checks(core, runnable[core], arguments) for core in chosen}
    for core, passed in results.items():
        print(f"matrix: ansible-core {core} {'passed' if passed else 'FAILED'}")
    return 0 if results and all(results.values()) else 1


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subset", metavar="MARKER", help="run only the tests with this pytest marker, such as smoke")
    parser.add_argument("--python", metavar="VERSION", help="run on this Python, not on the preferred one of each core")
    parser.add_argument("--sanity", action="store_true", help="run ansible-test sanity as well")
    names = ", ".join(CORES)
    parser.add_argument("cores", nargs="*", metavar="CORE", help=f"{names}, or oldest or newest of those that can run")
    arguments = parser.parse_args()
    if unknown := set(arguments.cores) - {*CORES, "oldest", "newest"}:
        parser.error(f"unknown ansible-core: {', '.join(sorted(unknown))} (there are {names}, oldest, newest)")
    return arguments


def find_runnable(python: str | None = None) -> dict[str, Path]:
    """Return the cores that this machine can run, each with its interpreter, and say which it cannot.

    Args:
        python: the only version of Python that counts; without one, the first that a core prefers.
    """
    pythons = find_pythons()
    runnable = {}
    for core, supported in CORES.items():
        wanted = supported if python is None else [version for version in supported if version == python]
        usable = [pythons[version] for version in wanted if version in pythons]
        if usable:
            runnable[core] = usable[0]
        else:
            print(f"matrix: ansible-core {core} SKIPPED, it needs Python {' or '.join(supported)}", flush=True)
    return runnable


def select(wanted: list[str], runnable: dict[str, Path]) -> list[str]:
    """Return the runnable ones of the wanted cores, oldest first; all of them if none is named."""
    if not wanted:
        return list(runnable)
    cores = list(runnable)
    names = {"oldest": cores[:1], "newest": cores[-1:]}
    chosen = {core for name in wanted for core in names.get(name, [name])}
    return [core for core in cores if core in chosen]


def run_checks(core: str, interpreter: Path, arguments: argparse.Namespace) -> bool:
    """Run the tests, and sanity if asked for, on one core and return whether all passed."""
    print(f"\n=== ansible-core {core} on {interpreter}", flush=True)
    venv = prepare_venv(core, interpreter)
    python = str(venv / "bin" / "python")
    tests = ["-m", arguments.subset, *files_with(arguments.subset)] if arguments.subset else all_tests()
    commands = [[python, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *tests]]
    if arguments.sanity:
        commands.append([python, "tests/tools/sanity.py"])
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(venv / "bin"), os.environ["PATH"])),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
    }
    codes = [subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode for command in commands]
    return not any(codes)


def all_tests() -> list[str]:
    """Return pytest's arguments for all that depends on the core."""
    ignored = [f"--ignore=tests/unit/{folder}" for folder in INDEPENDENT]
    ignored.append("--ignore=tests/integration/test_new_resource.py")
    return ["tests/unit", "tests/integration", *ignored]


def files_with(marker: str) -> list[str]:
    """Return the files that have tests with a marker. To collect all for these few takes longer than to run them."""
    files = sorted(REPOSITORY.glob("tests/**/test_*.py"))
    return [str(file) for file in files if f"pytest.mark.{marker}" in file.read_text(encoding="utf-8")]


def prepare_venv(core: str, interpreter: Path) -> Path:
    """Make the virtual environment of a core; installing again is quick when nothing is missing."""
    venv = REPOSITORY / f".venv-{core}"
    if not (venv / "bin" / "pip").exists() or (venv / "bin" / "python").resolve() != interpreter.resolve():
        subprocess.run([str(interpreter), "-m", "venv", "--clear", str(venv)], check=True)
    files = [argument for path in REQUIREMENTS if path.exists() for argument in ("-r", str(path))]
    options = ["--quiet", "--no-compile", "--disable-pip-version-check"]
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", *options]
    subprocess.run([*pip, f"ansible-core~={core}.0{PRERELEASES.get(core, '')}", *files], check=True)
    return venv


if __name__ == "__main__":
    sys.exit(main())
