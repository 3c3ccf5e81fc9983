# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON patches are the difference and nothing else; MAC addresses are compared however they are spelt."""

from __future__ import annotations

import copy
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.placeholders import TO_BE_CREATED
from ansible_collections.h3c.cloudos.plugins.module_utils.model import canonical
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal import _ironic, port
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal._patch import differences, same_texts

from .conftest import Answer

keys = st.text(st.sampled_from("ab/~0 1é"), min_size=1, max_size=4)
scalars = st.one_of(st.integers(0, 20), st.booleans(), st.sampled_from(["", "x", "16", "true", "~1"]))
members = st.dictionaries(keys, st.one_of(scalars, st.dictionaries(keys, scalars, max_size=2)), max_size=5)


def told(value):
    """A member as the platform keeps it."""
    if isinstance(value, dict):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def apply(document, patch):
    """RFC 6902, as strict as Ironic is: only what is there is replaced or removed."""
    document = copy.deepcopy(document)
    for operation in patch:
        *way, last = [part.replace("~1", "/").replace("~0", "~") for part in operation["path"].split("/")[1:]]
        parent = document
        for part in way:
            parent = parent[part]
        if operation["op"] != "add":
            assert last in parent, operation
        if operation["op"] == "remove":
            assert "value" not in operation
            del parent[last]
        else:
            parent[last] = operation["value"]
    return document


@given(members, members)
def test_a_patch_makes_the_wanted_members_and_touches_nothing_else(current, wanted):
    current = {key: told(value) for key, value in current.items() if value != ""}
    patch = differences("/properties", current, wanted)
    after = apply({"properties": current}, patch)["properties"]
    assert same_texts(after, wanted)
    assert differences("/properties", after, wanted) == []
    assert {key: value for key, value in after.items() if key not in wanted} == {
        key: value for key, value in current.items() if key not in wanted
    }
    assert len(patch) <= len(wanted)


@given(members, members)
def test_what_is_purged_is_removed(current, wanted):
    current = {key: told(value) for key, value in current.items() if value != ""}
    surplus = set(current) - set(wanted)
    after = apply({"p": current}, differences("/p", current, wanted, surplus))["p"]
    assert set(after) <= set(wanted)


def test_what_the_platform_tells_as_empty_does_not_exist():
    assert differences("/p", {"a": ""}, {"a": "1", "b": ""}) == [{"op": "add", "path": "/p/a", "value": "1"}]


def test_numbers_and_booleans_are_texts_and_the_order_of_members_means_nothing():
    assert same_texts({"cpus": "16", "on": "true"}, {"cpus": 16, "on": True})
    assert same_texts({"hint": {"size": 10, "rotational": False}}, {"hint": {"rotational": "false", "size": "10"}})
    assert not same_texts({"hint": {"size": 10}}, {"hint": {"size": 11}})


# --- MAC addresses -----------------------------------------------------------------------------------------------

macs = st.integers(0, 2**48 - 1).map(lambda number: f"{number:012x}")


@st.composite
def spellings(draw, mac):
    """The same address with other separators, in other groups, in other case."""
    separator, size = draw(st.sampled_from([(":", 2), ("-", 2), (".", 4), ("-", 4), ("", 12), (" ", 2)]))
    text = separator.join(mac[index : index + size] for index in range(0, 12, size))
    return "".join(draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in text)


@given(st.data(), macs, macs)
def test_an_address_is_the_same_however_it_is_spelt(data, one, other):
    first, second = data.draw(spellings(one)), data.draw(spellings(other))
    assert canonical.same_mac(first, second) == (one == other)
    wanted = ":".join(one[index : index + 2] for index in range(0, 12, 2))
    assert _ironic.checked_mac("address", first) == wanted
    assert _ironic.checked_mac("address", wanted) == wanted


@given(st.text(max_size=20))
def test_what_is_no_address_is_refused(text):
    digits = [letter for letter in text if letter in "0123456789abcdefABCDEF"]
    if len(digits) == 12 and not set(text) - set(digits) - set(":-. "):
        return
    with pytest.raises(OptionError, match=r"^address: .* is no MAC address"):
        _ironic.checked_mac("address", text)


# --- the ports of a node -----------------------------------------------------------------------------------------

