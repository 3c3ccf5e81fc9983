# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The picture of the demonstration shows what it prints, in order, and is in step with the demonstration."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tools import cast

REPOSITORY = Path(__file__).resolve().parents[3]
IMAGES = sorted((REPOSITORY / "docs" / "images").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg.encode()).iter(f"{SVG}text")]


def test_lines_are_shown_in_order_and_as_text() -> None:
    svg = cast.picture([(0.0, "--- A <heading>"), (0.5, ""), (0.6, "changed: [localhost]"), (90.0, "x" * 500)])

    assert texts(svg) == ["--- A <heading>", "changed: [localhost]", "x" * (cast.COLUMNS - 1) + "…"]
    assert 'class="heading"' in svg and 'class="changed"' in svg


def test_a_line_is_cut_between_two_words() -> None:
    recap = f"{'localhost : ok=4':<{cast.COLUMNS - 8}} rescued=0    ignored=0"

    assert texts(cast.picture([(0.0, recap)])) == ["localhost : ok=4 …"]


def test_the_header_of_a_diff_is_no_heading() -> None:
    svg = cast.picture([(0.0, "--- before: server web-1"), (0.1, "+++ after: server web-1")])

    assert re.findall('<text class="([a-z]+)"', svg) == ["removed", "added"]


def test_long_pauses_are_cut_and_no_two_lines_come_at_once() -> None:
    assert cast.shown_at([10.0, 10.0, 10.5, 99.0]) == pytest.approx([0.0, 0.04, 0.54, 1.74])


def test_where_pictures_do_not_move_the_end_is_seen() -> None:
    svg = cast.picture([(float(number), str(number)) for number in range(40)])

    assert f"transform: translateY({(cast.ROWS - 40) * cast.LINE_HEIGHT}px); animation" in svg


def test_the_picture_has_every_step_of_the_demonstration() -> None:
    steps = re.findall(r'heading\("([^"]+)"\)', cast.DEMONSTRATION.read_text(encoding="utf-8"))
    shown = texts(cast.PICTURE.read_text(encoding="utf-8"))

    assert len(steps) > 5
    assert [step for step in steps if f"--- {step}" not in shown] == []
    assert any(line.startswith("make demo: every check held") for line in shown)


@pytest.mark.parametrize("image", IMAGES, ids=lambda image: image.stem)
def test_pictures_are_small_and_stand_alone(image: Path) -> None:
    svg = image.read_text(encoding="utf-8")

    assert len(svg) < 100_000
    assert ElementTree.fromstring(svg.encode()).find(f"{SVG}title") is not None
    assert re.findall(r'(?:href|src)="(?!#)', svg) == []
