# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MariaDB: the databases of all services, on a socket only."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from openstack.processes import Program
from openstack.state import State

PACKAGES = ("mariadb-server",)


def configure(state: State) -> None:
    state.render("mariadb.cnf")
    folder = state.root / "mysql"
    if (folder / "mysql").is_dir():
        return
    command = ["mariadb-install-db", "--no-defaults", "--user=root", f"--datadir={folder}", "--skip-test-db"]
    with (state.log / "mariadb-install.log").open("wb") as output:
        subprocess.run([*command, "--auth-root-authentication-method=normal"], stdout=output, stderr=output, check=True)


def programs(state: State) -> list[Program]:
    return [Program("mariadb", ("mariadbd", f"--defaults-file={state.config('mariadb.cnf')}"))]


def answers(state: State) -> bool:
    return (
        subprocess.run([*_client(state, "mariadb"), "-e", "select 1"], capture_output=True, check=False).returncode == 0
    )


def create(state: State, databases: Sequence[str]) -> None:
    """Empty databases, in place of those that there are."""
    _run(state, "".join(f"drop database if exists {name}; create database {name};" for name in databases).encode())


def dump(state: State, databases: Sequence[str], file: Path) -> None:
    with file.open("wb") as output:
        command = [*_client(state, "mariadb-dump"), "--single-transaction", "--databases", *databases]
        subprocess.run(command, stdout=output, check=True)


def load(state: State, file: Path) -> None:
    _run(state, file.read_bytes())


def _run(state: State, statements: bytes) -> None:
    subprocess.run(_client(state, "mariadb"), input=statements, check=True)


def _client(state: State, program: str) -> list[str]:
    return [program, "--no-defaults", f"--socket={state.socket}", "-uroot"]
