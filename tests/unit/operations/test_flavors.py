# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What OpenStack knows of flavors, server groups and aggregates, and the published reference does not."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Simulator

from .player import Call, Player, Story

OF_OPENSTACK = "This is an operation of OpenStack, which the published reference of CloudOS does not have."
SIZES = {"vcpus": 1, "ram": 1024, "disk": 10}
SPECS = {"hw:cpu_policy": "dedicated"}
STRICT = {"shape": "openstack", "strict": True}


@pytest.fixture(scope="module")
def cloud():
    with Simulator() as running:
        yield running


@pytest.fixture
def play(cloud, tmp_path):
    def played(*calls: dict[str, Any], module: str = "cloudos_flavor", flavors=({},), **settings: Any):
        """Calls of a module, those with check_mode only checked; `flavors` are there before."""
        story = [
            Call(
                "",
                module,
                {name: value for name, value in given.items() if name != "check_mode"},
                "check_mode" in given,
            )
            for given in calls
        ]
        seeds = [{"kind": "flavors", "name": "small", **SIZES, **flavor} for flavor in flavors]
        return Player(cloud, tmp_path).play(Story(module, story, seeds=seeds, settings=settings))

    return played


def requests(done):
    """What was sent, without the logins that a reset cloud makes necessary."""
    answered = [entry["operation"] for entry in done.log if entry["status"] != 401]
    return [operation for operation in answered if operation != "token-create"]


@pytest.mark.parametrize(
    ("settings", "sent"),
    [
        ({}, ["flavor-list-detail", "flavor-extra-specs-list"]),
        ({"shape": "openstack"}, ["flavor-list-detail", "flavor-extra-specs-list"]),
        (STRICT, ["flavor-list-detail"]),
        ({**STRICT, "newest_minor": 25}, ["flavor-list-detail", "flavor-list-detail", "flavor-extra-specs-list"]),
    ],
)
def test_extra_specs_are_read_for_a_flavor_where_the_list_does_not_have_them(play, settings, sent):
    (again,) = play({"name": "small", "extra_specs": SPECS}, flavors=[{"extra_specs": SPECS}], **settings)

    assert again.result["changed"] is False
    assert again.result["flavor"]["extra_specs"] == SPECS
    assert requests(again) == sent


def test_what_nobody_asks_for_is_not_read(play):
    done = play({"name": "small"}, {"name": "small", "state": "absent"}, flavors=[{"extra_specs": SPECS}], **STRICT)

    assert done[0].result["flavor"]["extra_specs"] is None
    assert [requests(one) for one in done] == [["flavor-list-detail"], ["flavor-list-detail", "flavor-delete"]]


def test_a_private_flavor_is_found_by_an_administrator(play):
    again, absent = play(
        {"name": "small", "is_public": False, "projects": ["demo"]},
        {"name": "small", "state": "absent"},
        flavors=[{"is_public": False, "projects": ["$DEMO"]}],
    )

    assert again.result["actions"] == ["add_project"]
    assert absent.result["actions"] == ["delete"]


def test_the_successor_of_a_flavor_has_its_parts(play):
    made, foreseen, replaced = play(
        {"name": "own", **SIZES, "is_public": False, "swap": 64, "projects": ["demo"], "extra_specs": SPECS},
        {"name": "own", "ram": 2048, "replace": True, "check_mode": True},
        {"name": "own", "ram": 2048, "replace": True},
    )

    assert made.result["actions"] == ["create", "set_extra_specs", "add_project"]
    assert replaced.result["actions"] == foreseen.result["actions"] == ["delete", *made.result["actions"]]
    flavor = replaced.result["flavor"]
    assert (flavor["is_public"], flavor["swap"], flavor["extra_specs"]) == (False, 64, SPECS)
    assert flavor["projects"] == made.result["flavor"]["projects"]


@pytest.mark.parametrize("given", [{"name": "small"}, {"name": "new", **SIZES}, {"name": "small", "is_public": True}])
def test_projects_of_a_public_flavor_are_refused_before_anything_is_sent(play, given):
    foreseen, refused = play({**given, "projects": ["demo"], "check_mode": True}, {**given, "projects": ["demo"]})

    assert refused.result["msg"] == foreseen.result["msg"]
    assert refused.result["msg"].startswith("projects: every project may use a public flavor.")
    assert "is_public: false" in refused.result["msg"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"extra_specs": SPECS}, OF_OPENSTACK),
        ({"is_public": False}, "cannot change is_public"),
        ({"name": "new", **SIZES, "swap": 64, "is_public": False}, "swap, is_public: only OpenStack has this"),
    ],
)
def test_a_refusal_says_whose_operation_it_is(play, given, words):
    (refused,) = play({"name": "small", **given}, beyond="refused")

    assert refused.result["failed"]
    assert words in refused.result["msg"]


def test_what_a_new_flavor_has_anyway_is_not_asked_of_a_platform_that_may_not_know_it(play):
    made, again = play(
        {"name": "new", **SIZES, "swap": 0, "ephemeral": 0, "is_public": True},
        {"name": "new", **SIZES, "swap": 0, "ephemeral": 0, "is_public": True},
        beyond="refused",
    )

    assert made.result["actions"] == ["create"]
    assert again.result["changed"] is False


def test_only_read_gathers_nothing_from_a_platform_that_has_nothing_to_gather(play):
    (told,) = play({"gather": ["extra_specs", "projects"]}, module="cloudos_flavor_info", beyond="refused")

    assert [(one["extra_specs"], one["projects"]) for one in told.result["flavors"]] == [({}, [])]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"extra_specs": {"a/b": "c"}}, "extra_specs: 'a/b' may have"),
        ({"extra_specs": {"a": "c" * 256}}, "extra_specs: the platform takes"),
        ({"swap": -1}, "swap: -1 is too small"),
        ({"ephemeral": 2**31}, "ephemeral: 2147483648 is too large"),
    ],
)
def test_bad_options_are_refused_before_anything_is_sent(play, given, words):
    (refused,) = play({"name": "new", **SIZES, **given})

    assert words in refused.result["msg"]
    assert requests(refused) == []


@pytest.mark.parametrize(
    ("module", "given", "words"),
    [
        (
            "cloudos_server_group",
            {"name": "web", "policy": "soft-affinity"},
            "policy soft-affinity: only OpenStack has this",
        ),
        (
            "cloudos_host_aggregate",
            {"name": "rack", "availability_zone": "nova11", "metadata": {"ssd": "true"}},
            OF_OPENSTACK,
        ),
    ],
)
def test_groups_and_aggregates_say_so_as_well(play, module, given, words):
    (refused,) = play(given, module=module, beyond="refused")

    assert refused.result["failed"]
    assert words in refused.result["msg"]
