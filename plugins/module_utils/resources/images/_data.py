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

from ...cloud import web_source
from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.session import file_md5
from ...model.coercion import same_word
from ...model.context import Context
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait

FILE = "/os/image/v1/v2/images/{image_id}/file"

UPLOAD = Operation("image-upload", "PUT", FILE, answers=False, headers={"Content-Type": "application/octet-stream"})
DOWNLOAD = Operation("image-download", "GET", FILE, answers=False)

#: the states of an image that is of no use any more
LOST = frozenset({"killed", "error", "deleted", "pending_delete"})


def md5_of(source: t.Optional[str]) -> t.Optional[str]:
    """The MD5 sum of a local file; None for what is not here to be read."""
    return file_md5(source) if source and not web_source.is_url(source) else None


def upload_steps(run: Context) -> list[Step]:
    """What sends the data of the options; that it is there, and has the given sum, is seen before."""
    source, checksum = run.options.get("src"), run.options.get("checksum")
    if not source:
        return []
    if web_source.is_url(source):
        with web_source.WebSource("src", source, run.client.connection) as data:
            data.check()
    elif checksum and not same_word(file_md5(source), checksum):
        raise OptionError(f"checksum: the file {source} has another MD5 sum than {checksum}.")
    wait = Wait(functools.partial(_is_there, lambda: checksum or md5_of(source)), first=0.0)
    return [
        Step("upload", UPLOAD, upload=source, md5=checksum, wait=wait, wait_after_upload=_arrival, proof=Wait(_is_fed))
    ]


def download_steps(run: Context) -> list[Step]:
    dest = run.options.get("dest")
    return [Step("download", DOWNLOAD, download=dest)] if dest else []


def is_saved(run: Context, current: Json) -> bool:
    """Whether the file that the data is to be saved to has it, or there is none to be saved to."""
    dest = run.options.get("dest")
    return not dest or (os.path.exists(dest) and file_md5(dest) == current.get("checksum"))


def arrival() -> Wait:
    """What to wait for where the platform itself fetches the data."""
    return Wait(functools.partial(_is_there, lambda: None))


def _arrival(md5: str) -> Wait:
    """What to wait for after an upload, by the MD5 sum of what was sent."""
    return Wait(functools.partial(_is_there, lambda: md5), first=0.0)


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
