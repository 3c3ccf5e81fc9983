# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m simulator: run the simulator until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import json
import signal
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import seeds
from .settings import Settings
from .simulation import Simulator


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description="A stateful CloudOS for tests.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--url-file", type=Path, help="write the URL to this file when listening")
    parser.add_argument("--log", type=Path, help="append every request to this file as a line of JSON")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
    parser.add_argument("--print-seeds", action="store_true", help="print what exists after a start, and exit")
    parser.add_argument(
        "--no-validate",
        dest="validate",
        action="store_false",
        help="do not hold answers to the contract; requests always are",
    )
    for name, default in asdict(Settings()).items():
        if name != "validate":
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                type=str if isinstance(default, str) else _value,
                default=default,
                help=f"default {default!r}",
            )
    return parser


def _value(text: str) -> Any:
    """true, false and numbers as such, everything else as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def main() -> None:
    parser = _parser()
    options = vars(parser.parse_args())
    if options.pop("print_seeds"):
        print(json.dumps(seeds.rows(), indent=2, ensure_ascii=False))
        return
    url_file, log_file = options.pop("url_file"), options.pop("log")
    try:
        simulator = Simulator(log_file=log_file, **options)
    except ValueError as error:
        parser.error(str(error))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with simulator:
        if url_file:
            url_file.write_text(simulator.url)
        print(simulator.url, flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
