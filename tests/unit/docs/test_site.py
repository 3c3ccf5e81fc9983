# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site takes in every guide, whether it knows it or not."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_build", REPOSITORY / "docs" / "site" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(contents: str) -> dict[str, list[str]]:
    """The pages of each table of contents, by its heading."""
    tables = re.findall(r":caption: ([^\n]+)\n\n(.+?)\n```", contents, re.DOTALL)
    return {title: pages.split("\n") for title, pages in tables}


def test_every_guide_stands_in_one_table_of_contents(site: ModuleType) -> None:
    guides = sorted(guide.stem for guide in site.guides())
    listed = [page for pages in entries(site.contents(guides)).values() for page in pages]

    assert sorted(page.removeprefix("docs/") for page in listed if page.startswith("docs/")) == guides


def test_a_guide_that_nobody_has_put_into_a_group_stands_under_more_guides(site: ModuleType) -> None:
    tables = entries(site.contents(["new-guide", "quotas"]))

    assert tables["Projects and quotas"] == ["docs/quotas"]
    assert tables["More guides"] == ["docs/new-guide"]
    assert "Servers" not in tables


def test_links_to_the_readme_lead_to_the_first_page(site: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](README.md#connection), [there](../README.md), [chinese](README.zh-CN.md)")
    site.copy(page, tmp_path / "site" / "page.md")

    copied = (tmp_path / "site" / "page.md").read_text()
    assert copied == "[here](index.md#connection), [there](../index.md), [chinese](README.zh-CN.md)"
