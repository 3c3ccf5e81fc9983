# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of a description that nothing would use are named."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.filter.unknown_keys import unknown_keys


@pytest.mark.parametrize(
    ("described", "problems"),
    [
        ({"cloudos_flavors": [], "cloudos_projects": [], "cloudos_networks": []}, []),
        ({"cloudos_flavor": []}, ["There is no key cloudos_flavor. Did you mean 'cloudos_flavors'?"]),
        ({"zzz": 1, 7: 2}, ["There is no key zzz.", "There is no key 7."]),
        ([], ["The description is no dictionary of lists."]),
        (None, ["The description is no dictionary of lists."]),
    ],
)
def test_a_key_that_an_export_never_has_is_named(described, problems):
    assert unknown_keys(described) == problems


def test_the_known_keys_can_be_given():
    assert unknown_keys({"shops": []}, ["shop"]) == ["There is no key shops. Did you mean 'shop'?"]
