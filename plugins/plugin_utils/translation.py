# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The collection's own messages in Chinese.

Everything writes English. What is about to be shown is translated here, on the controller, where `api_language` asks
for Chinese: the text is divided into the sentences that the catalogue (messages_zh) has. What it does not have stays as
it is, such as the texts of the platform. Values are taken over and never evaluated.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import environment
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.languages import is_chinese
from ansible_collections.h3c.cloudos.plugins.module_utils.module.cloud_entry import with_cloud
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import VARIABLES

from .message_template import Template, quoted, spaced

OPTION = "api_language"
VARIABLE = VARIABLES[OPTION]

# Longer texts are data, and stay as they are.
_LONGEST = 20_000
# Bounds, whatever the text: sentences, pieces of them behind a label, and looks at entries of the catalogue
_MOST_PIECES, _MOST_BEHIND_LABEL, _MOST_LOOKS = 64, 3, 60_000
_DEEPEST = 6

_ENDS = re.compile(r"(?<=[.!?\u3002\uff01\uff1f\u2026]) +")
_CUTS = re.compile(rf"{_ENDS.pattern}|; ")
_LABEL = ": "
_OF_LISTS = re.compile(r"(, and | and |, or | or |, |; )")
_CONNECTORS = {
    ", and ": "\u548c",
    " and ": "\u548c",
    ", or ": "\u6216",
    " or ": "\u6216",
    ", ": "\u3001",
    "; ": "\uff1b",
}
# "and as well": what is beside alternatives is none of them
_BESIDE_OR = dict.fromkeys((", and ", " and "), "\uff0c\u4ee5\u53ca")
_WIDE_ENDS = ("\u3002", "\uff01", "\uff1f", "\uff1b", "\uff1a", "\uff0c")

Words = t.Callable[[str], str]


def words(language: t.Any) -> t.Optional[Words]:
    """What translates a text into a language, whatever is given for one; None for English, which the texts are in."""
    return _chinese() if language and is_chinese(str(language)) else None


def words_of_environment() -> Words:
    """The same for what knows no options: the language of the environment."""
    return words_of({})


def words_of(options: t.Mapping[str, t.Any]) -> Words:
    """The same for options, with those that come of the environment and of an entry of clouds.yaml."""
    language = options.get(OPTION) or environment.value(VARIABLE)
    return words(language or _language_of_entry(options)) or str


def _language_of_entry(options: t.Mapping[str, t.Any]) -> t.Any:
    try:
        return with_cloud(options).get(OPTION)
    except OptionError:
        return None  # who logs in says so


class Speaker:
    """A display of Ansible that translates warnings and what -v shows."""

    def __init__(self, display: t.Any, speak: Words) -> None:
        self._display = display
        self._speak = speak

    def __getattr__(self, name: str) -> t.Any:
        return getattr(self._display, name)

    def warning(self, text: str, *args: t.Any, **options: t.Any) -> None:
        self._display.warning(self._speak(text), *args, **options)

    def v(self, text: str, *args: t.Any, **options: t.Any) -> None:
        self._display.v(self._speak(text), *args, **options)


def translated(result: Json, speak: Words) -> Json:
    """A task result whose texts for people are translated; all else in it are data."""
    found = {**result, **_texts(result, speak)}
    if isinstance(found.get("results"), list):
        found["results"] = [
            {**entry, **_texts(entry, speak)} if isinstance(entry, dict) else entry for entry in found["results"]
        ]
    for name in _DETAILS.keys() & found.keys():
        if isinstance(found[name], list):
            found[name] = [_detail(entry, _DETAILS[name], speak) for entry in found[name]]
    return found


#: keys of results, and of the results of members, that are texts for people, or lists of such
_TEXTS = ("msg", "warnings", "remarks", "retries")
#: what Ansible shows of a failed module
_EXCEPTION = "exception"
#: where the objects of Ansible have texts, and other objects with texts
_OF_EVENTS = frozenset({"msg", "event", "events", "chain"})
#: lists of dictionaries in results, by the key that is a text for people
_DETAILS = {"not_exported": "reason", "diff": "prepared"}


