# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Expressions that many hosts are asked for: followed, computed, remembered, and only then left to Ansible."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleUndefinedVariable
from ansible.module_utils.parsing.convert_bool import boolean

from . import native
from .expressions import parse, paths_in
from .paths import ASK, MISSING, Path, copied, path_of, truth_at, value_at
from .trust import TYPED

Variables = t.Mapping[str, t.Any]
#: the way to a property in the variables of a host; None for what is none, or is hidden by something
Resolve = t.Callable[[Path], t.Optional[Path]]

# How many results of one expression are remembered.
_MOST = 10_000
_COMPARABLE = (str, bool, int, float, type(None))
_REMEMBERED = (*_COMPARABLE, list, dict)


class Expression:
    """An expression, and what is known of its results.

    An expression of nothing but pure operations on properties has the same result for the same values, so it is
    evaluated once for each of them.
    """

    _follow = staticmethod(value_at)
    _converted = staticmethod(native.as_value)
    #: what a mistake counts as; here Ansible reports it
    _mistake = ASK

    def __init__(
        self, text: t.Any, resolve: Resolve, optional: t.Container[str], evaluate: t.Callable[..., t.Any]
    ) -> None:
        """Nothing is evaluated yet.

        Args:
            optional: the properties that only some hosts have.
            evaluate: has Ansible evaluate a text for the variables of a host.
        """
        self.text = text
        self._evaluate, self._optional = evaluate, optional
        self._results: dict[tuple[t.Any, ...], t.Any] = {}
        self._compute: t.Optional[native.Evaluate] = None
        path = path_of(text)
        self.path = resolve(path) if path else None
        self._uses = self._known_uses(resolve) if isinstance(text, str) else None
        if self.path is None and self._uses is not None:
            self._compute = native.compiled(str(text), resolve)

    def _known_uses(self, resolve: Resolve) -> t.Optional[list[Path]]:
        tree = parse(str(self.text))
        used = paths_in(tree) if tree is not None else None
        ways = [resolve(path) for path in sorted(used or ())]
        known = [way for way in ways if way is not None]
        return known if used and len(known) == len(ways) else None

    def result(self, variables: Variables) -> t.Any:
        """What Ansible makes of it; MISSING where it is undefined, ASK where it has to be asked."""
        found = self._follow(self.path, variables) if self.path else ASK
        if found is ASK and self._compute:
            found = self._converted(self._compute(variables))
        if found is not ASK or self._uses is None:
            return found
        key = self._key(self._uses, variables)
        if key is None:
            return ASK
        if key not in self._results:
            self._remember(key, variables)
        return copied(self._results[key])

    def _key(self, uses: list[Path], variables: Variables) -> t.Optional[tuple[t.Any, ...]]:
        """The values that decide on the result, each with its type; None where they cannot be compared."""
        key: list[t.Any] = []
        for way in uses:
            part = _decisive(way, variables, self._optional)
            if part is None:
                return None
            key.append(part)
        return tuple(key)

    def _remember(self, key: tuple[t.Any, ...], variables: Variables) -> None:
        if len(self._results) >= _MOST:
            self._results.clear()
        try:
            found = self._evaluate(self.text, variables)
        except AnsibleUndefinedVariable:
            found = MISSING
        except Exception:
            found = self._mistake
        self._results[key] = found if found is MISSING or isinstance(found, _REMEMBERED) else ASK


class Condition(Expression):
    """The condition of a group. For Ansible, a mistake in it is the same as an undefined value."""

    _follow = staticmethod(truth_at)
    _converted = staticmethod(native.as_truth)
    _mistake = MISSING


def truth_of(templar: t.Any, condition: str, variables: Variables) -> bool:
    """What Ansible makes of a condition for a group."""
    templar.available_variables = variables
    if TYPED:
        return bool(templar.evaluate_conditional(condition))
    return bool(boolean(templar.template(f"{{% if {condition} %}} True {{% else %}} False {{% endif %}}")))


def _decisive(way: Path, variables: Variables, optional: t.Container[str]) -> t.Optional[tuple[t.Any, ...]]:
    """The value at the end of a way, or where the way ends before; None where it is not comparable or not certain."""
    value: t.Any = variables
    depth = 0
    for name in way:
        if value.__class__ is not dict:
            break
        if depth and hasattr(dict, name):
            return None
        if name not in value:
            return (MISSING, depth) if depth or name in optional else None
        value = value[name]
        depth += 1
    return (depth, type(value), value) if isinstance(value, _COMPARABLE) else None
