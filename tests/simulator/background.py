# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator that runs on after the command that started it, until another command stops it."""

from __future__ import annotations

import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

_PATIENCE = 300.0  # seconds to start or to stop in
_INTERVAL = 0.05


class NotPossibleError(Exception):
    """It could not be started or stopped; the message says why."""


def start(arguments: Sequence[str]) -> str:
    """Start one with these arguments, and return its URL once it listens."""
    with tempfile.TemporaryDirectory(prefix="simulator-") as folder:
        output, url_file = Path(folder, "output"), Path(folder, "url")
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "simulator", *arguments, "--url-file", str(url_file)],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _wait(lambda: process.poll() is not None or bool(_text(url_file)))
        if process.poll() is not None:
            raise NotPossibleError(_text(output).strip())
        return _text(url_file)


def stop(url: str) -> bool:
    """Stop the one that listens there; whether there was one."""
    if not runs(url):
        return False
    _request(f"{url}/_admin/stop", "POST")
    _wait(lambda: not runs(url))
    return True


def runs(url: str) -> bool:
    """Whether a simulator listens there."""
    try:
        _request(f"{url}/_admin/settings", "GET")
    except (OSError, ValueError):
        return False
    return True


def _request(url: str, method: str) -> None:
    """Send a request to this machine: past proxies, and whatever its certificate is."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(urllib.request.Request(url, method=method), timeout=60) as answer:
        answer.read()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise NotPossibleError(f"Nothing happened for {_PATIENCE:.0f} s.")
        time.sleep(_INTERVAL)
