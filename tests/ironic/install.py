# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m ironic.install: install OpenStack Ironic into `.venv-ironic`, unless it is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.pythons import find_pythons

HERE = Path(__file__).resolve().parent
VENV = HERE.parents[1] / ".venv-ironic"
REQUIREMENTS = HERE / "requirements.txt"
PYTHONS = ("3.12", "3.11", "3.13")


def main() -> int:
    done = VENV / "ready"
    if done.exists() and done.stat().st_mtime >= REQUIREMENTS.stat().st_mtime:
        return 0
    found = find_pythons()
    usable = [found[version] for version in PYTHONS if version in found]
    if not usable:
        print(f"Ironic runs on Python {', '.join(PYTHONS)}; here is {', '.join(found) or 'none'}.", file=sys.stderr)
        return 1
    print(f"Installing Ironic into {VENV.name}, with {usable[0]}", flush=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([str(usable[0]), "-m", "venv", "--clear", str(VENV)], [*pip, "-r", str(REQUIREMENTS)]):
        status = subprocess.run(command, check=False).returncode
        if status:
            print("Ironic could not be installed.", file=sys.stderr)
            return status
    done.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
