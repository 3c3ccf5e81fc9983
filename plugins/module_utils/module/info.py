# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Modules that only read."""

from __future__ import annotations

from ..engine import info
from ..model.resource import Resource
from . import argument_spec
from .definition import ModuleDefinition


def info_module(resource: Resource) -> ModuleDefinition:
    """The module that lists the objects of a resource."""
    return ModuleDefinition(
        argument_spec.info_spec(resource), lambda run: info.gather(resource, run), filters=resource.filters
    )