GROUPS = [{"uuid": "g-1", "name": "bond0"}, {"uuid": "g-2", "name": "bond1"}]
entry = st.fixed_dictionaries(
    {"address": st.sampled_from(["0a-0a-0a-0a-0a-01", "0A:0A:0A:0A:0A:02", "0a0a0a0a0a03"])},
    optional={
        "port_group": st.sampled_from(["", "bond0", "g-2", None]),
        "pxe_enabled": st.sampled_from([True, "no", None]),
    },
)
lists = st.lists(st.one_of(entry, entry.map(lambda port: port["address"])), max_size=3).filter(
    lambda ports: len({canonical.mac(p["address"] if isinstance(p, dict) else p) for p in ports}) == len(ports)
)


def run(check_mode=False):
    client = types.SimpleNamespace(call=lambda operation, params=None, query=None: {"portgroups": GROUPS})
    return Context(client, {"state": "present"}, check_mode)


def carried_out(present, steps):
    """The ports after the steps, as the platform would have them."""
    ports = {port["id"]: dict(port) for port in present}
    for step in steps:
        if step.action == "add_port":
            group = step.body.get("portgroup_uuid")
            added = {
                "address": step.body["address"],
                "port_group": group,
                "pxe_enabled": "pxe_enabled" not in step.body,
            }
            ports[added["address"]] = {"id": added["address"], **added}
        elif step.action == "delete_port":
            del ports[step.params["portId"]]
        else:
            raw = ports[step.params["portId"]]
            document = {"portgroup_uuid": raw["port_group"], "pxe_enabled": raw["pxe_enabled"]}
            after = apply({name: value for name, value in document.items() if value is not None}, step.body)
            raw.update(port_group=after.get("portgroup_uuid"), pxe_enabled=after["pxe_enabled"])
    return list(ports.values())


@given(lists, lists, st.booleans())
def test_ports_become_as_wanted_and_stay(first, second, purges):
    present = []
    for entries in (first, second):
        node = {"id": "n", "ports": present}
        wanted = port.wanted_ports(run(), node, entries)
        steps, edits = port.port_steps(node, wanted, purges)
        present = carried_out(present, [*steps, *edits])
    again = port.wanted_ports(run(), {"id": "n", "ports": present}, second)
    assert port.port_steps({"id": "n", "ports": present}, again, purges) == ([], [])
    if purges:
        assert len(present) == len(second)


@pytest.mark.parametrize(
    ("ports", "words"),
    [
        (["nonsense"], "'nonsense' is no MAC address"),
        ([{"pxe_enabled": True}], "None is no MAC address"),
        ([{"address": "0a:0a:0a:0a:0a:01", "mtu": 9000}], "a port has no 'mtu'"),
        ([{"address": "0a:0a:0a:0a:0a:01", "pxe_enabled": "perhaps"}], "pxe_enabled is true or false"),
        (["0a:0a:0a:0a:0a:01", {"address": "0A-0A-0A-0A-0A-01"}], "is there more than once"),
    ],
)
def test_ports_that_make_no_sense_are_refused(ports, words):
    with pytest.raises(OptionError, match=f"^ports: .*{words}|^ports: {words}"):
        port.given_ports(ports)


def test_a_group_that_is_not_there_is_an_error_and_a_warning_in_check_mode():
    ports = [{"address": "0a:0a:0a:0a:0a:01", "port_group": "bond9"}]
    node = {"id": "n", "ports": []}
    with pytest.raises(OptionError, match="no port group 'bond9'"):
        port.wanted_ports(run(), node, ports)
    checked = run(check_mode=True)
    assert port.wanted_ports(checked, node, ports)[0]["port_group"] == TO_BE_CREATED
    assert checked.warnings == ["ports: the node has no port group 'bond9'."]


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("FA-16-3E-00-00-01", "fa:16:3e:00:00:01"),
        ("admin123", "admin123"),
        ("80:00:02:08:fe:80:00:00:00:00:00:00:f4:52:14:03:00:10:22:d1",) * 2,
        (None, None),
    ],
)
def test_a_port_may_have_an_address_that_is_none(platform, told, address):
    """Of the platform's own ports, even the reference shows one with another address."""
    platform.answers(Answer(200, {"ports": [{"uuid": "p", "address": told, "pxe_enabled": True}]}))
    (entry,) = port.ports_of(Context(platform.client(), {}), "node")
    assert entry == {"id": "p", "address": address, "port_group": None, "pxe_enabled": True}
