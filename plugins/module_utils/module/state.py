# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Modules that bring one object to its wanted state."""

from __future__ import annotations

from ..engine import execution
from ..model.resource import Resource
from . import argument_spec
from .definition import ModuleDefinition


def state_module(resource: Resource) -> ModuleDefinition:
    """The module that brings one object of a resource to its wanted state."""
    return ModuleDefinition(
        argument_spec.state_spec(resource),
        lambda run: execution.converge(resource, run),
        argument_spec.state_constraints(resource),
        secret_containers=(*(field.name for field in resource.fields if field.secret_keys), *resource.secret_options),
        paths=resource.url_options,
    )
