# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The data of images: where it comes from, and how it gets to the platform and back."""

from __future__ import annotations

import functools
import os
import typing as t

from ...cloud import file_sums, web_source
from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.coercion import same_word
from ...model.context import Context
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from .references import LOST

FILE = "/os/image/v1/v2/images/{image_id}/file"

UPLOAD = Operation("image-upload", "PUT", FILE, answers=False, headers={"Content-Type": "application/octet-stream"})
DOWNLOAD = Operation("image-download", "GET", FILE, answers=False)


#: the option that says whether MD5 sums of files are remembered
REMEMBERS: t.Mapping[str, t.Any] = {"remember_checksum": {"type": "bool", "default": True}}


def md5_of(run: Context, source: t.Optional[str]) -> t.Optional[str]:
    """The MD5 sum of a local file; None for what is not here to be read."""
    if not source or web_source.is_url(source):
        return None
    return run.client.file_sums.of(source, run.options["remember_checksum"])


def upload_steps(run: Context) -> list[Step]:
    """What sends the data of the options; that it is there, and has the given sum, is seen before."""
    source, checksum = run.options.get("src"), run.options.get("checksum")
    if not source:
        return []
    if web_source.is_url(source):
        with web_source.WebSource("src", source, run.client.connection) as data:
            data.check()
        arrival, md5 = _arrival, checksum
    else:
        if checksum and not same_word(md5_of(run, source), checksum):
            raise OptionError(f"checksum: the file {source} has another MD5 sum than {checksum}.")
        arrival = functools.partial(_arrival_of_file, run, source, file_sums.look(source))
        md5 = checksum or run.client.file_sums.known(source)
    wait = Wait(functools.partial(_is_there, lambda: checksum or md5_of(run, source)), first=0.0)
    return [Step("upload", UPLOAD, upload=source, md5=md5, wait=wait, wait_after_upload=arrival, proof=Wait(_is_fed))]


def download_steps(run: Context) -> list[Step]:
    dest = run.options.get("dest")
    return [Step("download", DOWNLOAD, download=dest)] if dest else []


def is_saved(run: Context, current: Json) -> bool:
    """Whether the file that the data is to be saved to has it, or there is none to be saved to."""
    dest = run.options.get("dest")
    return not dest or (os.path.exists(dest) and md5_of(run, dest) == current.get("checksum"))


def arrival() -> Wait:
    """What to wait for where the platform itself fetches the data."""
    return Wait(functools.partial(_is_there, lambda: None))


def _arrival(md5: str) -> Wait:
    """What to wait for after an upload, by the MD5 sum of what was sent."""
    return Wait(functools.partial(_is_there, lambda: md5), first=0.0)


def _arrival_of_file(run: Context, source: str, seen: file_sums.Look, md5: str) -> Wait:
    """The same after the upload of a file, whose sum need not be computed again."""
    run.client.file_sums.note(source, seen, md5, run.options["remember_checksum"])
    return _arrival(md5)


def _is_fed(seen: t.Optional[Json]) -> Outcome:
    """Whether data has reached an image, so that it takes no other."""
    return READY if seen is None or seen["status"] != "queued" else PENDING


def _is_there(md5: t.Callable[[], t.Optional[str]], seen: t.Optional[Json]) -> Outcome:
    """Whether the data of an image is there, and is what was sent, where the MD5 sum of that is known."""
    if seen is None:
        return Failed("the platform has removed the image")
    if seen["status"] in LOST:
        return Failed(f"its status is {seen['status']}")
    if seen["status"] != "active":
        return PENDING
    sent = md5() if seen.get("checksum") else None
    if sent is None or same_word(seen["checksum"], sent):
        return READY
    return Failed(f"its data has the MD5 sum {seen['checksum']}, the file sent {sent}")
