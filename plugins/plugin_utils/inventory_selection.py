# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Which machines become hosts: the options include and exclude."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleParserError, AnsibleUndefinedVariable

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.model.spelling import with_question

from .constructed import Constructor
from .evaluation import Expression
from .inventory_variables import ALWAYS, PREFIX, PROPERTIES
from .paths import ASK, MISSING, path_of

# Metadata are texts, so these are what a user can write there for no.
_NO = frozenset({"", "false", "no", "n", "f", "off", "0", "none", "null"})

Conditions = t.Mapping[str, t.Sequence[str]]


class Selection:
    """Chooses hosts by expressions on their properties."""

    def __init__(
        self, plugin: t.Any, constructor: Constructor, conditions: Conditions, extra_vars: t.Container[str]
    ) -> None:
        """Conditions are the expressions of the options include and exclude.

        Raises:
            AnsibleParserError: a path begins with something that no machine has.
        """
        self._plugin = plugin
        self._constructor = constructor
        for option, expressions in conditions.items():
            _check_paths(option, expressions, extra_vars)
        self._include, self._exclude = (
            [constructor.expression(text, extra_vars) for text in conditions[name]] for name in ("include", "exclude")
        )

    def of(self, hosts: list[Json]) -> list[Json]:
        """The variables of those machines that an entry of include, if there is any, and none of exclude applies to."""
        if not (self._include or self._exclude):
            return hosts
        return [variables for variables in hosts if self._is_chosen(variables)]

    def _is_chosen(self, variables: Json) -> bool:
        included = not self._include or self._any("include", self._include, variables)
        return included and not self._any("exclude", self._exclude, variables)

    def _any(self, option: str, entries: list[Expression], variables: Json) -> bool:
        return any(self._applies(option, expression, variables) for expression in entries)

    def _applies(self, option: str, expression: Expression, variables: Json) -> bool:
        """Whether the value of an expression is neither missing nor a no.

        A mistake in an expression is always an error: hosts would be missing, or there that must not be.
        """
        value, text = expression.result(variables), expression.text
        if value is ASK or (value is MISSING and self._plugin.get_option("strict")):
            try:
                value = self._plugin._compose(text, self._constructor.known(variables))
            except AnsibleUndefinedVariable as error:
                if self._plugin.get_option("strict"):
                    raise _failure(option, text, variables, error) from None
                return False
            except Exception as error:
                raise _failure(option, text, variables, error) from None
        return value is not MISSING and is_yes(value)


def is_yes(value: t.Any) -> bool:
    """Whether a value means yes. All versions of ansible-core agree on it, whatever type they make of a result."""
    return value.strip().lower() not in _NO if isinstance(value, str) else bool(value)


def _check_paths(option: str, expressions: t.Iterable[str], extra_vars: t.Container[str]) -> None:
    for text in expressions:
        first = (path_of(text) or ("",))[0]
        name = first[len(PREFIX) :] if first.startswith(PREFIX) else first
        if name and name not in PROPERTIES and name not in ALWAYS and first not in extra_vars:
            raise AnsibleParserError(with_question(f"{option}: no host has '{first}'.", first, PROPERTIES))


def _failure(option: str, text: str, variables: Json, error: Exception) -> AnsibleParserError:
    return AnsibleParserError(f"{option}: {text} of {variables[f'{PREFIX}name']} ({variables[f'{PREFIX}id']}): {error}")
