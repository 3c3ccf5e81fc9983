# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the distribution has to provide."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openstack.settings import SetupError

RELEASE = "12"  # of Debian: OpenStack Zed
POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\nexit 101\n"


def require_platform() -> None:
    """Only Debian 12 has all the packages, and only root may install and run them."""
    described = Path("/etc/os-release").read_text(encoding="utf-8") if Path("/etc/os-release").exists() else ""
    if "\nID=debian\n" not in described or f'\nVERSION_ID="{RELEASE}"\n' not in described:
        raise SetupError(f"the services come from Debian {RELEASE}; run this in a container or a machine that has it")
    if os.geteuid():
        raise SetupError("only root can install the services and start them")


def missing(packages: Sequence[str]) -> list[str]:
    """Those that are not installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${Status}\n", *packages]
    found = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return [name for name in packages if f"{name} install ok installed" not in found]


def install(packages: Sequence[str], log: Path) -> None:
    """Install packages without starting their services."""
    options = ["-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    options += ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _services_stay_off(), log.open("wb") as output:
        for command in (["apt-get", "update"], ["apt-get", "install", *options, *packages]):
            streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": subprocess.STDOUT}
            if subprocess.run(command, env=environment, check=False, **streams).returncode:
                raise SetupError(f"{' '.join(command[:2])} failed; see {log}")


@contextmanager
def _services_stay_off() -> Iterator[None]:
    if POLICY.exists():
        yield
        return
    POLICY.write_text(POLICY_TEXT)
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
