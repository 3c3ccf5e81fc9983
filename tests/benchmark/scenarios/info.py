# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All servers of a project in one task. The platform gives 1,000 of them a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from simulator import seeds

from ..choice import Choice
from ..measure import in_turn, median, ratio
from ..report import Table
from ..stage import by_hand, stage

NAME = "info"

OURS = "cloudos_server_info"
PEER = "openstack.cloud.server_info"
PLAYS = {
    "empty play": {"bench_noop": {}},
    OURS: {"h3c.cloudos.cloudos_server_info": {}},
    f"{OURS}, as a module": {"h3c.cloudos.cloudos_server_info": {}},
    PEER: {"openstack.cloud.server_info": {}},
}
BY_HAND = "ansible.builtin.uri, one page by hand"
_ENVIRONMENT = {f"{OURS}, as a module": {"CLOUDOS_IN_PROCESS": "false"}}


def run(choice: Choice) -> Iterator[Table]:
    with stage() as present:
        flavor = present.cloud.seed("flavors", name="small")[0]
        image = present.cloud.seed("images", name="ubuntu")[0]
        present.cloud.seed(
            "servers", name="web-{n}", count=choice.servers, flavor_id=flavor["id"], image_id=image["id"]
        )
        path = f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/servers/detail?limit=1000"
        plays = {**PLAYS, BY_HAND: by_hand(present, "GET", path)}
        present.play([PLAYS[OURS]])  # logs in, and writes byte code
        rounds = in_turn(
            {name: partial(present.play, [task], **_ENVIRONMENT.get(name, {})) for name, task in plays.items()},
            choice.runs,
        )
        columns = ["", "seconds", "CPU seconds", "requests", "openstack.cloud / CPU"]
        rows = [
            [
                name,
                median(rounds, name, lambda cost: cost.seconds),
                median(rounds, name, lambda cost: cost.cpu),
                int(median(rounds, name, lambda cost: cost.requests)),
                ratio(rounds, PEER, name, lambda cost: cost.cpu),
            ]
            for name in plays
        ]
        note = f"Whole commands, the start of Ansible included; medians of {len(rounds)} rounds."
        yield Table(f"All of {choice.servers} servers in one task", columns, rows, note)
