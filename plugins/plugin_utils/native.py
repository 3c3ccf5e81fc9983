# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The plainest of expressions in Python: paths, texts, default, lower, == and !=, with the results of Ansible's own.

What is not certain to come out the same is left to the template engine.
"""

from __future__ import annotations

import typing as t

from jinja2 import nodes

from ansible_collections.h3c.cloudos.plugins.module_utils.features._yaml_text import is_active

from .expressions import parse, path_in
from .paths import ASK, MISSING, Path, stays_text
from .trust import TYPED

#: the value in the variables of a host; MISSING where it is undefined, ASK where only the template engine knows
Evaluate = t.Callable[[t.Mapping[str, t.Any]], t.Any]

_SCALARS = (str, bool, int, float, type(None))


def compiled(text: str, resolve: t.Callable[[Path], t.Optional[Path]]) -> t.Optional[Evaluate]:
    """What evaluates an expression; None if it is not one of these.

    Args:
        resolve: returns the way to a property in the variables; None for what is none.
    """
    tree = parse(text)
    # A backslash means something else before the engine has seen the text.
    return None if tree is None or "\\" in text else _evaluation(tree, resolve)


def as_value(found: t.Any) -> t.Any:
    """What Ansible gives back for the value of an expression that is no path."""
    if isinstance(found, str):
        return found if stays_text(found) and not is_active(found) else ASK
    return found if TYPED and found is not MISSING else ASK


def as_truth(found: t.Any) -> t.Any:
    """What Ansible makes of the value of a condition that is no path."""
    if isinstance(found, bool):
        return found
    return ASK if TYPED or found is MISSING or found is ASK else bool(found)


def _evaluation(node: nodes.Node, resolve: t.Callable[[Path], t.Optional[Path]]) -> t.Optional[Evaluate]:
    path = path_in(node)
    if path:
        way = resolve(path)
        return None if way is None else lambda variables: _at(way, variables)
    if isinstance(node, nodes.Const):
        return None if _is_odd(node.value) else lambda variables: node.value
    if isinstance(node, nodes.Compare):
        return _comparison(node, resolve)
    if not isinstance(node, nodes.Filter) or node.node is None or node.dyn_args or node.dyn_kwargs:
        return None
    inner = _evaluation(node.node, resolve)
    if inner is None:
        return None
    if node.name == "lower" and not node.args and not node.kwargs:
        return lambda variables: _lower(inner(variables))
    return _default(node, inner) if node.name in ("default", "d") else None


def _at(way: Path, variables: t.Mapping[str, t.Any]) -> t.Any:
    """The text, number or truth at the end of a way; only what would be the last step may be missing."""
    value: t.Any = variables
    for name in way[:-1]:
        value = value.get(name)
        if value.__class__ is not dict:
            return ASK
    if len(way) > 1 and hasattr(dict, way[-1]):
        return ASK
    value = value.get(way[-1], MISSING if len(way) > 1 else ASK)
    return ASK if _is_odd(value) else value


def _is_odd(value: t.Any) -> bool:
    """Whether the engine may make something else of a value; what is missing is known to be."""
    return value is not MISSING and (not isinstance(value, _SCALARS) or (isinstance(value, str) and is_active(value)))


def _lower(value: t.Any) -> t.Any:
    return value.lower() if isinstance(value, str) else ASK


def _default(node: nodes.Filter, inner: Evaluate) -> t.Optional[Evaluate]:
    """default(text) and default(text, true)."""
    given = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    if node.kwargs or len(given) != len(node.args) or not 1 <= len(given) <= 2 or _is_odd(given[0]):
        return None
    fallback, for_empty = given[0], len(given) == 2 and bool(given[1])

    def evaluate(variables: t.Mapping[str, t.Any]) -> t.Any:
        value = inner(variables)
        if value is ASK:
            return ASK
        return fallback if value is MISSING or (for_empty and not value) else value

    return evaluate


def _comparison(node: nodes.Compare, resolve: t.Callable[[Path], t.Optional[Path]]) -> t.Optional[Evaluate]:
    """One == or != between two values."""
    if len(node.ops) != 1 or node.ops[0].op not in ("eq", "ne"):
        return None
    left, right = _evaluation(node.expr, resolve), _evaluation(node.ops[0].expr, resolve)
    if left is None or right is None:
        return None
    wanted = node.ops[0].op == "eq"

    def evaluate(variables: t.Mapping[str, t.Any]) -> t.Any:
        values = left(variables), right(variables)
        if ASK in values or MISSING in values:
            return ASK
        return (values[0] == values[1]) == wanted

    return evaluate
