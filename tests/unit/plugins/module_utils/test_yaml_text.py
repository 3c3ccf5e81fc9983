# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is written as YAML is read as what it was, and never as a template."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.features._yaml_text import comment, is_active, mapping

MARKED = "marked as unsafe: "


class Loader(yaml.SafeLoader):
    """Reads the mark of Ansible as a prefix."""


Loader.add_constructor("!unsafe", lambda loader, node: MARKED + loader.construct_scalar(node))

# Half of a surrogate pair is no text that a file could hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "",
        "yes",
        "No",
        "null",
        "~",
        "1",
        "1e3",
        "0x1f",
        "12:30:45",
        "2026-01-01",
        "a: b",
        "a #b",
        " a",
        "a ",
        "- a",
        "=",
        "<<",
    ]
)
SCALARS = TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)


def marked(value):
    """The same, with each text that has to be marked as one that is."""
    if isinstance(value, dict):
        return {marked(key): marked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [marked(item) for item in value]
    return MARKED + value if isinstance(value, str) and is_active(value) else value


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_what_is_written_is_read_as_it_was(data):
    assert (yaml.load(mapping(data), Loader) or {}) == marked(data)


@given(TEXTS)
def test_a_comment_is_one_line_whatever_it_says(text):
    line = comment(text)
    assert line.startswith("#") and line.splitlines(keepends=True) == [line]
    assert yaml.load(line + "a: 1", Loader) == {"a": 1}


@pytest.mark.parametrize("text", ["{{ a }}", "{% if %}", "{# no #}", "#jinja2: variable_start_string:'[['", "a{b"])
def test_what_could_be_a_template_is_marked(text):
    assert mapping({"key": text}) == f'key: !unsafe "{text}"\n'


def test_people_can_read_it():
    data = {
        "servers": [
            {"name": "web-1", "networks": [{"id": "d4471b96", "gateway": True}], "tags": ["a", "b: c"], "text": "系统"},
            {"name": "007", "metadata": {}, "ports": [], "note": "one\ntwo", "factor": 1.5, "user": None},
        ]
    }
    assert mapping(data) == (
        "servers:\n"
        "  - name: web-1\n"
        "    networks:\n"
        "      - id: d4471b96\n"
        "        gateway: true\n"
        "    tags:\n"
        "      - a\n"
        '      - "b: c"\n'
        "    text: 系统\n"
        '  - name: "007"\n'
        "    metadata: {}\n"
        "    ports: []\n"
        '    note: "one\\ntwo"\n'
        "    factor: 1.5\n"
        "    user: null\n"
    )
