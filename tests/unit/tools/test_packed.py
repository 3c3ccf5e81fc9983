# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is packed with a module: no more than it needs, because all of it is sent and compiled for each task."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tools import packed

#: modules that converge or describe objects of many kinds, with their bounds
OF_MANY_KINDS = {
    "cloudos_servers": (140, 650_000),
    "cloudos_export": (200, 1_050_000),
    "cloudos_stack": (160, 800_000),
    "cloudos_audit_report": (190, 1_000_000),
    "cloudos_comparison": (210, 1_050_000),
}


def paths(module):
    return {str(path.relative_to(packed.PLUGINS)) for path in packed.files_of(module)}


@pytest.mark.parametrize("module", packed.names())
def test_a_module_is_sent_with_what_it_needs_only(module):
    most_files, most_bytes = OF_MANY_KINDS.get(module, (135, 600_000))
    files = packed.files_of(module)
    assert len(files) <= most_files
    assert packed.size_of(files) <= most_bytes


@pytest.mark.parametrize(
    ("module", "most_bytes"), [("cloudos_flavor", 430_000), ("cloudos_flavor_info", 360_000), ("cloudos_api", 340_000)]
)
def test_a_small_module_stays_small(module, most_bytes):
    assert packed.size_of(packed.files_of(module)) <= most_bytes


@pytest.mark.parametrize("module", [name for name in packed.names() if name.endswith("_info")])
def test_what_only_reads_is_sent_without_what_converges(module):
    assert not {"module_utils/engine/execution.py", "module_utils/engine/planning.py"} & paths(module)


@pytest.mark.parametrize("module", ["cloudos_server", "cloudos_baremetal_node", "cloudos_lease", "cloudos_api"])
def test_what_converges_one_object_is_sent_without_fleets(module):
    assert not [path for path in paths(module) if path.startswith("module_utils/engine/fleet/")]


def test_what_is_imported_by_what_is_imported_is_packed_with_its_packages():
    found = paths("cloudos_server")
    assert {
        "modules/cloudos_server.py",
        "module_utils/cloud/json_types.py",
        "module_utils/resources/_power.py",
    } <= found
    assert {"module_utils/__init__.py", "module_utils/resources/compute/__init__.py"} <= found
    assert not [path for path in found if path.startswith("plugin_utils/")]


def test_a_module_does_not_load_what_only_pages_of_errors_need():
    code = (
        "import sys\n"
        "from ansible_collections.h3c.cloudos.plugins.modules.cloudos_server import DEFINITION\n"
        "print(DEFINITION.spec['name']['type'], 'html' in sys.modules)"
    )
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    loaded = subprocess.run([sys.executable, "-c", code], env=here, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["str", "False"]
