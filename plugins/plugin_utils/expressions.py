# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What an expression of Jinja2 depends on, read from its syntax tree; nothing is evaluated here."""

from __future__ import annotations

import typing as t

from jinja2 import Environment, TemplateError, nodes
from jinja2.parser import Parser

from .paths import Path

# What gives the same result for the same values, whenever and wherever it is asked.
_OPERATORS = (
    *(nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos),
    *(nodes.Add, nodes.Sub, nodes.Concat, nodes.Getitem, nodes.Getattr, nodes.Slice),
)
_FILTERS = {
    *("default", "d", "lower", "upper", "title", "capitalize", "trim", "replace", "length", "count", "first", "last"),
    *("int", "float", "string", "bool", "join", "split", "regex_replace", "regex_search", "ternary", "b64decode"),
}
_TESTS = {
    *("defined", "undefined", "none", "string", "number", "integer", "boolean", "true", "false", "mapping", "sequence"),
    *("equalto", "eq", "==", "ne", "!=", "in", "lower", "upper", "match", "search", "regex"),
}
_TEXT_METHODS = {
    *("startswith", "endswith", "lower", "upper", "strip", "lstrip", "rstrip", "split", "rsplit", "replace", "title"),
    *("capitalize", "find", "isdigit"),
}


class _Unknown(Exception):
    """An expression depends on more than values, or on some that its syntax does not show."""


def parse(text: str) -> t.Optional[nodes.Expr]:
    """The tree of an expression; None if it is none, or more than one."""
    try:
        parser = Parser(Environment(), text, state="variable")
        tree = parser.parse_expression()
        return tree if parser.stream.eos else None
    except TemplateError:
        return None


def paths_in(tree: nodes.Node) -> t.Optional[frozenset[Path]]:
    """The paths whose values decide on the result; None if there may be anything else."""
    found: set[Path] = set()
    try:
        _collect(tree, found)
    except _Unknown:
        return None
    return frozenset(found)


def path_in(node: nodes.Node) -> t.Optional[Path]:
    """The path that a node is."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        inner, name = path_in(node.node), node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        inner, name = path_in(node.node), node.arg.value
    else:
        return None
    return (*inner, name) if inner else None


def _collect(node: nodes.Node, found: set[Path]) -> None:
    path = path_in(node)
    if path:
        found.add(path)
        return
    for child in _inner(node):
        _collect(child, found)


def _inner(node: nodes.Node) -> t.Iterable[nodes.Node]:
    """What the result of a node is made of.

    Raises:
        _Unknown: of something else, too.
    """
    if isinstance(node, nodes.Call) and not (node.dyn_args or node.dyn_kwargs):
        method = node.node
        if isinstance(method, nodes.Getattr) and method.attr in _TEXT_METHODS:
            return [method.node, *node.args, *node.kwargs]
    is_filter = isinstance(node, nodes.Filter) and node.node is not None and node.name in _FILTERS
    is_test = isinstance(node, nodes.Test) and node.name in _TESTS
    if not (is_filter or is_test or isinstance(node, _OPERATORS)):
        raise _Unknown
    return node.iter_child_nodes()
