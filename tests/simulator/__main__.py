# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m simulator: run the simulated cloud, and print how to use it."""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from . import background, seeds, usage
from .settings import CHOICES, Settings, descriptions
from .simulation import Simulator
from .world import World

PORT = 11001  # beside 11000, which the gateway of the platform has


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulator", description="A simulated CloudOS. It keeps everything in memory."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="port to listen on, 0 for any (default: %(default)s)")
    parser.add_argument("--background", action="store_true", help="start it, print how to use it, and return")
    parser.add_argument("--stop", action="store_true", help="stop the one that listens on this port, and return")
    parser.add_argument("--bare", action="store_true", help="start without the images of the guides")
    parser.add_argument("--url-file", type=Path, help="write the URL to this file when listening")
    parser.add_argument("--log", type=Path, help="append every request to this file as a line of JSON")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"), help="serve HTTPS with these files")
    parser.add_argument("--print-seeds", action="store_true", help="print what exists after a start, and return")
    parser.add_argument(
        "--no-validate",
        dest="validate",
        action="store_false",
        help="do not hold answers to the contract; requests always are",
    )
    _add_settings(parser.add_argument_group("how it behaves"))
    return parser


def _add_settings(group: Any) -> None:
    told = descriptions()
    for name, default in {**asdict(Settings()), **seeds.EXAMPLE_SETTINGS}.items():
        if name == "validate":
            continue
        group.add_argument(
            f"--{name.replace('_', '-')}",
            type=str if isinstance(default, str) else _value,
            default=default,
            metavar=f"{{{','.join(filter(None, CHOICES[name]))}}}" if name in CHOICES else "VALUE",
            help=f"{told[name].rstrip('.')} (default: {json.dumps(default)})".replace("%", "%%"),
        )


def _value(text: str) -> Any:
    """true, false and numbers as such, everything else as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _stoppable(app: web.Application, world: World) -> None:
    """Let it be stopped by a request, which needs no process ID."""

    async def stop(request: web.Request) -> web.Response:
        os.kill(os.getpid(), signal.SIGTERM)
        return web.json_response({})

    app.router.add_post("/_admin/stop", stop)


def main() -> None:
    parser = _parser()
    options = vars(parser.parse_args())
    if options.pop("print_seeds"):
        print(json.dumps(seeds.rows(), indent=2, ensure_ascii=False))
        return
    url = f"{'https' if options['tls'] else 'http'}://{options['host']}:{options['port']}"
    in_background, stops = options.pop("background"), options.pop("stop")
    try:
        if stops:
            stopped = background.stop(url)
            print(f"The simulator at {url} has stopped." if stopped else f"No simulator is running at {url}.")
        elif in_background:
            _start(url, options)
        else:
            _run(parser, options)
    except background.NotPossibleError as error:
        parser.exit(1, f"{error}\n")


def _start(url: str, options: dict[str, Any]) -> None:
    """Start another process, unless one listens already."""
    if background.runs(url):
        print(f"There is one already at {url}; --stop stops it.\n")
    else:
        url = background.start([word for word in sys.argv[1:] if word != "--background"])
    if options["url_file"]:
        options["url_file"].write_text(url)
    print(usage.page(url, bare=options["bare"], background=True))


def _run(parser: argparse.ArgumentParser, options: dict[str, Any]) -> None:
    """Listen until SIGTERM or SIGINT."""
    url_file, log_file, bare = options.pop("url_file"), options.pop("log"), options.pop("bare")
    try:
        simulator = Simulator(log_file=log_file, extension=_stoppable, **options)
    except ValueError as error:
        parser.error(str(error))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        simulator.start()
    except OSError as error:
        parser.exit(1, f"{_cause(error, options['port'])}\n")
    for record in () if bare else seeds.EXAMPLES:
        simulator.seed(**record)
    if url_file:
        url_file.write_text(simulator.url)
    print(usage.page(simulator.url, bare=bare), flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    simulator.stop()


def _cause(error: OSError, port: int) -> str:
    if error.errno != errno.EADDRINUSE:
        return f"The simulator cannot listen: {error.strerror}."
    return (
        f"Port {port} is taken: another simulator may still be running (--stop stops it). "
        "Choose another port with --port, such as --port 11002, or any free one with --port 0."
    )


if __name__ == "__main__":
    main()
