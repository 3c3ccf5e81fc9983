# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m openstack: real OpenStack services behind CloudOS's addresses; see README.md beside this file."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from openstack.lifecycle import Lifecycle
from openstack.processes import HANDLED
from openstack.request_log import RequestLog, count
from openstack.settings import ADMIN_PASSWORD, HERE, Settings, SetupError
from openstack.state import State

SUBSETS: dict[str, list[str]] = yaml.safe_load((HERE / "subsets.yml").read_text(encoding="utf-8"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m openstack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start what does not run, and print how to reach it")
    up.add_argument("--fresh", action="store_true", help="forget all but what is seeded")
    down = commands.add_parser("down", help="stop what was started, and keep its data")
    down.add_argument("--wipe", action="store_true", help="delete the data, too")
    commands.add_parser("status", help="show the processes")
    tests = commands.add_parser(
        "test", help="start, run the tests (arguments go to pytest), and stop what `up` has not started"
    )
    tests.add_argument("--subset", choices=sorted(SUBSETS), help="the tests that subsets.yml has under this name")
    commands.add_parser(
        "request-table", help="count the requests of each case, and write them into docs/performance.md"
    )
    requests = commands.add_parser("requests", help="count the requests of clients")
    requests.add_argument("--all", action="store_true", help="show each of them")
    requests.add_argument("--since", type=float, default=0, help="seconds of the epoch")
    chosen, rest = parser.parse_known_args()
    chosen.rest = rest
    if chosen.rest and chosen.command != "test":
        parser.error(f"unknown arguments: {' '.join(chosen.rest)}")
    for number in HANDLED:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, interrupt)
    try:
        return _COMMANDS[chosen.command](Settings.from_environment(), chosen)
    except SetupError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    return 1


def up(settings: Settings, chosen: argparse.Namespace) -> int:
    lifecycle = _lifecycle(settings)
    with lifecycle.lock():
        try:
            lifecycle.up(fresh=chosen.fresh)
        except BaseException:
            if not lifecycle.is_kept:
                _stop(lifecycle)
            raise
        lifecycle.keep()
    for name, value in connection(settings).items():
        print(f"export {name}={value}")
    return 0


def down(settings: Settings, chosen: argparse.Namespace) -> int:
    _lifecycle(settings).down(wipe=chosen.wipe)
    return 0


def status(settings: Settings, _chosen: argparse.Namespace) -> int:
    lines, healthy = _lifecycle(settings).status()
    print("\n".join(lines))
    return 0 if healthy else 1


def test(settings: Settings, chosen: argparse.Namespace) -> int:
    lifecycle = _lifecycle(settings)
    tests = [f"{HERE}/{test}" for test in SUBSETS[chosen.subset]] if chosen.subset else [str(HERE)]
    with lifecycle.lock():
        try:
            lifecycle.up()
            return run([sys.executable, "-m", "pytest", *tests, *chosen.rest])
        finally:
            if not lifecycle.is_kept:
                _stop(lifecycle)


def count_cases(settings: Settings, _chosen: argparse.Namespace) -> int:
    from openstack import request_table  # which needs what the tests need

    lifecycle = _lifecycle(settings)
    with lifecycle.lock(), tempfile.TemporaryDirectory(prefix="cloudos-requests-") as folder:
        try:
            lifecycle.up()
            text = request_table.table(request_table.Count(settings, Path(folder)).rows())
        finally:
            if not lifecycle.is_kept:
                _stop(lifecycle)
    for page in request_table.PAGES:
        request_table.write(text, page)
    print(text)
    return 0


def requests(settings: Settings, chosen: argparse.Namespace) -> int:
    log = RequestLog(State(settings).log / "requests.jsonl")
    entries = [entry for entry in log() if entry["time"] >= chosen.since]
    if chosen.all:
        for entry in entries:
            told = (entry["status"], entry["method"], entry["path"], "?" * bool(entry["query"]) + entry["query"])
            print(f"{entry['time']:.3f} {entry['port']} {entry['seconds']:6.3f} s", *told)
    else:
        for operation, number in count(entries).most_common():
            print(f"{number:6} {operation}")
    return 0


def connection(settings: Settings) -> dict[str, str]:
    """Variables for the collection, and for clients of OpenStack."""
    return {
        "CLOUDOS_URL": settings.url("gateway"),
        "CLOUDOS_USERNAME": "admin",
        "CLOUDOS_PASSWORD": ADMIN_PASSWORD,
        "CLOUDOS_PROJECT": "admin",
        "OS_AUTH_URL": f"{settings.url('keystone')}/v3",
        "OS_USERNAME": "admin",
        "OS_PASSWORD": ADMIN_PASSWORD,
        "OS_PROJECT_NAME": "admin",
        "OS_USER_DOMAIN_ID": "default",
        "OS_PROJECT_DOMAIN_ID": "default",
        "OS_REGION_NAME": "RegionOne",
        "OS_IDENTITY_API_VERSION": "3",
    }


def run(command: list[str], patience: float = 5) -> int:
    """Run a command that ends before this returns, whatever happens.

    Ctrl-C reaches the command as well. A signal to this process alone does not: after `patience` seconds the command is
    interrupted, so that it ends what it has started itself.
    """
    child = subprocess.Popen(command, preexec_fn=_hear_interrupts)
    try:
        return child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
            child.wait()
        raise


def _hear_interrupts() -> None:
    """What a shell has started in the background ignores them, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _stop(lifecycle: Lifecycle) -> None:
    """To the end: a second Ctrl-C would leave half of it."""
    for number in HANDLED:
        signal.signal(number, signal.SIG_IGN)
    lifecycle.down()


def _lifecycle(settings: Settings) -> Lifecycle:
    begun = time.monotonic()
    return Lifecycle(settings, lambda text: print(f"{time.monotonic() - begun:6.1f} s  {text}", flush=True))


def interrupt(_number: int, _frame: Any) -> None:
    raise KeyboardInterrupt


_COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
    "up": up,
    "down": down,
    "status": status,
    "test": test,
    "request-table": count_cases,
    "requests": requests,
}

if __name__ == "__main__":
    sys.exit(main())
