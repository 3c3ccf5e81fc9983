# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second door to the commands of make, which prepare `.venv` themselves: nox -s unit -- -k retry."""

from __future__ import annotations

import shlex

import nox

nox.options.sessions = ["lint", "unit"]


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Check style, documentation, changelog and licences."""
    session.run("make", "lint", external=True)


@nox.session(venv_backend="none")
def unit(session: nox.Session) -> None:
    """Run the unit tests."""
    _make(session, "unit")


@nox.session(venv_backend="none")
def integration(session: nox.Session) -> None:
    """Run playbooks against the simulator."""
    _make(session, "integration")


@nox.session(venv_backend="none")
def docs(session: nox.Session) -> None:
    """Build the documentation site into build/docs/html."""
    session.run("make", "docs", external=True)


def _make(session: nox.Session, command: str) -> None:
    """Run a command of make with the arguments of the session."""
    session.run("make", command, f"ARGS={shlex.join(session.posargs)}", external=True)
