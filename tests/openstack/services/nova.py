# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nova: hypervisors without guests, and one that has the nodes of Ironic."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import PYTHON, http_answers, python
from openstack.state import State

PACKAGES = ("nova-common",)
DATABASES = ("nova_api", "nova", "nova_cell0")
IRONIC_HOST = "ironic-host2"  # as the simulator's is named


def hosts(state: State) -> list[str]:
    return [*state.settings.compute_hosts, IRONIC_HOST]


def configure(state: State) -> None:
    state.render_service("nova.conf", "nova")
    state.render("nova-database.conf")
    for host in state.settings.compute_hosts:
        state.render("nova-compute.conf", f"nova-{host}.conf", host=host)
    state.render("nova-compute-ironic.conf", f"nova-{IRONIC_HOST}.conf", host=IRONIC_HOST, user="nova")
    for host in hosts(state):
        state.folder(f"nova/{host}")


def migrations(state: State) -> list[tuple[str, ...]]:
    manage = ("nova-manage", *_with_database(state))
    return [
        (*manage, "api_db", "sync"),
        (*manage, "cell_v2", "map_cell0"),
        (*manage, "cell_v2", "create_cell", "--name", "cell1"),
        (*manage, "db", "sync"),
    ]


def discovery(state: State) -> tuple[str, ...]:
    """Enter the hypervisors that have reported, once."""
    return ("nova-manage", *_with_database(state), "cell_v2", "discover_hosts", "--by-service")


def programs(state: State) -> list[Program]:
    files = _with_database(state)
    return [
        python("nova-conductor", *files, module="nova.cmd.conductor"),
        python("nova-api", *files, module="nova.cmd.api", port=state.settings.port("nova_internal")),
        *(_compute(state, host) for host in hosts(state)),
        python("nova-scheduler", *files, module="nova.cmd.scheduler"),
    ]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('nova_internal')}/")


def _compute(state: State, host: str) -> Program:
    files = ("--config-file", state.config("nova.conf"), "--config-file", state.config(f"nova-{host}.conf"))
    return Program(f"nova-compute-{host}", (PYTHON, "-m", "cloudos_lab.compute", *files))


def _with_database(state: State) -> tuple[str, ...]:
    return ("--config-file", state.config("nova.conf"), "--config-file", state.config("nova-database.conf"))
