# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever imports this has done what all plays that are forked from its process would do again.

Ansible's plugins are imported, and what is known of collections is read. The files of this collection are compiled,
which Ansible does anew in each play, for lack of a place to keep the result.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import importlib
import pkgutil
from pathlib import Path
from types import CodeType
from typing import Any

import ansible
from ansible.utils.collection_loader import _collection_finder

_CORE = Path(ansible.__file__).parent
_COLLECTIONS = Path(__file__).resolve().parents[2] / ".venv" / "collections"
_COLLECTION = _COLLECTIONS / "ansible_collections" / "h3c" / "cloudos"
_FILES = _COLLECTION.joinpath("plugins").rglob("*.py")
_HOW = {"mode": "exec", "flags": 0, "dont_inherit": True}
_KINDS = (
    *("action", "become", "callback", "connection", "doc_fragments", "filter", "inventory", "lookup", "shell"),
    *("strategy", "test", "vars"),
)


def _compile(source: bytes, filename: str, **how: Any) -> CodeType:
    known = _compiled.get((source, filename)) if how == _HOW else None
    return known or builtins.compile(source, filename, **how)


def _import_plugins() -> None:
    for kind in _KINDS:
        for module in pkgutil.iter_modules([str(_CORE / "plugins" / kind)], f"ansible.plugins.{kind}."):
            with contextlib.suppress(ImportError):  # of a library that nobody here has
                importlib.import_module(module.name)


_sources = [(path.read_bytes(), str(path)) for path in _FILES]
_compiled = {key: builtins.compile(*key, **_HOW) for key in _sources}
_collection_finder.compile = _compile

_routes = functools.cache(_collection_finder._meta_yml_to_dict)
_routes((_CORE / "config" / "ansible_builtin_runtime.yml").read_bytes(), ("ansible.builtin", "runtime.yml"))
_routes((_COLLECTION / "meta" / "runtime.yml").read_bytes(), ("h3c.cloudos", "runtime.yml"))
_collection_finder._meta_yml_to_dict = _routes

_import_plugins()