def _texts(result: Json, speak: Words) -> Json:
    found = {name: _spoken(result[name], speak) for name in _TEXTS if name in result}
    if dataclasses.is_dataclass(result.get(_EXCEPTION)):
        found[_EXCEPTION] = _spoken(result[_EXCEPTION], speak)
    return found


def _spoken(value: t.Any, speak: Words) -> t.Any:
    """A text or several; from ansible-core 2.19 on, those of modules stand in objects."""
    if isinstance(value, str):
        return speak(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_spoken(item, speak) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = {field.name for field in dataclasses.fields(value)} & _OF_EVENTS
        return dataclasses.replace(value, **{name: _spoken(getattr(value, name), speak) for name in names})
    return value


def _detail(entry: t.Any, key: str, speak: Words) -> t.Any:
    if not isinstance(entry, dict) or not isinstance(entry.get(key), str):
        return entry
    return {**entry, key: speak(entry[key])}


@functools.cache
def _chinese() -> Words:
    # Not before somebody asks for it: English costs nothing.
    from .messages_zh import MESSAGES, NOUNS

    return Translator(MESSAGES, NOUNS).text


class _TooMuch(Exception):
    """A text has more ways to be read than are looked at."""


class _Reading(t.NamedTuple):
    """A text in the other language, and how many letters of it the catalogue has."""

    text: str
    score: int = 0


class Translator:
    """Translates texts by a catalogue of templates."""

    def __init__(self, messages: t.Iterable[tuple[str, str]], nouns: t.Mapping[str, str]) -> None:
        known = sorted(nouns, key=len, reverse=True)
        self._nouns = {noun: nouns[noun] for noun in known}  # "server snapshot" before "server"
        self._templates = [Template(original, text, known) for original, text in messages]

    def text(self, text: str) -> str:
        """A text of several lines, as far as the catalogue has it."""
        if len(text) > _LONGEST or text.isspace():
            return text
        return "\n".join(map(self._line, text.split("\n")))

    def _line(self, text: str) -> str:
        bare = text.strip(" ")
        candidates = [template for template in self._templates if template.may_be_in(bare)]
        if not candidates and _LABEL not in bare:
            return text
        try:
            found = _Reader(candidates, self._nouns).read(bare)
        except _TooMuch:
            return text
        return text.replace(bare, found.text) if found.score else text


class _Reader:
    """Finds the reading of one text that the catalogue has most of."""

    def __init__(self, templates: t.Sequence[Template], nouns: t.Mapping[str, str]) -> None:
        self._templates = templates
        self._nouns = nouns
        self._looks = 0
        self._known: dict[str, _Reading] = {}

    def read(self, text: str, depth: int = 0) -> _Reading:
        """The best reading of a text of several sentences."""
        if text not in self._known:
            self._known[text] = self._read(text, depth)
        return self._known[text]

    def _read(self, text: str, depth: int) -> _Reading:
        cuts = [(found.start(), found.end()) for found in _CUTS.finditer(text)]
        if depth > _DEEPEST or len(cuts) > _MOST_PIECES:
            return _Reading(text)
        starts, ends = [0, *(end for _start, end in cuts)], [*(start for start, _end in cuts), len(text)]
        best = [_Reading("")] * (len(starts) + 1)
        for first in reversed(range(len(starts))):
            for last in reversed(range(first, len(ends))):  # where two are as good, the longer one
                piece = self._piece(text[starts[first] : ends[last]], last - first + 1, depth)
                found = piece
                if last + 1 < len(starts):
                    found = _joined(piece, text[ends[last] : starts[last + 1]], best[last + 1])
                if last == len(ends) - 1 or found.score > best[first].score:
                    best[first] = found
        return best[0]

    def _piece(self, text: str, pieces: int, depth: int) -> _Reading:
        """The best reading of a text as one entry of the catalogue, or as a label and what is behind it."""
        bare = text[:-1] if text.endswith(".") else text
        best = self._whole(bare, depth)
        if bare[:1].islower():  # behind the place of an option
            best = max(best, self._whole(bare[0].upper() + bare[1:], depth), key=_score)
        if pieces <= _MOST_BEHIND_LABEL and _LABEL in bare and depth < _DEEPEST:
            label, rest = bare.split(_LABEL, 1)
            behind = self._piece(rest, pieces, depth + 1)
            if behind.score > best.score:
                best = _Reading(f"{self._label(label)}\uff1a{behind.text}", behind.score)
        if not best.score:
            return _Reading(text)
        ends = len(bare) < len(text) and not best.text.endswith(_WIDE_ENDS)
        return _Reading(f"{best.text}\u3002" if ends else best.text, best.score)

    def _whole(self, text: str, depth: int) -> _Reading:
        best = _Reading(text)
        for template in self._templates:
            self._looks += 1
            if self._looks > _MOST_LOOKS:
                raise _TooMuch
            values = template.match(text)
            if values is not None:
                found = self._filled(template, values, depth)
                best = found if found.score > best.score else best
        return best

    def _filled(self, template: Template, values: t.Sequence[str], depth: int) -> _Reading:
        rendered = ""
        # Better than a value that swallows sentences and labels is one entry more.
        score = template.weight - sum(len(_ENDS.findall(value)) + value.count(_LABEL) for value in values)
        for literal, index, kind in template.parts:
            rendered = spaced(rendered, literal)
            if index is not None:
                value = self._value(values[index], kind, depth)
                rendered, score = spaced(rendered, value.text), score + value.score
                if kind == "entry" and not value.score:
                    return _Reading("")
        return _Reading(rendered, score)

    def _value(self, value: str, kind: str, depth: int) -> _Reading:
        if kind == "noun":
            return _Reading(self._nouns.get(value, value))
        if kind == "name":
            return _Reading(f"\u201c{value}\u201d")
        if kind == "quoted":
            return _Reading(quoted(value))
        if kind in ("text", "entry") and value:
            found = self.read(value.strip(" "), depth + 1)
            return found if found.score else _Reading(quoted(value))
        if kind == "list":
            return self._listed(value, depth + 1)
        if kind in _OF_NAMES:
            return _Reading(_OF_NAMES[kind](self, value))
        return _Reading(value)

    def _listed(self, text: str, depth: int) -> _Reading:
        """Words with commas between them, each of which can be an entry of the catalogue."""
        rendered, score = "", 0
        connectors = {**_CONNECTORS, **_BESIDE_OR} if " or " in text else _CONNECTORS
        for part in _OF_LISTS.split(text):
            word = _Reading(connectors[part]) if part in connectors else self._whole(part, depth)
            rendered, score = spaced(rendered, quoted(word.text)), score + word.score
        return _Reading(rendered, score)

    def _label(self, text: str) -> str:
        """An object and its name, or several names."""
        bare = text.removeprefix("The ")
        for noun, translation in self._nouns.items():
            if bare.startswith(f"{noun} "):
                return f"{translation} {bare[len(noun) + 1 :]}"
        return self._names(text)

    def _names(self, text: str) -> str:
        """Names of objects. They stay as they are, but for how many more there are, or that there is none."""
        names, joint, more = text.rpartition(" and ")
        number, _space, word = more.partition(" ")
        if joint and number.isdigit() and word in ("more", "others"):
            return f"{names} \u7b49\uff0c\u53e6\u6709 {number} \u4e2a"
        return "\u65e0" if text == "none" else text

    def _kinds(self, text: str) -> str:
        """Names of objects, each list behind what people call them."""
        found = []
        for part in text.split("; "):
            kind, colon, names = part.partition(_LABEL)
            found.append(f"{self._nouns.get(kind, kind)}\uff1a{self._names(names)}" if colon else part)
        return "\uff1b".join(found)


_OF_NAMES = {"label": _Reader._label, "names": _Reader._names, "kinds": _Reader._kinds}


def _score(reading: _Reading) -> int:
    return reading.score


def _joined(left: _Reading, separator: str, right: _Reading) -> _Reading:
    """Two readings beside each other. There are no spaces behind wide punctuation."""
    if separator.startswith(";"):
        separator = "\uff1b" if left.score or right.score else separator
    elif left.text.endswith(_WIDE_ENDS):
        separator = ""
    return _Reading(f"{left.text}{separator}{right.text}", left.score + right.score)
