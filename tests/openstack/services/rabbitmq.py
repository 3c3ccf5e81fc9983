# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RabbitMQ: what the services tell each other. Nothing in it outlives a stop."""

from __future__ import annotations

import shutil

from openstack.processes import Program
from openstack.services.common import port_is_open
from openstack.state import State

PACKAGES = ("rabbitmq-server",)


def configure(state: State) -> None:
    state.render("rabbitmq.conf")
    (state.etc / "rabbitmq-plugins").write_text("[].")
    state.folder("rabbitmq")


def forget(state: State) -> None:
    """What is queued belongs to data that are gone."""
    shutil.rmtree(state.root / "rabbitmq", ignore_errors=True)


def programs(state: State) -> list[Program]:
    port, distribution, epmd = (state.settings.port(name) for name in ("rabbitmq", "rabbitmq_distribution", "epmd"))
    names = {"ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(epmd)}
    broker = {
        "RABBITMQ_NODENAME": "openstack@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(state.root / "rabbitmq"),
        "RABBITMQ_LOG_BASE": str(state.log),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_CONFIG_FILE": state.config("rabbitmq"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": state.config("rabbitmq-plugins"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
    }
    return [
        Program("epmd", ("epmd",), names, (epmd,)),
        Program("rabbitmq", ("/usr/lib/rabbitmq/bin/rabbitmq-server",), {**names, **broker}, (port, distribution)),
    ]


def answers(state: State) -> bool:
    return port_is_open(state.settings.port("rabbitmq"))
