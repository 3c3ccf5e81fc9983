# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Options as they stand in a playbook, where a program such as ansible-lint reads them: what a template is, is open."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json

_OF_TYPES: t.Mapping[str, t.Any] = {"int": 1, "float": 1.0, "bool": True, "list": [], "dict": {}}


def is_template(value: t.Any) -> bool:
    return isinstance(value, str) and ("{{" in value or "{%" in value)


def without_templates(spec: t.Mapping[str, t.Any], params: t.Mapping[str, t.Any]) -> Json:
    """The options with a value in the place of each template that its option takes."""
    return {name: _valid(spec.get(name, {}), value) for name, value in params.items()}


def _valid(rules: t.Mapping[str, t.Any], value: t.Any) -> t.Any:
    if is_template(value):
        choices = rules.get("choices")
        return choices[0] if choices else _OF_TYPES.get(rules.get("type", "str"), value)
    if isinstance(value, list):
        element = {**rules, "type": rules.get("elements", "raw")}
        return [_valid(element, item) for item in value]
    if isinstance(value, dict) and rules.get("options"):
        return without_templates(rules["options"], value)
    return value
