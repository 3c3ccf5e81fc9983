# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret in texts by its value, none in data by its key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import MASK, Redactor, without_secrets

secrets = st.text(st.characters(codec="utf-8", exclude_characters="*"), min_size=3, max_size=12)


@given(st.lists(secrets, min_size=1, max_size=4), st.text(max_size=20))
def test_no_known_secret_stays_in_a_text(values, noise):
    redactor = Redactor(values)
    text = redactor.text(noise + noise.join(values) + noise)
    assert not any(value in text for value in values)


def test_secret_members_are_masked_in_any_depth_and_spelling():
    data = {"server": {"adminPass": "x", "name": "web", "metadata": [{"vmware_password": "y"}]}, "X-Auth-Token": "t"}
    assert Redactor().data(data) == {
        "server": {"adminPass": MASK, "name": "web", "metadata": [{"vmware_password": MASK}]},
        "X-Auth-Token": MASK,
    }


def test_known_secrets_are_masked_inside_of_strings_and_keys():
    assert Redactor(["canary"]).data({"a canary b": ["see canary"]}) == {f"a {MASK} b": [f"see {MASK}"]}


def test_members_that_say_so_can_be_left_out():
    told = {"name": "web", "vmware_password": "123456", "inner": [{"accessKey": "x", "size": 1}]}
    assert without_secrets(told) == {"name": "web", "inner": [{"size": 1}]}


def test_nested_options_are_remembered():
    assert Redactor([{"password": "canary"}, ["second"], None, 7]).text("canary second") == f"{MASK} {MASK}"


def test_a_secret_of_two_letters_does_not_blank_out_every_text():
    assert Redactor(["a"]).text("a banana") == "a banana"
