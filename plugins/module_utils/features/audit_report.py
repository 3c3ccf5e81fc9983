# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The report of an audit, for people and programs. Nothing is sent: the login only says which cloud it was."""

from __future__ import annotations

import datetime
import json
import typing as t

from ..cloud import times
from ..cloud.connection import Connection
from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..cloud.web_source import shown
from ..model import files
from ..model.context import Context
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from . import _audit_groups, _audit_html, _audit_text
from ._audit_words import words_of
from .export_kinds import RESOURCES

FORMAT, VERSION = "h3c.cloudos.audit", 1
_MODE = 0o644
# What belongs to a project, that of the login where nothing else is said
_OF_PROJECT = frozenset(resource.noun for resource in RESOURCES if resource.of_project)

_SPEC = {
    **CONNECTION,
    "differences": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "object": {"type": "str", "required": True},
            "kind": {"type": "str", "required": True},
            "project": {"type": "str"},
            "name": {"type": "str", "required": True},
            "key": {"type": "str", "required": True, "no_log": False},
            "wanted": {"type": "raw"},
            "is": {"type": "raw"},
            "status": {"type": "str", "required": True, "choices": list(_audit_groups.STATUSES)},
        },
    },
    "path": {"type": "path"},
    "html_path": {"type": "path"},
}


def write_report(run: Context) -> Json:
    """The report as lines of text; with `path` and `html_path`, also in these files.

    Raises:
        OptionError: there cannot be such files.
    """
    rows = [_with_project(row, run.client.connection) for row in run.options["differences"]]
    words = words_of(run.client.connection.language)
    counts, groups = _audit_groups.counts(rows), _audit_groups.grouped(rows)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "time": times.for_result(datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)),
        **_login(run.client.connection),
        "counts": counts,
        "differences": rows,
    }
    _write(
        run,
        {
            "path": lambda: json.dumps(document, indent=2, ensure_ascii=False) + "\n",
            "html_path": lambda: _audit_html.page(document, groups, words),
        },
    )
    return {"changed": False, "counts": counts, "lines": _audit_text.lines(counts, groups, words)}


def _with_project(row: Json, connection: Connection) -> Json:
    of_login = connection.project if row["kind"] in _OF_PROJECT else None
    return {**row, "project": of_login if row["project"] is None else row["project"]}


def _login(connection: Connection) -> Json:
    user = connection.username or connection.application_credential_id
    return {"cloud": shown(connection.url), "user": user, "project": connection.project}


def _write(run: Context, contents: t.Mapping[str, t.Callable[[], str]]) -> None:
    paths = {option: run.options[option] for option in contents if run.options[option]}
    if len(set(paths.values())) < len(paths):
        raise OptionError(f"path and html_path are one file, {run.options['path']}. Give two different files.")
    if run.check_mode:
        return
    for option, path in paths.items():
        files.write(option, path, contents[option](), _MODE)


AUDIT_REPORT = ModuleDefinition(_SPEC, write_report, lines="lines")
