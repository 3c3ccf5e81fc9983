# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-playbook in a process that is forked from one which has imported ansible-core already.

These imports are half of the processor time of a short play. They read Ansible's settings: those of a play are set
again, and a play with another configuration file or locale runs as the command itself. The archive that an ordinary
module is sent in takes longer to build than to run; it is built once and not in each play.
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
    *("xml.etree.ElementTree", "ansible.cli.scripts", "ansible.executor.process.worker"),
    *("ansible.executor.task_executor", "ansible.plugins.cache.memory", "integration.prepared_ansible"),
]
# What needs other imports
_IMPORTANT = ("ANSIBLE_CONFIG", "LANG", "LC_", "PYTHON")
_REPOSITORY = Path(__file__).resolve().parents[2]
# What pytest has in its path, and the command has not
_TESTS_ONLY = {str(_REPOSITORY / "tests"), str(_REPOSITORY / ".venv" / "collections")}
_prepared: dict[str, str] = {}  # the environment of the process that is forked
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_IMPORTED)


def prepare(environment: Mapping[str, str]) -> None:
    """Begin to import what plays need, unless that was done before."""
    if not _prepared:
        _prepared.update(environment)
        with mock.patch.dict(os.environ, {**environment, "PYTHONPATH": str(_REPOSITORY / "tests")}, clear=True):
            forkserver.ensure_running()


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str]:
    """Run a command of ansible-playbook in a folder, and return its exit code and its output.

    Raises:
        subprocess.TimeoutExpired: it took more than so many seconds, and was killed.
    """
    output = folder / "output"
    start = _run_forked if _important(environment) == _important(_prepared) else _run_command
    code = start([*arguments], folder, {**environment}, seconds, output)
    return code, output.read_text(encoding="utf-8")


def _important(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_IMPORTANT)}


def _run_forked(arguments: list[str], folder: Path, environment: dict[str, str], seconds: float, output: Path) -> int:
    archives = Path(_archives(environment["ANSIBLE_COLLECTIONS_PATH"]).name)
    changed = {name for name in {*environment, *_prepared} if environment.get(name) != _prepared.get(name)}
    process = _context.Process(target=_main, args=(arguments, folder, environment, output, archives, changed))
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
def _archives(collections: str) -> tempfile.TemporaryDirectory[str]:
    """The folder for the archives of modules of these collections; it goes with this process."""
    return tempfile.TemporaryDirectory()


def _run_command(arguments: list[str], folder: Path, environment: dict[str, str], seconds: float, output: Path) -> int:
    with output.open("wb") as file:
        streams = {"stdin": subprocess.DEVNULL, "stdout": file, "stderr": subprocess.STDOUT}
        done = subprocess.run(arguments, cwd=folder, env=environment, timeout=seconds, check=False, **streams)
    return done.returncode


def _main(
    arguments: list[str], folder: Path, environment: dict[str, str], output: Path, archives: Path, changed: set[str]
) -> None:
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
    tempfile.tempdir = None

    from ansible import constants
    from ansible.cli.playbook import main

    for name, definition in constants.config.get_configuration_definitions().items():
        if name == "DEFAULT_LOCAL_TMP" or changed & {each["name"] for each in definition.get("env") or ()}:
            setattr(constants, name, constants.config.get_config_value(name, variables=vars(constants)))
    # Where many plays share a core, looking for the end of a task each millisecond takes a part of the time.
    constants.DEFAULT_INTERNAL_POLL_INTERVAL = 0.005
    (Path(constants.DEFAULT_LOCAL_TMP) / "ansiballz_cache").symlink_to(archives)
    try:
        main()
    finally:
        sys.stdout.flush()
        atexit._run_exitfuncs()  # multiprocessing leaves them out
