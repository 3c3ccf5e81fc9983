# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever the options say, what an instance reads when it starts is that, and nothing else."""

from __future__ import annotations

import ipaddress
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.resources import _user_data

PROGRAM = "C:/test.ps1"


def interface(**options):
    return {"nics": ["2c:44:fd:91:cc:08"], "address": "3.3.1.2", "cidr": "3.3.1.0", **options}


# --- the network cards -------------------------------------------------------------------------------------------

macs = st.binary(min_size=6, max_size=6)
spelt_macs = st.builds(
    lambda mac, separator, upper: mac.hex(separator).upper() if upper else mac.hex(separator),
    macs,
    st.sampled_from([":", "-", "."]),
    st.booleans(),
)


@st.composite
def interfaces(draw):
    """One interface as a user may write it."""
    network = ipaddress.ip_network((draw(st.ip_addresses()), draw(st.integers(1, 32))), strict=False)
    most = network.num_addresses - 1
    hosts = [str(network[draw(st.integers(0, min(most, 2**32)))]) for _one in range(2)]
    nics = draw(st.lists(spelt_macs, min_size=1, max_size=4, unique_by=lambda mac: mac.lower().translate(SEPARATORS)))
    mode = draw(st.integers(0, 6) if len(nics) > 1 else st.none() | st.integers(0, 6))
    return {
        "nics": nics,
        "address": hosts[0],
        "cidr": str(network) if draw(st.booleans()) else str(network.network_address),
        "gateway": draw(st.sampled_from([None, "", hosts[1]])),
        "route": draw(st.none() | st.text(st.characters(min_codepoint=32, blacklist_characters="'"))),
        "vlan_id": draw(st.none() | st.integers(1, 4094)),
        "bond_mode": mode,
    }


SEPARATORS = str.maketrans("", "", ":-.")


@given(st.lists(interfaces(), min_size=1, max_size=4))
def test_a_shell_hands_every_interface_over_as_it_was_meant(wanted):
    _user_data.check_interfaces(wanted, "/usr/sbin/configure")
    first, _newline, command = _user_data.for_flat(wanted, "/usr/sbin/configure").partition("\n")
    program, quoted = command.split(" ", 1)
    assert (first, program) == ("#!/bin/sh", "/usr/sbin/configure")
    assert quoted[0] == quoted[-1] == "'" and "'" not in quoted[1:-1] and "\n" not in quoted
    told = json.loads(quoted[1:-1])["interfaces"]
    assert len(told) == len(wanted)
    for member, options in zip(told, wanted, strict=True):
        assert all(isinstance(value, str) for value in member.values())
        assert (member["ip_addr"], member["cidr"]) == (options["address"], options["cidr"])
        assert (member["gateway"], member["route"]) == (options["gateway"] or "", options["route"] or "")
        assert member.get("vlan_id") == (None if options["vlan_id"] is None else str(options["vlan_id"]))
        bonded = options["bond_mode"] is not None
        assert (member["bonding"], member["mode"]) == (("true", str(options["bond_mode"])) if bonded else ("false", ""))
        bare = [mac.lower().translate(SEPARATORS) for mac in options["nics"]]
        assert [mac.replace("-", "") for mac in member["nics"].split(";")] == bare


def test_powershell_is_told_by_the_name_of_the_program():
    assert _user_data.for_flat([interface()], "D:/net.PS1").startswith("#ps1\nD:/net.PS1 '{")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"address": "3.3.1"}, r"interfaces\[0\].address: '3.3.1' is not an IP address"),
        ({"address": "3.3.1.2/24"}, "is not an IP address"),
        ({"cidr": "3.3.1.2/24"}, r"interfaces\[0\].cidr: '3.3.1.2/24' is not a network"),
        ({"cidr": "3.3.2.0/24"}, "address: 3.3.1.2 is not in the network 3.3.2.0/24"),
        ({"cidr": "fd00::"}, "address: 3.3.1.2 is not in the network fd00::"),
        ({"cidr": "3.3.1.0/24", "gateway": "3.3.2.1"}, "gateway: 3.3.2.1 is not in the network"),
        ({"gateway": "here"}, r"interfaces\[0\].gateway: 'here' is not an IP address"),
        ({"route": "it's"}, r"interfaces\[0\].route: .* single quotes"),
        ({"route": "a\nb"}, "line breaks"),
        ({"vlan_id": 0}, "vlan_id: 0 is not in the range of 1 to 4094"),
        ({"vlan_id": 4095}, "vlan_id: 4095 is not"),
        ({"bond_mode": -1}, "bond_mode: -1 is less than 0"),
        ({"nics": []}, "nics: at least one"),
        ({"nics": ["eth0"]}, "nics: 'eth0' is no MAC address"),
        ({"nics": ["2c:44:fd:91:cc:08", "2C-44-FD-91-CC-08"], "bond_mode": 0}, "stands there twice"),
        ({"nics": ["2c:44:fd:91:cc:08", "2c:44:fd:91:cc:09"]}, "bond_mode: 2 network cards make a bond"),
    ],
)
def test_an_interface_that_makes_no_sense_is_refused(options, words):
    with pytest.raises(OptionError, match=words):
        _user_data.check_interfaces([interface(**options)], PROGRAM)


@pytest.mark.parametrize("program", ["", "C:/a program.ps1", "run'it", 'run"it', "run\nit"])
def test_a_program_is_one_word(program):
    with pytest.raises(OptionError, match="interfaces_program"):
        _user_data.check_interfaces([interface()], program)


# --- the password ------------------------------------------------------------------------------------------------


@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
@pytest.mark.parametrize("prefix", ["", "zaq1@WSX"])
def test_yaml_reads_every_password_as_it_is(prefix, password):
    text = _user_data.for_tenant(prefix + password)
    assert text.startswith("#cloud-config\n")
    assert text.count("\n") == 3
    assert yaml.safe_load(text) == {"password": prefix + password, "chpasswd": {"expire": False}}


@pytest.mark.parametrize("password", ["true", "Yes", "n", "NULL", "1234", "0x10", "1e5", "12:30", "~", "# no", "a: b"])
def test_a_password_that_looks_like_something_else_stays_a_text(password):
    assert yaml.safe_load(_user_data.for_tenant(password))["password"] == password
