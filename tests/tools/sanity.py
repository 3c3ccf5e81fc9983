# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run ``ansible-test sanity`` on the work tree, wherever it is checked out.

ansible-test insists on a directory ``ansible_collections/h3c/cloudos``, so it gets a fresh copy of the files that git
knows or would add. It needs neither a container nor any network but pip's. Its virtual environments live in a home
directory of its own under the virtual environment that runs it, and are kept between runs.

Usage: ``sanity.py [ansible-test options]``, for example ``sanity.py --test pep8``. With PYTHONS=all in the environment,
compile and import run on every Python, otherwise on the oldest.
"""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pythons import find_pythons, search_path_without_shims

REPOSITORY = Path(__file__).resolve().parents[2]
VENV = Path(sys.prefix)
WORK = VENV / "sanity"
COPY = WORK / "ansible_collections" / "h3c" / "cloudos"

GET_PIP = """\
import os
import subprocess
import sys

environment = {name: value for name, value in os.environ.items() if name != "GET_PIP"}
packages = [argument for argument in sys.argv[1:] if not argument.startswith("--no-")]
subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL, env=environment)
subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *packages], check=True, env=environment)
"""


def main() -> int:
    copy_work_tree(COPY)
    prepare_home()
    versions = chosen_versions()
    announce(versions)
    started = time.monotonic()
    targets = [argument for version in versions for argument in ("--target-python", version)]
    command = [str(VENV / "bin" / "ansible-test"), "sanity", *targets, "--color", "no", *sys.argv[1:]]
    status = subprocess.run(command, cwd=COPY, env=environment(), stdin=subprocess.DEVNULL, check=False).returncode
    print(f"ansible-test sanity: {'passed' if status == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return status


def chosen_versions() -> list[str]:
    """Return the versions of Python for compile and import. Newer ones run the code in other tests."""
    versions = list(find_pythons())
    return versions if os.environ.get("PYTHONS") == "all" else versions[:1]


def copy_work_tree(copy: Path) -> None:
    """Copy the files that git knows or would add to a fresh directory, links as links."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout.split("\0")
    shutil.rmtree(copy, ignore_errors=True)
    for name in sorted(set(filter(None, names))):
        source, target = REPOSITORY / name, copy / name
        if source.is_symlink() or source.is_file():  # a file that is deleted but not committed yet is still listed
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    # Without a repository of its own the copy would count as ignored by the one around it.
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)


def prepare_home() -> None:
    """Give ansible-test a home directory: pip's settings of this user, and pip itself without a download script."""
    settings = WORK / ".config" / "pip" / "pip.conf"
    settings.parent.mkdir(parents=True, exist_ok=True)
    with settings.open("w", encoding="utf-8") as stream:
        pip_settings().write(stream)
    cache = WORK / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in wanted_pip_versions():
        (cache / f"get_pip_{version.replace('.', '_')}.py").write_text(GET_PIP, encoding="utf-8")


def pip_settings() -> configparser.RawConfigParser:
    """Return pip's effective settings, those from environment variables included: ansible-test drops the variables."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    settings = configparser.RawConfigParser()
    settings.read_dict({"global": {"quiet": "1"}})
    for line in listing.splitlines():
        name, value = line.split("=", 1)
        section, option = name.rsplit(".", 1)
        section = "global" if section == ":env:" else section
        if not settings.has_section(section):
            settings.add_section(section)
        settings.set(section, option, ast.literal_eval(value).replace("\n", "\n  "))
    return settings


def wanted_pip_versions() -> set[str]:
    """Return the versions of pip which this ansible-test would fetch a bootstrap script for."""
    path = next(VENV.glob("lib/python*/site-packages/ansible_test/_internal/python_requirements.py"))
    return set(re.findall(r"pip='([\d.]+)'", path.read_text(encoding="utf-8")))


def environment() -> dict[str, str]:
    """Return the environment of ansible-test: its own home, and only interpreters that start."""
    interpreters = [str(path.parent) for path in find_pythons().values()]
    search_path = [str(VENV / "bin"), *search_path_without_shims(), *interpreters]
    return {**os.environ, "HOME": str(WORK), "PATH": os.pathsep.join(search_path)}


def announce(versions: list[str]) -> None:
    print(f"Interpreters for compile and import: {', '.join(versions)}")
    for suffix, test in ((".ps1", "pslint"), (".sh", "shellcheck")):
        if not any(COPY.rglob(f"*{suffix}")):
            print(f"Nothing to do for {test}: the collection has no {suffix} file")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
