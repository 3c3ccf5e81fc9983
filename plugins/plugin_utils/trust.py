# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Which texts Ansible may evaluate: those of the user are templates, those of a platform are data.

Since ansible-core 2.19 a text has to be trusted to be evaluated, and exports show an untrusted one as such. Before,
each text with braces is evaluated that is not marked as unsafe.
"""

from __future__ import annotations

import typing as t
from collections.abc import Mapping

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.responses import LONE_SURROGATE
from ansible_collections.h3c.cloudos.plugins.module_utils.features._yaml_text import is_active

try:
    from ansible.template import is_trusted_as_template, trust_as_template
except ImportError:
    trust_as_template = None  # type: ignore[assignment]

# Since ansible-core 2.19 an expression gives a value of its own type, not text that is parsed again.
TYPED = trust_as_template is not None


def each_text(change: t.Callable[[str], str], value: t.Any) -> t.Any:
    """A copy of the value with each text in it changed, keys included."""
    if isinstance(value, str):
        return change(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {each_text(change, key): each_text(change, entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [each_text(change, entry) for entry in value]
    return value


def trusted(text: str) -> str:
    """A text that the user wrote."""
    return trust_as_template(text) if TYPED else text


def data(text: str) -> str:
    """A text that is never evaluated, and that exports show plainly if it could not be evaluated anyway."""
    if TYPED:
        return text if is_active(text) else trust_as_template(text)
    if not is_active(text):
        return str.__str__(text)
    from ansible.utils.unsafe_proxy import wrap_var  # later versions warn of the import

    wrapped: str = wrap_var(text)
    return wrapped


def unicode(text: str) -> str:
    """A text that can be written anywhere: JSON can have halves of characters in it, YAML and files cannot."""
    return text if text.isascii() else LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


class DataTexts(dict[str, str]):
    """data() of texts, each made once: in a large inventory most texts stand in many hosts. Use as texts[text]."""

    # How many are remembered; those that are rare are not worth the memory.
    _MOST = 10_000

    def __init__(self) -> None:
        super().__init__()
        self._kind, self._marks = shared_marks()

    def __missing__(self, text: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
        plain = text if text.isascii() else unicode(text)
        if self._kind is None or "{" in text or "#" in text:
            made = data(plain)
        else:
            made = self._kind(plain)
            made._ansible_tags_mapping = self._marks
        self[text] = made
        return made

    def of(self, value: t.Any) -> t.Any:
        """A copy of a value of JSON with data() of each text in it, keys included."""
        kind = type(value)
        if kind is str:
            return self[value]
        if kind is dict:
            return {
                self[key]: self[entry] if entry.__class__ is str else self.of(entry) for key, entry in value.items()
            }
        if kind is list:
            return [self[entry] if entry.__class__ is str else self.of(entry) for entry in value]
        return value


def shared_marks() -> tuple[t.Any, t.Any]:
    """The type of texts that Ansible trusts, and the marks that make one trusted; all texts can share the same.

    trust_as_template() makes a set of marks for each text. This knows how Ansible keeps the marks; where that turns out
    to be otherwise, and where no text needs any, both are None.
    """
    try:
        sample: t.Any = trust_as_template("sample")
        kind, marks = type(sample), sample._ansible_tags_mapping
        probe = kind("probe")
        probe._ansible_tags_mapping = marks
        if is_trusted_as_template(probe) and isinstance(trust_as_template("probe"), kind) and probe == "probe":
            return kind, marks
    except Exception:  # whatever an unknown version does
        pass
    return None, None
