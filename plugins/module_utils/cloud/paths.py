# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What may stand in the address of a request, and which parts of one are secret."""

from __future__ import annotations

import re
import typing as t
from urllib.parse import quote, unquote_plus

from .errors import OptionError, ValueForPath
from .responses import LONE_SURROGATE
from .secrets import MASK, is_secret_key

# Fixed path parts that stand where an id is expected; as an id they would reach another operation.
_RESERVED_IDS = frozenset({"detail", "strategy", "count-limit", "checkName", "resume"})
# No id or name of the platform is longer; servers refuse addresses of some thousand characters.
_LONGEST_PART = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Parameters of queries that hold secrets, beside those whose names are secret in any data.
_SECRET_PARAMETER = re.compile(r"token|passw|passphrase|secret|signature|credential|authorization|private", re.I)
_OFTEN_SECRET = re.compile(r"(access|api)[-_]?(key|id)|(.*[-_])?(key|sig|auth|pwd)", re.I)
# Shorter ones may be words of any message; they are masked where they stand, and not wherever they appear.
_SHORTEST_TO_LEARN = 8


def path_part(name: str, value: t.Any) -> str:
    """A value, percent-encoded for one part of a path.

    Raises:
        ValueForPath: it is empty or blank, cannot be written, or means another operation.
    """
    text = "" if value is None else str(value)
    why = _why_not(name, text)
    if why:
        raise ValueForPath(name, text, why)
    return quote(text, safe="")


def _why_not(name: str, text: str) -> t.Optional[str]:
    if not text.strip() or text in (".", ".."):
        return "is not valid in a URL path"
    if len(text) > _LONGEST_PART:
        return f"is longer than {_LONGEST_PART} characters"
    if text != text.strip():
        return "has leading or trailing spaces"
    if _CONTROL.search(text):
        return "has control characters"
    if LONE_SURROGATE.search(text):
        return "has characters that are not valid Unicode"
    if name.endswith("_id") and text in _RESERVED_IDS:
        return "is a word of the API, not an id"
    return None


def check_text(name: str, text: t.Optional[str]) -> None:
    """Refuse what cannot be sent in any encoding; the text itself is not shown."""
    if text and LONE_SURROGATE.search(text):
        raise OptionError(f"{name}: has characters that are not valid Unicode (lone surrogates).")


def check_whole_path(path: str) -> None:
    """Refuse a path that a template has filled with nothing, or that leads elsewhere than it reads."""
    check_text("path", path)
    way = path.partition("?")[0]
    parts = [unquote_plus(part) for part in way.lstrip("/").split("/")]
    empty = [part for part in parts[:-1] if not part.strip()] or (parts[-1] and not parts[-1].strip())
    if empty or any(part in (".", "..") for part in parts):
        raise OptionError(f"path: {way!r} has a part that is empty, blank, '.' or '..'.")
    if _CONTROL.search(unquote_plus(path)):
        raise OptionError(f"path: {way!r} has control characters.")


def is_secret_parameter(name: str) -> bool:
    """Whether a parameter of a query holds a secret, or often does."""
    return _is_surely_secret(name) or bool(_OFTEN_SECRET.fullmatch(name))


def _is_surely_secret(name: str) -> bool:
    return is_secret_key(name) or bool(_SECRET_PARAMETER.search(name))


def without_secret_parameters(path: str) -> str:
    """A path whose query shows no secret."""
    way, mark, query = path.partition("?")
    return way + mark + "&".join(_masked(pair) for pair in query.split("&")) if mark else path


def secrets_of_query(query: t.Any) -> t.Iterator[str]:
    """The secret values of a query, given as a dictionary or in a path, and then as they stand there and decoded."""
    if isinstance(query, t.Mapping):
        pairs = [(str(name), str(value), str(value)) for name, value in query.items()]
    else:
        split = [pair.partition("=") for pair in str(query or "").partition("?")[2].split("&")]
        pairs = [(unquote_plus(name), value, unquote_plus(value)) for name, _sign, value in split]
    for name, value, decoded in pairs:
        if _is_surely_secret(name) or (is_secret_parameter(name) and len(value) >= _SHORTEST_TO_LEARN):
            yield from (value, decoded)


def _masked(pair: str) -> str:
    name, sign, value = pair.partition("=")
    return f"{name}{sign}{MASK}" if value and is_secret_parameter(unquote_plus(name)) else pair
