# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder in which everything is that the services have: configuration, data, logs, files of processes."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import Any

from openstack.settings import HERE, PORTS, SERVICE_PASSWORD, Settings

TEMPLATES = HERE / "conf"
DRIVERS = HERE / "drivers"
ENTRY_POINTS = "cloudos_lab-1.dist-info"
NOTHING_HERE = '{"code": "404", "msg": "no service has this address", "data": null, "total": 0}'
_NAME = re.compile("@([a-z_]+)@")


class State:
    """The folder, and the values that its configuration is made of."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.root = settings.state
        self.etc, self.run, self.log = self.root / "etc", self.root / "run", self.root / "log"
        self.seed = self.root / "seed"
        self.socket = self.run / "mysql.sock"
        self.seeded = self.root / "seeded.json"
        self._mark = self.root / "made-by"

    def is_outdated(self) -> bool:
        """Whether it was made with other settings, another seed, or another list of what tests may leave."""
        return self._mark.exists() and self._mark.read_text() != self._fingerprint()

    def prepare(self) -> None:
        """Make what is missing."""
        for name in ("etc/policy.d", "run", "log", "home", "tmp", "drivers"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)
        self._mark.write_text(self._fingerprint())
        self._announce_drivers()

    def wipe(self) -> None:
        """Delete it, if it is what it should be."""
        if self._mark.exists():
            shutil.rmtree(self.root)

    def folder(self, name: str) -> Path:
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def config(self, name: str) -> str:
        return str(self.etc / name)

    def render(self, template: str, name: str | None = None, **values: Any) -> None:
        """Write a file of the configuration."""
        (self.etc / (name or template)).write_text(self._filled(template, values))

    def render_service(self, template: str, user: str, name: str | None = None, **values: Any) -> None:
        """The same for a service that logs in, with what all of these have."""
        self.folder(f"lock/{user}")
        text = self._filled(template, {**values, "user": user}) + self._filled("common.conf", {"user": user})
        (self.etc / (name or template)).write_text(text)

    def environment(self) -> dict[str, str]:
        """What the services are started with: nothing of the caller's."""
        return {
            "PATH": f"{DRIVERS / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(self.root / "home"),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": f"{DRIVERS}:{self.root / 'drivers'}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_CACHE_HOME": str(self.root / "home" / "cache"),
            "CLOUDOS_BMC_STATE": str(self.folder("controllers")),
            "OPENSTACK_SPAWN_SECONDS": self.settings.spawn_seconds,
        }

    def _filled(self, template: str, values: dict[str, Any]) -> str:
        known = {**self._values(), **values}

        def value(found: re.Match[str]) -> str:
            if found[1] == "credentials":
                return self._filled("credentials.conf", values)
            return str(known[found[1]])

        return _NAME.sub(value, (TEMPLATES / template).read_text(encoding="utf-8"))

    def _values(self) -> dict[str, Any]:
        return {
            **{name: self.settings.port(name) for name in PORTS},
            "state": self.root,
            "database": "mysql+pymysql://root@localhost",
            "database_options": f"unix_socket={self.socket}&charset=utf8",
            "service_password": SERVICE_PASSWORD,
            "workers": self.settings.workers,
            "ironic_delay": self.settings.ironic_delay,
            "nothing": NOTHING_HERE,
        }

    def _announce_drivers(self) -> None:
        """Python finds entry points in any folder *.dist-info of its path."""
        info = self.folder(f"drivers/{ENTRY_POINTS}")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cloudos-lab\nVersion: 1\n")
        shutil.copy(TEMPLATES / "entry_points.txt", info)

    def _fingerprint(self) -> str:
        """Of all that the data depend on."""
        told = f"{self.settings.first_port} {self.settings.computes}"
        made_by = [(HERE / name).read_bytes() for name in ("seed.py", "cleaning.py")]
        return hashlib.sha256(b"".join(made_by) + told.encode()).hexdigest()
