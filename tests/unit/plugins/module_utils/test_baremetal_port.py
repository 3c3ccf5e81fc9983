# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A port is edited in whatever state its node is in, as far as the platform tells that."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.port import BAREMETAL_PORT

from .conftest import Answer

NODE = {"uuid": "n-1", "name": "node", "provision_state": "available", "maintenance": False}
ENROLLED = {**NODE, "provision_state": "enroll"}
PORT = {"uuid": "p-1", "address": "0a:0a:0a:0a:0a:01", "node_uuid": "n-1", "pxe_enabled": True}
EDITED = ["maintenance_on", "update", "maintenance_off"]


@pytest.mark.parametrize(
    ("told", "actions"),
    [(NODE, EDITED), (ENROLLED, ["update"]), ({"node": ENROLLED}, ["update"]), (None, EDITED)],
)
def test_what_is_not_told_of_a_node_is_no_reason_to_fail(platform, told, actions):
    platform.answers(
        Answer(200, {"nodes": [NODE]}), Answer(200, {"ports": [PORT]}), Answer(200, told), Answer(200, PORT)
    )
    given = {"id": None, "port_group": None, "state": "present", "replace": False, "wait": True}
    options = {**given, "node": "node", "address": PORT["address"], "pxe_enabled": False}
    assert converge(BAREMETAL_PORT, Context(platform.client(), options))["actions"] == actions
