# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever imports this has the files of the collection compiled, for all plays that are forked from its process.

Ansible compiles each file of a collection anew in each play, for lack of a place to keep the result.
"""

from __future__ import annotations

import builtins
from pathlib import Path
from types import CodeType
from typing import Any

from ansible.utils.collection_loader import _collection_finder

_COLLECTIONS = Path(__file__).resolve().parents[2] / ".venv" / "collections"
_FILES = _COLLECTIONS.joinpath("ansible_collections", "h3c", "cloudos", "plugins").rglob("*.py")
_HOW = {"mode": "exec", "flags": 0, "dont_inherit": True}


def _compile(source: bytes, filename: str, **how: Any) -> CodeType:
    known = _compiled.get((source, filename)) if how == _HOW else None
    return known or builtins.compile(source, filename, **how)


_sources = [(path.read_bytes(), str(path)) for path in _FILES]
_compiled = {key: builtins.compile(*key, **_HOW) for key in _sources}
_collection_finder.compile = _compile
