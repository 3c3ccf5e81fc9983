# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plugin does not know is an error that names what was probably meant."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleParserError
from unit.plugins.inventory.harness import OptionsOnly, parse, server


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fliters": {"status": "ACTIVE"}}, r"^There is no option 'fliters'\. Did you mean 'filters'\?"),
        ({"keyed_group": []}, r"^There is no option 'keyed_group'\. Did you mean 'keyed_groups'\?"),
        ({"api_pasword": "x"}, r"Did you mean 'api_password'\?"),
        ({"cache_timeuot": 1}, r"Did you mean 'cache_timeout'\?"),
        ({"zzz": 1}, r"^There is no option 'zzz'\. `ansible-doc"),
        ({"filters": {"stauts": "ACTIVE"}}, r"^filters: There is no 'stauts' here\. Did you mean 'status'\?"),
        (
            {"keyed_groups": [{"key": "id"}, {"key": "status", "perfix": "s"}]},
            r"^keyed_groups: entry 2: There is no 'perfix' here\. Did you mean 'prefix'\?",
        ),
        ({"host_variables": ["flavour_name"]}, r"^host_variables: .*Did you mean 'flavor_name'\?"),
        ({"include": "stauts"}, r"^include: no host has 'stauts'\. Did you mean 'status'\?"),
        ({"exclude": ["name", "metdata.role"]}, r"^exclude: no host has 'metdata'\. Did you mean 'metadata'\?"),
        (
            {"hostnames": [{"name": "tag:Name"}]},
            r"^hostnames: entry 1 is \{'name': 'tag:Name'\}\. Each entry is a prop",
        ),
        ({"hostnames": ["name", ["id"]]}, r"^hostnames: entry 2 is \['id'\]"),
        ({"exclude": [{"status": "ACTIVE"}]}, r"^exclude: each entry is a path or an expression"),
        ({"include": "name =="}, r"^include: name == of web \(id-of-web\): "),
    ],
)
def test_what_is_not_known_is_an_error(options, message):
    with pytest.raises(AnsibleParserError, match=message):
        parse(OptionsOnly(**options), [server()])


def test_an_option_of_a_fragment_is_known():
    assert list(parse(OptionsOnly(cache_prefix="x", api_retries=1), [server()]).hosts) == ["web"]


def test_a_secret_of_a_misspelt_option_is_not_shown():
    with pytest.raises(AnsibleParserError) as error:
        parse(OptionsOnly(api_pasword="geheim-4711"), [server()])
    assert "geheim" not in str(error.value)
