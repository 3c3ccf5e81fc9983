# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules in the archives that Ansible makes of them: each file is compiled once, and bears its right name."""

from __future__ import annotations

import collections
import json
import os
import subprocess
import sys

import pytest
from tools import packed

# Counts what is compiled from the archive, and reads the names of the modules that were imported from it.
SPY = """
import json, sys
compiled = []
sys.addaudithook(lambda event, args: compiled.append(args[1]) if event == "compile" else None)
{start}
own = {{name: module for name, module in sys.modules.items() if name.startswith("ansible_collections.h3c.cloudos.")}}
files = {{name: [module.__file__, bool(getattr(module, "__path__", None))] for name, module in own.items()}}
print(json.dumps([[str(path) for path in compiled if isinstance(path, str)], files]))
"""


@pytest.fixture(scope="module", params=["cloudos_server", "cloudos_flavor_info"])
def started(request, tmp_path_factory):
    """The archive of a module, the files that its start compiled, and the files and kinds of what it imported."""
    archive = packed.pack(request.param, tmp_path_factory.mktemp("packed"))
    command = [sys.executable, "-c", SPY.format(start=packed.start(request.param))]
    environment = {**os.environ, "PYTHONPATH": str(archive)}
    output = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout
    return str(archive), *json.loads(output)


def test_each_file_is_compiled_once(started):
    archive, compiled, imported = started
    times = collections.Counter(path for path in compiled if path.startswith(archive))
    # Python comes to the importer by way of these.
    before = ("module", "module.run", "module.archives")
    names = [name for name in imported if ".module_utils." in name and not name.endswith(before)]
    later = [imported[name][0] for name in names]
    assert len(later) > 60
    assert {times[path] for path in later} == {1}


def test_imported_files_bear_their_names(started):
    archive, _compiled, imported = started
    for name, (path, is_package) in imported.items():
        stem = f"{archive}/{name.replace('.', '/')}"
        assert path == (f"{stem}/__init__.py" if is_package else f"{stem}.py")


def test_outside_of_an_archive_nothing_is_changed():
    code = "import sys; before = list(sys.path_hooks); {}; assert sys.path_hooks == before"
    name = "ansible_collections.h3c.cloudos.plugins.module_utils.module.archives"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    subprocess.run([sys.executable, "-c", code.format(f"import {name}")], check=True, env=environment)
