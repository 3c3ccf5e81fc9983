# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Argument specs that modules share."""

from __future__ import annotations

import functools
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ..cloud.addresses import prefixes
from ..cloud.connection import Connection
from ..cloud.json_types import Json
from ..model.field import Field, alias
from ..model.resource import Resource
from .connection_options import CONNECTION, VARIABLES
from .login_options import OF_TASKS, check_address, check_login

#: how long to wait for the platform, also under the name that other collections have for it
WAIT_TIMEOUT: t.Mapping[str, t.Any] = {"type": "int", **alias("timeout")}

#: the constraint that is not for the validator, for which an option is set if it is given, whatever its value is
EXCLUSIVE = "mutually_exclusive"


#: the options of all modules that have a plan
PLANNED: t.Mapping[str, t.Any] = {"only_plan": {"type": "str"}, "plan_file": {"type": "path"}}


def for_validator(constraints: t.Mapping[str, t.Any]) -> Json:
    """The constraints that are left to the validator of argument specs; option_checks looks at the rest."""
    return {name: rules for name, rules in constraints.items() if name != EXCLUSIVE}


def connection(params: t.Mapping[str, t.Any], places: str = OF_TASKS) -> Connection:
    """The connection that validated options describe. Files and variables like to end with a line end.

    Args:
        places: where the options can be, for people.

    Raises:
        OptionError: an option has a value that cannot be meant, or the address is missing.
    """
    check_address(params, VARIABLES, places)
    return Connection(
        url=params["api_url"].strip(),
        token=params["api_token"] and params["api_token"].strip(),
        auth_url=params["api_auth_url"] and params["api_auth_url"].strip(),
        username=params["api_username"],
        password=params["api_password"],
        application_credential_id=params["api_application_credential_id"],
        application_credential_secret=params["api_application_credential_secret"],
        domain=params["api_domain"],
        project=params["api_project"],
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        timeout=params["api_timeout"],
        retries=params["api_retries"],
        layout=params["api_layout"],
        service_prefixes=prefixes(params["api_service_prefixes"]),
        language=params["api_language"] and params["api_language"].strip().replace("_", "-"),
    )


def login(params: t.Mapping[str, t.Any], places: str = OF_TASKS) -> Connection:
    """The same, with all that a login needs."""
    found = connection(params, places)
    check_login(params, VARIABLES, places)
    return found


#: the option of modules whose work can take long
PROGRESS: t.Mapping[str, t.Any] = {"progress": {"type": "bool", "default": True}}


def state_spec(resource: Resource) -> Json:
    """The argument spec of a resource's state module."""
    spec = {**CONNECTION, **PLANNED, "state": {"type": "str", "choices": list(resource.states), "default": "present"}}
    settable = [field for field in resource.fields if field.option is not None]
    spec.update((field.name, _field_spec(field)) for field in settable)
    if any(not field.updatable for field in settable):
        spec["replace"] = {"type": "bool", "default": False}
    if any((field.secret or field.secret_keys) and field.updatable for field in settable):
        spec["update_password"] = {
            "type": "str",
            "choices": ["on_create", "always"],
            "default": "on_create",
            "no_log": False,
        }
    if resource.wait_timeout:
        spec["wait"] = {"type": "bool", "default": True}
        spec["wait_timeout"] = {**WAIT_TIMEOUT, "default": resource.wait_timeout}
        spec.update(PROGRESS)
    return {**spec, **resource.more_options}


def member_spec(resource: Resource) -> Json:
    """The argument spec of one object of a fleet: that of the state module without the connection."""
    not_its_own = {*CONNECTION, *PROGRESS}
    return {name: spec for name, spec in state_spec(resource).items() if name not in not_its_own}


def state_constraints(resource: Resource) -> Json:
    """The constraints of a resource's state module, those of the connection left aside."""
    constraints = dict(resource.constraints)
    if len(resource.identified_by) > 1:
        constraints["required_one_of"] = [*constraints.get("required_one_of", []), resource.identified_by]
    return constraints


@functools.cache
def member_validator(resource: Resource) -> ArgumentSpecValidator:
    """What holds the options of one object to all that its state module demands of them."""
    return ArgumentSpecValidator(member_spec(resource), **for_validator(state_constraints(resource)))


def info_spec(resource: Resource) -> Json:
    """The argument spec of a resource's read-only module."""
    spec = {**CONNECTION, **{name: {"type": "str"} for name in ("name", "id") if _has(resource, name)}}
    spec.update((name, dict(option.spec)) for name, option in resource.filters.items())
    if resource.short_list_operation:
        spec["detail"] = {"type": "bool", "default": True}
    return {**spec, **resource.more_info_options}


def secret_values(spec: t.Mapping[str, t.Any], params: t.Mapping[str, t.Any]) -> t.Iterator[t.Any]:
    """The values of all options that are marked no_log, nested ones included."""
    for name, value in params.items():
        rules = spec.get(name) if value is not None else None
        if not rules:
            continue
        if rules.get("no_log"):
            yield value
        if rules.get("options"):
            for entry in value if isinstance(value, list) else [value]:
                if isinstance(entry, dict):
                    yield from secret_values(rules["options"], entry)


def _field_spec(field: Field) -> Json:
    spec = {"type": field.type, **(field.option or {})}
    if field.secret:
        spec["no_log"] = True
    return spec


def _has(resource: Resource, name: str) -> bool:
    return any(field.name == name for field in resource.fields)
