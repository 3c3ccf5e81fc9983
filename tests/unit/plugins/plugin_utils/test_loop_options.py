# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of loop items: what Ansible's validator makes of each, with one validation for items that are alike."""

from __future__ import annotations

import random

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.h3c.cloudos.plugins.modules import cloudos_image, cloudos_quota, cloudos_server
from ansible_collections.h3c.cloudos.plugins.plugin_utils.loop_options import InvalidOptions, LoopOptions

DEFINITIONS = [cloudos_server.DEFINITION, cloudos_image.DEFINITION, cloudos_quota.DEFINITION]
VALUES = ["", "a", "b", "1", "yes", 0, 1, True, False, 1.5, ["a"], ["b", "c"], {"a": "b"}, {"a": 1}]


@pytest.fixture
def validations(monkeypatch):
    """The options that a validator has looked at."""
    seen = []
    validate = ArgumentSpecValidator.validate

    def noted(self, given):
        seen.append(given)
        return validate(self, given)

    monkeypatch.setattr(ArgumentSpecValidator, "validate", noted)
    return seen


def server(**given):
    return {"name": "web-1", "image": "ubuntu", "metadata": {"role": "web"}, **given}


def test_items_that_differ_in_texts_are_validated_once(validations):
    options = LoopOptions(cloudos_server.DEFINITION)
    found = [options.validated(server(name=f"web-{number}")) for number in range(20)]
    assert [params["name"] for params in found] == [f"web-{number}" for number in range(20)]
    assert len(validations) == 1


@pytest.mark.parametrize(
    "other", [{"metadata": {"role": "db"}}, {"state": "absent"}, {"wait_timeout": 5}, {"flavor": "small"}, {"name": 1}]
)
def test_other_items_are_validated_anew(validations, other):
    options = LoopOptions(cloudos_server.DEFINITION)
    options.validated(server())
    options.validated(server(**other))
    assert len(validations) == 2


def test_an_item_gets_nothing_of_another_one():
    options = LoopOptions(cloudos_server.DEFINITION)
    for _item in range(3):
        params = options.validated(server())
        params["metadata"]["role"] = "changed"
    assert options.validated(server())["metadata"] == {"role": "web"}


def test_a_refusal_is_not_kept(validations):
    options = LoopOptions(cloudos_server.DEFINITION)
    for number in range(2):
        with pytest.raises(InvalidOptions, match="wait_timeout"):
            options.validated(server(name=f"web-{number}", wait_timeout="soon"))
    assert len(validations) == 2


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_whatever_came_before_the_result_is_that_of_the_validator(definition):
    """Items of random options, most of them nearly like the one before."""
    draw = random.Random(7)
    plain = ArgumentSpecValidator(definition.spec, **definition.all_constraints)
    options = LoopOptions(definition)
    names = [name for name in definition.spec if not name.startswith("api_")]
    given = {}
    for _item in range(600):
        given = dict(given) if draw.random() < 0.9 else {}
        name = draw.choice([*given, *names])
        given[name] = draw.choice(VALUES)
        try:
            expected = plain.validate(given)
        except TypeError:  # of Ansible, for what the module's own checks refuse before
            given.pop(name)
            continue
        try:
            found = options.validated(given)
        except InvalidOptions as error:
            assert str(error) == expected.errors.msg
            given.pop(name)
            continue
        assert not expected.errors.errors
        assert repr(sorted(found.items())) == repr(sorted(expected.validated_parameters.items()))
