# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several services share."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

from openstack.processes import Program
from openstack.state import State

PYTHON = "/usr/bin/python3"  # the distribution's, which has the services


def python(name: str, *arguments: str, module: str, port: int | None = None) -> Program:
    """A program of a service that is a function main of a module."""
    command = (PYTHON, "-c", f"from {module} import main; main()", *arguments)
    return Program(name, command, ports=(port,) if port else ())


def uwsgi(state: State, name: str, script: str, environment: dict[str, str]) -> Program:
    """An application behind nginx, on a socket of its name."""
    options = ("--master", "--lazy-apps", "--enable-threads", "--die-on-term", "--need-app", "--thunder-lock")
    values = {
        "plugins": "python3",
        "processes": str(state.settings.workers),
        "threads": "4",
        "buffer-size": "65535",
        "rem-header": "Content-Length",
        "socket": str(state.run / f"{name}.sock"),
        "chmod-socket": "600",
        "wsgi-file": script,
    }
    named = [f"--{option}={value}" for option, value in values.items()]
    return Program(name, ("uwsgi", *options, "--disable-logging", *named), environment)


def port_is_open(port: int) -> bool:
    with socket.socket() as connection:
        connection.settimeout(5)
        return connection.connect_ex(("127.0.0.1", port)) == 0


def http_answers(url: str) -> bool:
    """Whether somebody answers who is not the gateway saying that nobody does."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True
