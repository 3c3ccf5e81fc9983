# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Plan files: what the tasks of a preview would do, for people to approve and for runs to be held to.

Its form is documented in docs/plans.md, and as a JSON schema in docs/schemas/plan.json.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import typing as t

from ..cloud import times
from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..model import files

FORMAT = "h3c.cloudos.plan"
VERSION = 1
_OPTION = "plan_file"


def read(path: str) -> Json:
    """The content of a plan file.

    Raises:
        OptionError: there is none, or it is something else.
    """
    found = files.look(_OPTION, path)
    if found is None:
        raise OptionError(f"{_OPTION}: there is no file {path}.", hint="Make it first, in check mode.")
    try:
        content = json.loads(found[0])
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("plans"), list):
        raise OptionError(f"{_OPTION}: {path} is not a plan file.")
    if content.get("version") != VERSION:
        raise OptionError(
            f"{_OPTION}: {path} is a plan file of version {content.get('version')}, and this is version {VERSION}.",
            hint="Make it again, in check mode.",
        )
    return content


def compared_with(path: str) -> t.Optional[str]:
    """The plan file that this one is compared with, None for one that is not made for that."""
    return t.cast(t.Optional[str], read(path).get("compared_with")) if files.check_target(_OPTION, path) else None


def is_comparison(path: t.Optional[str]) -> bool:
    """Whether a preview is none for people, but compares what would be done now with what was approved."""
    return path is not None and compared_with(path) is not None


def made(path: str) -> set[str]:
    """The ids of the objects that runs have made which were held to this file."""
    return set(read(path).get("made", []))


def add_made(path: str, own_id: str) -> None:
    """Note an object that was made, so that later tasks, and other runs, know that no preview had its id."""
    with _locked(path):
        content = read(path)
        _write(path, {**content, "made": [*content.get("made", []), own_id]})


def add(path: str, cloud: str, entries: t.Sequence[Json]) -> None:
    """Add plans to a file, which is made if there is none. Several processes may do so."""
    with _locked(path):
        content = read(path) if files.check_target(_OPTION, path) else {}
        content = {"format": FORMAT, "version": VERSION, "created": _now(), "cloud": cloud, **content}
        _write(path, {**content, "plans": [*content.get("plans", []), *entries]})


def _write(path: str, content: Json) -> None:
    files.write(_OPTION, path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


@contextlib.contextmanager
def _locked(path: str) -> t.Iterator[None]:
    """Hold the lock of a file. It is the folder that is locked, because the file is replaced."""
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems have no locks
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _now() -> str:
    return times.for_result(datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0))
