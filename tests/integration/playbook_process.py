# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-playbook in a process that is forked from one which has imported ansible-core already.

These imports are half of the processor time of a short play. Some of them read Ansible's configuration and environment,
so a play with other settings runs as the command itself. The archive that an ordinary module is
sent in takes longer to build than to run; it is built once and not in each play.
"""

from __future__ import annotations

import atexit
import functools
import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from pathlib import Path
from unittest import mock

_IMPORTED = [
    *("ansible.cli.playbook", "ansible.module_utils.common.yaml", "requests", "resolvelib"),
    *("cryptography.hazmat.backends", "cryptography.hazmat.primitives.ciphers", "cryptography.hazmat.primitives.hmac"),
    *("cryptography.hazmat.primitives.kdf.pbkdf2", "asyncio", "cmd", "concurrent.futures", "curses", "fractions"),
    *("http.cookiejar", "multiprocessing.queues", "multiprocessing.synchronize", "xml.dom.minidom"),
    "xml.etree.ElementTree",
]
# What may differ between plays: it is not read by an import, or read again.
_READ_LATER = ("ANSIBLE_HOME", "CLOUDOS_", "PYTEST_", "XDG_CACHE_HOME")
_REPOSITORY = Path(__file__).resolve().parents[2]
# What pytest has in its path, and the command has not
_TESTS_ONLY = {str(_REPOSITORY / "tests"), str(_REPOSITORY / ".venv" / "collections")}
_prepared: dict[str, str] = {}  # the settings of the process that is forked
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_IMPORTED)


def prepare(environment: Mapping[str, str]) -> None:
    """Begin to import what plays with these settings need, unless that was done before."""
    if not _prepared:
        _prepared.update(_settings(environment))
        with mock.patch.dict(os.environ, environment, clear=True):
            forkserver.ensure_running()


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str]:
    """Run a command of ansible-playbook in a folder, and return its exit code and its output.

    Raises:
        subprocess.TimeoutExpired: it took more than so many seconds, and was killed.
    """
    output = folder / "output"
    start = _run_forked if _settings(environment) == _prepared else _run_command
    code = start([*arguments], folder, {**environment}, seconds, output)
    return code, output.read_text(encoding="utf-8")


def _settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith(_READ_LATER)}


def _run_forked(arguments: list[str], folder: Path, environment: dict[str, str], seconds: float, output: Path) -> int:
    process = _context.Process(target=_main, args=(arguments, folder, environment, output, Path(_archives().name)))
    process.start()
    try:
        process.join(seconds)
        if process.is_alive():
            raise subprocess.TimeoutExpired(arguments, seconds)
    finally:
        process.kill()
        process.join()
    assert process.exitcode is not None
    return process.exitcode


@functools.cache
def _archives() -> tempfile.TemporaryDirectory[str]:
    """The folder for the archives of modules; it goes with this process."""
    return tempfile.TemporaryDirectory()


def _run_command(arguments: list[str], folder: Path, environment: dict[str, str], seconds: float, output: Path) -> int:
    with output.open("wb") as file:
        streams = {"stdin": subprocess.DEVNULL, "stdout": file, "stderr": subprocess.STDOUT}
        done = subprocess.run(arguments, cwd=folder, env=environment, timeout=seconds, check=False, **streams)
    return done.returncode


def _main(arguments: list[str], folder: Path, environment: dict[str, str], output: Path, archives: Path) -> None:
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

    from ansible import constants
    from ansible.cli.playbook import main

    constants.ANSIBLE_HOME = environment["ANSIBLE_HOME"]
    constants.DEFAULT_LOCAL_TMP = constants.config.get_config_value("DEFAULT_LOCAL_TMP", variables=vars(constants))
    (Path(constants.DEFAULT_LOCAL_TMP) / "ansiballz_cache").symlink_to(archives)
    try:
        main()
    finally:
        sys.stdout.flush()
        atexit._run_exitfuncs()  # multiprocessing leaves them out
