# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes of a file get the passwords that stand apart from it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.h3c.cloudos.plugins.filter.with_ipmi_passwords import with_ipmi_passwords

PASSWORDS = {"rack-1": "canary"}


def test_a_node_gets_the_password_of_its_name() -> None:
    node = {"name": "rack-1", "driver": "pxe_ipmitool", "ipmi": {"address": "192.0.2.11", "username": "admin"}}
    given = [dict(node)]
    assert with_ipmi_passwords(given, PASSWORDS) == [{**node, "ipmi": {**node["ipmi"], "password": "canary"}}]
    assert given == [node]


@pytest.mark.parametrize(
    ("node", "password"),
    [
        ({"id": "5f2c", "ipmi": {"address": "2001:db8::11"}}, "of the id"),
        ({"ipmi": {"address": "2001:DB8:0::11"}}, "of the address"),
        ({"name": "", "ipmi": {"address": "BMC7.example.com."}}, "of the host"),
        ({"name": "rack-1", "id": "5f2c", "ipmi": {"address": "2001:db8::11"}}, "canary"),
    ],
)
def test_a_node_without_a_name_gets_the_password_of_its_id_or_controller(node: dict[str, Any], password: str) -> None:
    passwords = {
        **PASSWORDS,
        "5f2c": "of the id",
        "2001:db8:0:0::11": "of the address",
        "bmc7.example.com": "of the host",
    }
    assert with_ipmi_passwords([node], passwords)[0]["ipmi"]["password"] == password


@pytest.mark.parametrize(
    "node", [{"name": "rack-1"}, {"name": "rack-2", "ipmi": {"password": "own"}}, {"id": "1", "ipmi": {}}]
)
def test_a_node_without_a_controller_or_a_password_stays_as_it_is(node: dict[str, Any]) -> None:
    assert with_ipmi_passwords([node], PASSWORDS) == [node]
