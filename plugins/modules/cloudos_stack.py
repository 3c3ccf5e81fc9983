#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_stack
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.features.stack import STACK
from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module

DEFINITION = STACK


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
