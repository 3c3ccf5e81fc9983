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

RELEASE = "12"  # of Debian, which has OpenStack Zed
ENVIRONMENT = {"DEBIAN_FRONTEND": "noninteractive"}
_DESCRIPTION = Path("/etc/os-release")
_POLICY = Path("/usr/sbin/policy-rc.d")
_DENIAL = "#!/bin/sh\nexit 101\n"


def require_platform() -> None:
    """Only Debian 12 has all the packages, and only root may install and run them."""
    described = _DESCRIPTION.read_text(encoding="utf-8").splitlines() if _DESCRIPTION.exists() else []
    if "ID=debian" not in described or f'VERSION_ID="{RELEASE}"' not in described:
        raise SetupError(f"the services come from Debian {RELEASE}; run this in a container or a machine that has it")
    if os.geteuid():
        raise SetupError("only root can install the services and start them")


def missing(packages: Sequence[str]) -> list[str]:
    """Those that are not installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${Status}\n", *packages]
    found = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return [name for name in packages if f"{name} install ok installed" not in found]


def commands(packages: Sequence[str]) -> list[tuple[str, ...]]:
    """What installs packages, also where that was interrupted before."""
    options = ["-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    options += ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
    return [
        ("dpkg", "--configure", "-a"),
        ("apt-get", "update"),
        ("apt-get", "install", *options, *packages),
    ]


@contextmanager
def services_stay_off() -> Iterator[None]:
    """Packages do not start their services meanwhile."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text(_DENIAL)
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()
