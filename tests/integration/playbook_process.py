# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-playbook in a process that is forked from one which has imported the libraries already.

These imports are a third of the processor time of a short play. What reads a configuration or an environment, all of
ansible-core but some leaves, is imported by each process itself.
"""

from __future__ import annotations

import atexit
import io
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_LIBRARIES = [
    *("ansible.module_utils.common.yaml", "cryptography.hazmat.backends", "cryptography.hazmat.primitives.ciphers"),
    *("cryptography.hazmat.primitives.hmac", "cryptography.hazmat.primitives.kdf.pbkdf2", "jinja2.nativetypes"),
    *("jinja2.sandbox", "packaging.version", "requests", "resolvelib", "yaml"),
    *("argparse", "asyncio", "cmd", "concurrent.futures", "configparser", "ctypes", "curses", "email", "fractions"),
    *("getpass", "glob", "http.client", "http.cookiejar", "importlib.metadata", "importlib.resources", "ipaddress"),
    *("locale", "logging", "multiprocessing.queues", "multiprocessing.synchronize", "pkgutil", "random", "shutil"),
    *("socket", "ssl", "subprocess", "tempfile", "typing", "urllib.request", "uuid", "zipfile"),
]
_REPOSITORY = Path(__file__).resolve().parents[2]
# What pytest has in its path, and the command has not
_TESTS_ONLY = {str(_REPOSITORY / "tests"), str(_REPOSITORY / ".venv" / "collections")}
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_LIBRARIES)


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str]:
    """Run a command of ansible-playbook in a folder, and return its exit code and its output.

    Raises:
        subprocess.TimeoutExpired: it took more than so many seconds, and was killed.
    """
    output = folder / "output"
    process = _context.Process(target=_main, args=([*arguments], folder, {**environment}, output))
    process.start()
    try:
        process.join(seconds)
        if process.is_alive():
            raise subprocess.TimeoutExpired([*arguments], seconds)
    finally:
        process.kill()
        process.join()
    assert process.exitcode is not None
    return process.exitcode, output.read_text(encoding="utf-8")


def _main(arguments: list[str], folder: Path, environment: dict[str, str], output: Path) -> None:
    """What the command does, with its own environment, folder, input and output."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[:] = [path for path in sys.path if path not in _TESTS_ONLY]
    with output.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, io.TextIOWrapper)
        stream.reconfigure(encoding="utf-8", line_buffering=True)
    sys.argv = arguments

    from ansible.cli.playbook import main

    try:
        main()
    finally:
        sys.stdout.flush()
        atexit._run_exitfuncs()  # multiprocessing leaves them out
