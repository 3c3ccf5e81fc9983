# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a file stands that lasts as long as a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible import constants as C
from ansible.errors import AnsibleFilterError

from ansible_collections.h3c.cloudos.plugins.filter.run_file import FilterModule

run_file = FilterModule().filters()["run_file"]


def test_a_file_is_in_the_temporary_directory_of_the_run():
    assert run_file("plan.json") == run_file("plan.json") == str(Path(C.DEFAULT_LOCAL_TMP) / "plan.json")


@pytest.mark.parametrize("name", ["", "../plan.json", "/etc/plan.json", "a/b"])
def test_only_the_name_of_a_file_is_taken(name):
    with pytest.raises(AnsibleFilterError, match="not the name of a file"):
        run_file(name)
