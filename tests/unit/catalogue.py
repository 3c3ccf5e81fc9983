# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources that the collection has, by their names."""

from __future__ import annotations

import importlib
import pkgutil

from ansible_collections.h3c.cloudos.plugins.module_utils import resources
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource

_MODULES = pkgutil.walk_packages(resources.__path__, f"{resources.__name__}.")

RESOURCES: dict[str, Resource] = {
    value.name: value
    for module in sorted(found.name for found in _MODULES if not found.ispkg)
    for value in vars(importlib.import_module(module)).values()
    if isinstance(value, Resource)
}
