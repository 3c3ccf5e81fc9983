# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m benchmark: measure, print the tables, and write them to tests/output."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from dataclasses import fields

from .choice import Choice
from .report import Table, to_json, to_markdown
from .scenarios import behaviour, creation, export, growth, info, inventory, latency, loop, tasks, uploads
from .stage import PYTHON, REPOSITORY

SCENARIOS = {
    scenario.NAME: scenario.run
    for scenario in (loop, tasks, creation, info, growth, uploads, inventory, latency, export, behaviour)
}
OUTPUT = REPOSITORY / "tests" / "output"

_VERSIONS = """
import importlib.metadata, json, pathlib, platform
import ansible_collections.openstack.cloud as cloud
manifest = json.loads((pathlib.Path(cloud.__path__[0]) / "MANIFEST.json").read_text())
names = ("ansible-core", "ansible", "openstacksdk", "requests")
found = {"Python": platform.python_version(), **{name: importlib.metadata.version(name) for name in names}}
print(json.dumps({**found, "openstack.cloud": manifest["collection_info"]["version"]}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the collection beside others.")
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    for option in fields(Choice):
        name = f"--{option.name.replace('_', '-')}"
        several = {"nargs": "+"} if isinstance(option.default, tuple) else {}
        parser.add_argument(name, type=int, default=option.default, help=f"default {option.default}", **several)
    arguments = vars(parser.parse_args())
    only = arguments.pop("only")
    tables: list[Table] = []
    known = facts()
    for name in only:
        for table in SCENARIOS[name](Choice(**arguments)):
            print(table.markdown(), flush=True)
            tables.append(table)
            write(known, tables)
    return 0


def facts() -> dict[str, str]:
    """What the figures depend on."""
    versions = json.loads(subprocess.run([PYTHON, "-c", _VERSIONS], check=True, capture_output=True, text=True).stdout)
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=REPOSITORY, check=False, capture_output=True, text=True
    )
    return {
        "date": datetime.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} {platform.release()}",
        "versions": ", ".join(f"{name} {version}" for name, version in versions.items()),
        "h3c.cloudos": described.stdout.strip() or "unknown",
    }


def write(known: dict[str, str], tables: list[Table]) -> None:
    """What has been measured so far, so that nothing is lost when the rest takes too long."""
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / "benchmark.md").write_text(to_markdown("Benchmark", known, tables), encoding="utf-8")
    (OUTPUT / "benchmark.json").write_text(to_json(known, tables), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
