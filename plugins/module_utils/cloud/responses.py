# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How to read what the platform sends: wrappers, pages and errors differ between its tables, examples and services."""

from __future__ import annotations

import json
import re
import typing as t
from urllib.parse import parse_qsl, urlsplit

from .json_types import Json

# What an escape of half of a character begins with; those of whole ones come in two halves.
_HALF_OR_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decoded(content: bytes, decode: t.Callable[[], t.Any]) -> t.Any:
    """The data in the body of an answer. Halves of characters, which no file or terminal takes, are shown as missing.

    Raises:
        ValueError: the body is not JSON.
    """
    answer = decode()
    # Most bodies have no escapes, and a single byte is found fast.
    return _with_whole_characters(answer) if b"\\" in content and _HALF_OR_PAIR.search(content) else answer


def _with_whole_characters(data: t.Any) -> t.Any:
    if isinstance(data, str):
        return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", data)
    if isinstance(data, dict):
        return {_with_whole_characters(key): _with_whole_characters(item) for key, item in data.items()}
    return [_with_whole_characters(item) for item in data] if isinstance(data, list) else data


def as_list(answer: t.Any, key: t.Optional[str]) -> list[t.Any]:
    """The entries of an answer, whatever the wrapper: absent, null or "" is none, a single object is one entry."""
    if key and isinstance(answer, dict) and isinstance(answer.get(key), list):  # as nearly always
        return t.cast("list[t.Any]", answer[key])
    answer = _opened(answer, key)
    entries = (
        answer.get(key)
        if key and isinstance(answer, dict) and key in answer
        else None
        if key and isinstance(answer, dict)
        else answer
    )
    if entries is None or entries in ({}, ""):
        return []
    return entries if isinstance(entries, list) else [entries]


def unnamed_list(answer: t.Any, *wrappers: str) -> list[Json]:
    """The entries of a list of unknown name: bare, or the only list of a document; each perhaps in a wrapper."""
    answer = _opened(answer)
    if isinstance(answer, dict):
        lists = [value for value in answer.values() if isinstance(value, list)]
        answer = lists[0] if len(lists) == 1 else []
    entries = answer if isinstance(answer, list) else []
    inner = (next((entry[name] for name in wrappers if isinstance(entry.get(name), dict)), entry) for entry in entries)
    return list(inner)


def has_list(answer: t.Any, key: str) -> bool:
    """Whether an answer has that member, or is a list itself; null is a list without entries."""
    answer = _opened(answer, key)
    return answer is None or isinstance(answer, list) or (isinstance(answer, dict) and key in answer)


def unwrap(answer: t.Any, singular: str, plural: str) -> Json:
    """The one object of an answer: bare, {singular: {..}}, {plural: {..}} or {plural: [..]}."""
    answer = _opened(answer, singular, plural)
    for key in (singular, plural):
        if isinstance(answer, dict) and isinstance(answer.get(key), (dict, list)):
            answer = answer[key]
            break
    if isinstance(answer, list):
        answer = answer[0] if answer else {}
    if isinstance(answer, dict) and len(answer) == 1 and isinstance(answer.get(singular), dict):
        answer = answer[singular]
    return answer if isinstance(answer, dict) else {}


def _opened(answer: t.Any, *keys: t.Optional[str]) -> t.Any:
    """What is in the envelope of errors ({code, msg, data, total}), should it be around an answer, too."""
    # Most of what is opened is an entry of a long list, so that no sets are made to look for three members.
    if not (isinstance(answer, dict) and "data" in answer and "code" in answer and "msg" in answer):
        return answer
    return answer if any(key in answer for key in keys) else answer["data"]


def error_text(body: t.Any, clean: t.Callable[[str], str] = str) -> tuple[t.Optional[str], str]:
    """Code and message of an error body in any of the forms that the platform and its services use.

    Args:
        clean: takes secrets out of a text that stands there as it was sent, before it is made one for people.
    """
    if isinstance(body, str):
        return None, clean(body)
    if not isinstance(body, dict):
        return None, ""
    for key in ("msg", "message", "error_message", "faultstring"):
        if isinstance(body.get(key), str) and body[key]:
            return _code(body), _nested_text(body[key], clean)
    for value in body.values():
        code, message = error_text(value, clean) if isinstance(value, dict) else (None, "")
        if message:
            return code, message
    return _code(body), ""


def _nested_text(text: str, clean: t.Callable[[str], str]) -> str:
    """A message for people. Ironic puts a JSON document into the string of its error, Nova HTML."""
    if text.startswith("{"):
        try:
            return error_text(json.loads(text), clean)[1] or clean(text)
        except (ValueError, RecursionError):
            pass
    return plain_text(clean(text))


def plain_text(text: str) -> str:
    """A text without tags and runs of blanks."""
    return " ".join(re.sub(r"<[^<>]*>", " ", text).split())


def _code(body: Json) -> t.Optional[str]:
    code = str(body.get("code") or body.get("faultcode") or "").strip()
    return code or None


def is_failure_envelope(answer: t.Any) -> bool:
    """Whether a 2xx answer is the platform's error envelope ({code, msg, data, total})."""
    if not isinstance(answer, dict) or not {"code", "msg"} <= set(answer):
        return False
    return str(answer["code"] or "").strip() not in ("", "0", "200", "201", "202", "204")


def next_page(answer: t.Any, key: t.Optional[str]) -> t.Optional[Json]:
    """The query parameters of the next page, if the answer names one. The link itself leads inside the platform."""
    if not isinstance(answer, dict):
        return None
    links = answer.get(f"{key}_links") or []
    candidates = [link.get("href") for link in links if isinstance(link, dict) and link.get("rel") == "next"]
    candidates.append(answer.get("next"))
    if isinstance(answer.get("links"), dict):
        candidates.append(answer["links"].get("next"))
    for link in candidates:
        if link and isinstance(link, str):
            query = dict(parse_qsl(urlsplit(link).query))
            return {name: query[name] for name in ("marker", "limit", "page") if name in query} or None
    return None


def deduplicate(page: t.Iterable[Json], known: set[str]) -> list[Json]:
    """The entries of a page that are not known yet, each once; they are known from now on."""
    fresh = {name: entry for entry in page if (name := identity(entry)) not in known}
    known.update(fresh)
    return list(fresh.values())


def identity_for_pages(entry: Json) -> t.Optional[str]:
    """What to ask for the page behind an entry with, None where it holds no such thing; key pairs have a wrapper."""
    inner = next(iter(entry.values())) if len(entry) == 1 else entry
    entry = inner if isinstance(inner, dict) else entry
    return next((str(entry[name]) for name in ("id", "uuid", "name") if entry.get(name) is not None), None)


def identity(entry: Json) -> str:
    """What distinguishes two entries of a list."""
    for name in ("id", "uuid"):
        if entry.get(name) is not None:
            return str(entry[name])
    return json.dumps(entry, sort_keys=True)
