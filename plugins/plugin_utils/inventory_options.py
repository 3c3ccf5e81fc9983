# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The options of the inventory plugin: what is asked of the platform, and the structures among them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import typing as t

import yaml
from ansible import constants as C
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.model.declaration import Filter
from ansible_collections.h3c.cloudos.plugins.module_utils.module import option_checks
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import connection
from ansible_collections.h3c.cloudos.plugins.module_utils.module.cloud_entry import with_cloud
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER

from .inventory_cache import FORM
from .inventory_file import check_hostnames, check_keyed_groups, check_members, check_options
from .trust import each_text, trusted

# Of the collection: what one version has cached is not read by another.
VERSION = "1.0.0"

#: the filters for a name as it is, and for a regular expression
NAME, NAME_PATTERN = "name", "name_pattern"
FILTERS = {NAME: Filter("name"), NAME_PATTERN: Filter("name"), **SERVER.filters}
_EXPRESSIONS: t.Mapping[str, type[t.Any]] = {"compose": dict, "groups": dict, "keyed_groups": list}
_PREFIXES = "api_service_prefixes"
_KEYED_GROUPS = "CLOUDOS_INVENTORY_KEYED_GROUPS"


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked of the platform."""

    connection: Connection
    projects: tuple[t.Optional[str], ...]
    filters: t.Mapping[str, str]
    join: tuple[str, ...]
    page_size: int
    page_concurrency: int

    @property
    def cache_key(self) -> str:
        c = self.connection
        account = [c.username or c.application_credential_id, c.domain, c.token]
        identity = [c.url, c.auth_url, c.layout, c.service_prefixes, *account]
        text = json.dumps([VERSION, FORM, identity, self.projects, sorted(self.filters.items()), self.join])
        return f"h3c.cloudos.cloudos_{hashlib.sha256(text.encode()).hexdigest()}"


class Options:
    """The options of the plugin, from its file and the environment."""

    def __init__(self, plugin: t.Any, file: t.Mapping[str, t.Any], extra_vars: t.Mapping[str, t.Any]) -> None:
        self._plugin = plugin
        self._file = file
        self._extra_vars = extra_vars
        check_options(file, plugin.option_definitions)
        check_hostnames(plugin.get_option("hostnames"))

    def expressions(self) -> dict[str, t.Any]:
        """The options whose expressions make variables and groups."""
        found = {name: self.structure(name, kind) for name, kind in _EXPRESSIONS.items()}
        check_keyed_groups(found["keyed_groups"])
        return found

    def question(self) -> Question:
        api = self._connection()
        projects = tuple(dict.fromkeys(self._templated("projects"))) or (api.project,)
        filters = self.structure("filters", dict)
        check_members("filters", filters, FILTERS)
        several = sorted(name for name, value in filters.items() if isinstance(value, (list, dict)))
        if several:
            raise AnsibleParserError(f"filters: {', '.join(several)}: the platform takes one value of each.")
        wanted = {name: str(value) for name, value in filters.items() if value is not None}
        self._check_names(wanted)
        sizes = self._at_least_one("page_size"), self._at_least_one("page_concurrency")
        return Question(api, projects, wanted, tuple(sorted(set(self._plugin.get_option("join")))), *sizes)

    def _check_names(self, filters: t.Mapping[str, str]) -> None:
        name = filters.get(NAME)
        if name and NAME_PATTERN in filters:
            raise AnsibleParserError(f"filters: {NAME} is a whole name; it cannot stand beside {NAME_PATTERN}.")
        if name and (name[0] == "^" or name[-1] == "$" or "*" in name):
            self._plugin.display.warning(
                f"filters: {NAME} is a whole name, and {name!r} looks like a pattern. {NAME_PATTERN} takes patterns."
            )

    def conditions(self, name: str) -> list[str]:
        """The expressions of an option: a list, or a single one; in the environment a list is JSON or YAML."""
        value = self._plugin.get_option(name)
        if isinstance(value, str):
            value = self._listed(value)
        entries = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(entry, str) for entry in entries):
            raise AnsibleParserError(f"{name}: each entry is a path or an expression, not {entries!r}.")
        return entries

    def _listed(self, text: str) -> t.Any:
        """A text that is a list in YAML; any other is an expression, and stays what it is."""
        try:
            found = yaml.safe_load(text) if text.lstrip()[:1] in ("[", "-") else text
        except yaml.YAMLError:
            return text
        return each_text(trusted, found) if isinstance(found, list) else text

    def _connection(self) -> Connection:
        params = {name: self._templated(name) for name in CONNECTION}
        params[_PREFIXES] = self.structure(_PREFIXES, dict) or None
        given = {
            name: value
            for name, value in params.items()
            if value is not None and (name in self._file or value != CONNECTION[name].get("default"))
        }
        try:
            result = ArgumentSpecValidator(CONNECTION).validate(with_cloud(given))
            if result.error_messages:
                raise AnsibleParserError("; ".join(result.error_messages))
            option_checks.check(CONNECTION, result.validated_parameters)
            return connection(result.validated_parameters, "in the inventory file")
        except OptionError as error:
            raise AnsibleParserError(str(error)) from None

    def _at_least_one(self, name: str) -> int:
        value: int = self._plugin.get_option(name)
        if value < 1:
            raise AnsibleParserError(f"{name}: must be 1 or more, not {value}.")
        return value

    def _templated(self, name: str) -> t.Any:
        """The value of an option; templates are for the file only."""
        value = self._plugin.get_option(name)
        if name not in self._file or value is None:
            return value
        self._plugin.templar.available_variables = self._extra_vars
        try:
            return self._plugin.templar.template(value)
        except AnsibleError as error:
            raise AnsibleParserError(f"{name}: {error}") from None

    def structure(self, name: str, kind: type[t.Any]) -> t.Any:
        """The value of an option that is a dictionary or a list in the file, JSON or YAML in the environment."""
        value = self._templated(name) if name in ("filters", _PREFIXES) else self._plugin.get_option(name)
        if name == "keyed_groups" and any(isinstance(entry, str) for entry in value or []):
            value = os.environ.get(_KEYED_GROUPS, value)  # Ansible has split it at its commas
        if isinstance(value, str):
            try:
                value = each_text(trusted, yaml.safe_load(value))
            except yaml.YAMLError as error:
                raise AnsibleParserError(f"{name}: neither JSON nor YAML: {error}") from None
        if value is None:
            return kind()
        if not isinstance(value, kind):
            raise AnsibleParserError(f"{name}: must be a {'dictionary' if kind is dict else 'list'}, not {value!r}.")
        return value


def empty_variables(name: str) -> dict[str, t.Any]:
    """The options of a plugin whose variables of the environment are empty, with their defaults."""
    options = C.config.get_configuration_definitions("inventory", name)
    return {
        option: rules.get("default")
        for option, rules in options.items()
        if any(_is_empty(variable["name"]) for variable in rules.get("env") or [])
    }


def _is_empty(variable: str) -> bool:
    return variable.startswith("CLOUDOS_") and os.environ.get(variable) == ""
