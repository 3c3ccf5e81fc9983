# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of an image to the platform and back, with curl as the floor.

The simulated platform writes the data to a file and sums it up, and is the slower part of a transfer: the CPU time
shows what a client costs.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from .. import measure
from ..choice import Choice
from ..measure import Cost, in_turn, median, ratio
from ..report import Table
from ..stage import Stage, stage, token

NAME = "uploads"

_START = "empty play"
_CURL_UP, _CURL_DOWN = "curl, upload", "curl, download"
_PATH = "/os/image/v1/v2/images/{id}/file"
_OPTIONS = {"name": "bench", "disk_format": "raw", "virt_type": "KVM", "cas_ostype": "linux"}
_MEGABYTE = 2**20
_HOUR = 3600


def run(choice: Choice) -> Iterator[Table]:
    with stage() as present:
        source = _file(present.folder / "image.raw", choice.upload_mb)
        ways = _ways(present, source)
        present.play([{"h3c.cloudos.cloudos_image_info": {}}])  # logs in, and writes byte code
        rounds = in_turn(ways, choice.runs)
        rows = [
            [
                name,
                median(rounds, name, lambda cost: cost.seconds),
                median(rounds, name, lambda cost: cost.cpu),
                ratio(rounds, name, floor, lambda cost: cost.seconds) if floor else None,
                int(median(rounds, name, lambda cost: cost.requests)),
            ]
            for name, floor in _floors(ways).items()
        ]
        columns = ["", "seconds", "CPU seconds", "seconds / curl", "requests"]
        note = f"Whole commands, the start of Ansible included; medians of {len(rounds)} rounds."
        yield Table(f"An image of {choice.upload_mb} MB", columns, rows, note)


def _file(path: Path, megabytes: int) -> Path:
    """A file that no hole makes faster, and that was not changed just now."""
    with path.open("wb") as file:
        for _number in range(megabytes):
            file.write(os.urandom(_MEGABYTE))
    then = time.time() - _HOUR
    os.utime(path, (then, then))
    return path


def _md5(path: Path) -> str:
    total = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_MEGABYTE):
            total.update(block)
    return total.hexdigest()


def _ways(present: Stage, source: Path) -> dict[str, Callable[[], Cost]]:
    md5 = _md5(source)
    copy = present.folder / "copy.raw"
    new = {**_OPTIONS, "src": str(source)}
    forgetful = {"remember_checksum": False}
    return {
        _START: partial(present.play, [{"bench_noop": {}}]),
        _CURL_UP: partial(_curl_up, present, source),
        "cloudos_image, a new one": partial(_image, present, new, is_new=True),
        "cloudos_image, a new one with checksum": partial(_image, present, {**new, "checksum": md5}, is_new=True),
        "cloudos_image, converged": partial(_image, present, new),
        "cloudos_image, converged, nothing remembered": partial(_image, present, {**new, **forgetful}),
        "cloudos_image, converged, with checksum": partial(_image, present, {**new, "checksum": md5}),
        _CURL_DOWN: partial(_curl_down, present, copy),
        "cloudos_image, download": partial(_download, present, copy),
    }


def _floors(ways: dict[str, Callable[[], Cost]]) -> dict[str, str]:
    """What each way is compared with, empty for what carries no data."""
    floors = {name: _CURL_UP if "a new one" in name else "" for name in ways}
    return {**floors, _CURL_UP: _CURL_UP, _CURL_DOWN: _CURL_DOWN, "cloudos_image, download": _CURL_DOWN}


def _image(present: Stage, options: dict[str, object], is_new: bool = False) -> Cost:
    if is_new:
        present.cloud.remove("images")
    return present.play([{"h3c.cloudos.cloudos_image": options}])


def _download(present: Stage, copy: Path) -> Cost:
    copy.unlink(missing_ok=True)
    return present.play([{"h3c.cloudos.cloudos_image": {**_OPTIONS, "dest": str(copy)}}])


def _curl_up(present: Stage, source: Path) -> Cost:
    present.cloud.remove("images")
    image = present.cloud.seed("images", name="bench", status="queued")[0]
    return _curl(present, image["id"], "-T", str(source), "-H", "Content-Type: application/octet-stream")


def _curl_down(present: Stage, copy: Path) -> Cost:
    return _curl(
        present, present.cloud.state("images")[0]["id"], "-o", str(copy), "-H", "Content-Type: application/json"
    )


def _curl(present: Stage, image_id: str, *options: str) -> Cost:
    headers = ["-H", f"X-Auth-Token: {token(present.cloud)}", "-H", "Accept:", "-H", "Expect:"]
    command = ["curl", "-sSf", *headers, *options, present.cloud.url + _PATH.format(id=image_id)]
    return measure.command(command, dict(os.environ), present.folder, present.count)
