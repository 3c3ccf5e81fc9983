# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person has to know of a simulator that has just started."""

from __future__ import annotations

from typing import Any

from . import seeds

_PAGE = """\
A simulated CloudOS is running at {url}

Paste this into the terminal in which you run Ansible:

    export CLOUDOS_URL={url}
    export CLOUDOS_USERNAME=admin CLOUDOS_PASSWORD={password} CLOUDOS_PROJECT=admin

It starts with:

{contents}

{end} Nothing is kept."""


# What is listed, by kind
_KINDS = {
    "networks": "networks",
    "images": "images",
    "flavors": "flavors",
    "servers": "servers",
    "volumes": "volumes",
    "bare-metal nodes": "baremetal_nodes",
}


def page(url: str, *, bare: bool = False, background: bool = False) -> str:
    """How to reach and to stop the simulator that listens there, and what is in it."""
    contents = "\n".join(f"    {title:<18}{names}" for title, names in _contents(bare).items())
    end = "It runs in the background until it is stopped." if background else "Ctrl+C stops it."
    return _PAGE.format(url=url, password=seeds.ADMIN_PASSWORD, contents=contents, end=end)


def _contents(bare: bool) -> dict[str, str]:
    rows = seeds.rows()
    examples = [] if bare else list(seeds.EXAMPLES)
    return {
        "users": ", ".join(f"{user['name']} (password {user['password']})" for user in rows["users"]),
        "projects": _names(rows["projects"]),
        "zones of servers": _zones(rows["zones"], "nova"),
        "zones of volumes": _zones(rows["zones"], "cinder"),
        **{title: _names(rows.get(kind, []) + _of_kind(examples, kind)) or "none" for title, kind in _KINDS.items()},
    }


def _of_kind(examples: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The examples of a kind, those that are made several times one by one."""
    return [
        {"name": record["name"].format(n=number)}
        for record in examples
        if record["kind"] == kind
        for number in range(1, record.get("count", 1) + 1)
    ]


def _names(records: list[dict[str, Any]]) -> str:
    return ", ".join(record["name"] for record in records)


def _zones(zones: list[dict[str, Any]], kind: str) -> str:
    return ", ".join(f"{zone['zone']} ({zone['virtType']})" for zone in zones if zone["resourceType"] == kind)
