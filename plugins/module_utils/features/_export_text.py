# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The file of an export: what it is and what is missing, for people, then the lists."""

from __future__ import annotations

import collections
import textwrap
import typing as t
from urllib.parse import urlsplit

from ..cloud.json_types import Json
from ..model.context import Context
from . import _yaml_text

_WIDTH = 118


def file_text(run: Context, data: Json, gaps: list[Json]) -> str:
    """The file: what it is and what is missing, for people, then the lists."""
    projects = ", ".join(run.options["projects"]) or run.client.connection.project or "its own"
    lines = [
        f"What {_address(run)} has, as h3c.cloudos.cloudos_export has described it. Project: {projects}.",
        "Each entry has the options of its module, such as cloudos_flavor for cloudos_flavors. To apply it:",
        "  ansible-playbook h3c.cloudos.apply -e cloud_file=THIS_FILE --check --diff",
        *(["", "Not described:", *_missing(gaps)] if gaps else []),
    ]
    comments = "".join(_yaml_text.comment(run.client.redactor.text(line)) for line in lines)
    lists = (_yaml_text.mapping({variable: entries}) for variable, entries in data.items())
    return f"{comments}---\n" + "\n".join(lists)


def _address(run: Context) -> str:
    """The address of the platform, without a login in it."""
    parts = urlsplit(run.client.connection.url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _missing(gaps: list[Json]) -> t.Iterator[str]:
    """Lines that name it, what has one reason together."""
    together: dict[tuple[t.Any, ...], list[str]] = collections.defaultdict(list)
    for gap in gaps:
        place = gap["kind"] if gap["option"] is None else f"{gap['option']} of {gap['kind']}"
        together[place, gap["reason"]].append(str(gap["name"] or gap["id"] or "all"))
    for (place, reason), names in together.items():
        text = f"- {place}: {', '.join(dict.fromkeys(names))}: {reason}"
        yield from textwrap.wrap(text, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
