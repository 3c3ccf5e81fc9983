# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Modules that bring many objects to their wanted states at once."""

from __future__ import annotations

import functools
import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..engine.fleet import convergence
from ..engine.fleet.members import FOR_ALL
from ..model.context import Context
from ..model.resource import Resource
from . import argument_spec, connection_options, option_checks
from .definition import ModuleDefinition

#: the options of all modules that converge many objects at once
AT_ONCE: t.Mapping[str, t.Any] = {
    **argument_spec.PLANNED,
    "defaults": {"type": "dict"},
    "concurrency": {"type": "int", "default": 10},
    "on_failure": {"type": "str", "choices": ["continue", "stop", "rollback"], "default": "continue"},
    **argument_spec.PROGRESS,
    "result_detail": {"type": "str", "choices": ["failed", "all"], "default": "failed"},
}


def fleet_spec(resource: Resource) -> Json:
    """The argument spec of the module that converges many objects of a resource at once.

    Its members are validated one by one, when the defaults of the fleet have been put before those of the options.
    """
    members = argument_spec.member_spec(resource)
    spec = {
        **connection_options.CONNECTION,
        resource.plural: {"type": "list", "elements": "dict", "required": not resource.supports_count},
        **{name: members[name] for name in FOR_ALL if name in members},
        **AT_ONCE,
    }
    if resource.supports_count:
        spec.update(name={"type": "str"}, count={"type": "int"}, exact_count={"type": "int"})
    return spec


def fleet_constraints(resource: Resource) -> Json:
    if not resource.supports_count:
        return {}
    return {
        "mutually_exclusive": [(resource.plural, "name"), ("count", "exact_count")],
        "required_one_of": [(resource.plural, "name")],
        "required_by": {"count": ("name",), "exact_count": ("name",)},
    }


def fleet_module(resource: Resource) -> ModuleDefinition:
    """The module that brings many objects of a resource to their wanted states at once."""
    return ModuleDefinition(
        fleet_spec(resource),
        lambda run: converge_fleet(resource, run),
        fleet_constraints(resource),
        secret_containers=(resource.plural, "defaults"),
        members={resource.plural: argument_spec.member_spec(resource)},
        defaults=argument_spec.member_spec(resource),
    )


def converge_fleet(resource: Resource, run: Context) -> Json:
    """Bring all objects of a fleet to their wanted states; see engine.fleet.convergence."""
    return convergence.converge(resource, run, functools.partial(validated_member, resource, run))


def validated_member(resource: Resource, run: Context, layers: t.Iterable[t.Mapping[str, t.Any]]) -> Json:
    """The options of one object, held to all that its state module demands of them.

    Args:
        layers: options of the fleet, its defaults, and those of the object; a later one counts before an earlier one.
    """
    validator = argument_spec.member_validator(resource)
    result = validator.validate(option_checks.merged(validator.argument_spec, layers))
    if result.errors.errors:
        raise OptionError(f"{run.client.redactor.text(result.errors.msg).rstrip('.')}.")
    params: Json = result.validated_parameters
    option_checks.check(validator.argument_spec, params, resource.constraints.get(argument_spec.EXCLUSIVE, ()))
    return params
