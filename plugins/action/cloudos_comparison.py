# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run cloudos_comparison inside the controller's process. Written by make action-plugins."""

from __future__ import annotations

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import check_options
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_comparison import DEFINITION
from ansible_collections.h3c.cloudos.plugins.plugin_utils.in_process import InProcessAction


class ActionModule(InProcessAction):
    definition = DEFINITION


def main() -> None:
    """Check the options of a task: what ansible-lint runs in the place of a module."""
    check_options(DEFINITION)
