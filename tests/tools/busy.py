# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a command while every core of the machine is kept busy by something else, as on a machine with other work.

python tests/tools/busy.py make integration ARGS="-k events"
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    cores = range(os.cpu_count() or 1)
    loops = [multiprocessing.Process(target=keep_busy, args=(os.getpid(),), daemon=True) for _core in cores]
    for loop in loops:
        loop.start()
    try:
        return subprocess.run(sys.argv[1:], check=False).returncode
    finally:
        for loop in loops:
            loop.terminate()


def keep_busy(parent: int) -> None:
    """Work for nothing, for as long as somebody wants that."""
    while os.getppid() == parent:
        sum(range(100_000))


if __name__ == "__main__":
    sys.exit(main())
