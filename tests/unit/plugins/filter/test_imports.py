# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible imports all filters to find one, anew in each task that uses any, so none imports much."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from unit.programs import COLLECTIONS, environment

from ansible_collections.h3c.cloudos import plugins

FILTERS = Path(next(iter(plugins.__path__))) / "filter"
PACKAGE = "ansible_collections.h3c.cloudos.plugins"
#: what all resources need, their options, and their requests
HEAVY = {"model.resource", "module.argument_spec", "cloud.client"}

PROGRAM = f"""
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module("{PACKAGE}.filter." + name)
print("\\n".join(sys.modules))
"""


def test_no_filter_imports_the_resources_before_it_is_used():
    names = sorted(path.stem for path in FILTERS.glob("*.py") if path.stem != "__init__")
    assert len(names) > 10

    command = [sys.executable, "-c", PROGRAM, str(COLLECTIONS), *names]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)

    prefix = f"{PACKAGE}.module_utils."
    imported = {name.removeprefix(prefix) for name in done.stdout.split() if name.startswith(prefix)}
    assert "model.spelling" in imported
    assert not imported & HEAVY
