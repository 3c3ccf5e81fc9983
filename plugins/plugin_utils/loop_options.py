# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the items of a loop, which are validated once where the items differ in free texts only.

A validator leaves a text as it is where an option may be any text, and then only asks whether the option is given. So
the options of two items that are alike but for such texts, mostly names, are validated alike.
"""

from __future__ import annotations

import os
import pickle
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import ModuleDefinition


class InvalidOptions(Exception):
    """What is wrong with options, in the words of Ansible."""


class LoopOptions:
    """Validates the options of a module, with the least work for options like those before them."""

    def __init__(self, definition: ModuleDefinition) -> None:
        self._validator = ArgumentSpecValidator(definition.spec, **definition.all_constraints)
        self._texts = _free_texts(definition)
        self._last: tuple[t.Any, bytes] = (None, b"")

    def validated(self, given: Json) -> Json:
        """The options with their types and defaults.

        Args:
            given: options of plain types, by their own names.

        Raises:
            InvalidOptions: the argument spec refuses them.
        """
        texts = {name: value for name, value in given.items() if name in self._texts and isinstance(value, str)}
        # The validator takes values from the environment, too, which is that of one task in a process.
        alike = (os.getpid(), repr({**given, **dict.fromkeys(texts, "")}))
        last, kept = self._last
        if alike == last:
            known: Json = pickle.loads(kept)
            return {**known, **texts}
        params = self._validate(given)
        self._last = (alike, pickle.dumps({**params, **dict.fromkeys(texts, "")}))
        return params

    def _validate(self, given: Json) -> Json:
        result = self._validator.validate(given)
        if result.errors.errors:
            raise InvalidOptions(result.errors.msg)
        params: Json = result.validated_parameters
        return params


def _free_texts(definition: ModuleDefinition) -> frozenset[str]:
    """The options that may be any text, and whose value decides nothing about others."""
    deciding = {name for name, *_rest in definition.constraints.get("required_if", ())}
    return frozenset(
        name
        for name, rules in definition.spec.items()
        if rules.get("type", "str") == "str" and not rules.get("choices") and name not in deciding
    )
