# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of an audit: rows in groups, counted, as text, as JSON and as a page."""

from __future__ import annotations

import html.parser
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.features._audit_groups import STATUSES, counts, grouped
from ansible_collections.h3c.cloudos.plugins.module_utils.features._audit_text import lines
from ansible_collections.h3c.cloudos.plugins.module_utils.features.audit_report import write_report
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context

SCHEMA = json.loads((Path(__file__).resolve().parents[4] / "docs" / "schemas" / "audit.json").read_text("utf-8"))
LOGIN = {"username": "alice", "password": "secret-1", "project": "web"}


def row(kind: str, project: str | None, name: str, **more: Any) -> dict[str, Any]:
    default = {"key": "cores", "wanted": 120, "is": 20, "status": "differs"}
    return {"object": f"{kind} {name}", "kind": kind, "project": project, "name": name, **default, **more}


def missing(kind: str, project: str | None, name: str) -> dict[str, Any]:
    return row(kind, project, name, key="state", wanted="present", **{"is": "absent"}, status="missing")


def report(*rows: dict[str, Any]) -> list[str]:
    return lines(counts(rows), grouped(rows))


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["quota", "user"]),
        st.none() | st.sampled_from("abcd"),
        st.sampled_from("abcd"),
        wanted=st.sampled_from([1, [1], {"b": 1}, None, "1"]),
        status=st.sampled_from(STATUSES),
    ),
    max_size=30,
)


def test_rows_are_grouped_by_project_and_kind_in_their_order() -> None:
    assert report(
        missing("flavor", None, "office"),
        row("project", "shop", "shop", key="zones", wanted=["a", "b"], **{"is": ["a"]}),
        row("quota", "lab", "lab"),
        row("quota", "shop", "shop", key="network.router", wanted=2, **{"is": None}, status="unreadable"),
        row("network", "shop", "lan", key="mtu", wanted=1400, **{"is": 1500}),
        row("network", "shop", "old", key="state", wanted="absent", **{"is": "present"}, status="unwanted"),
    ) == [
        "5 differences: 3 different, 1 missing, 1 unwanted. 1 value cannot be read.",
        "",
        "No project: 1",
        "  flavor: 1",
        "    missing  office",
        "",
        "Project shop: 4",
        "  project: 1",
        "    zones  wanted [a, b], is [a]",
        "  quota: 1",
        "    network.router  wanted 2, cannot be read",
        "  network: 2",
        "    mtu       wanted 1400, is 1500  lan",
        "    unwanted                        old",
        "",
        "Project lab: 1",
        "  quota: 1",
        "    cores  wanted 120, is 20",
    ]


def test_thirty_equal_rows_of_a_project_are_one_line() -> None:
    users = [row("user", "shop", f"user-{number}", key="enabled") for number in range(1, 31)]
    assert report(*users, row("user", "shop", "eve")) == [
        "31 differences: 31 different.",
        "",
        "Project shop: 31",
        "  user: 31",
        "    30x  enabled  wanted 120, is 20  user-1, user-2, user-3 and 27 others",
        "         cores    wanted 120, is 20  eve",
    ]


def test_equal_rows_of_many_projects_are_one_line_before_the_others() -> None:
    quotas = [row("quota", f"dept-{number}", f"dept-{number}") for number in range(1, 31)]
    networks = [missing("network", f"dept-{number}", "lan") for number in range(1, 4)]
    assert report(row("quota", "dept-1", "dept-1", key="ram"), *quotas, *networks) == [
        "34 differences: 31 different, 3 missing.",
        "",
        "Several projects: 33",
        "  quota: 30",
        "    30x  cores  wanted 120, is 20  dept-1, dept-2, dept-3 and 27 others",
        "  network: 3",
        "    3x  missing  dept-1/lan, dept-2/lan, dept-3/lan",
        "",
        "Project dept-1: 1",
        "  quota: 1",
        "    ram  wanted 120, is 20",
    ]


def test_equal_rows_of_two_projects_stay_with_their_projects() -> None:
    assert [group.title for group in grouped([row("quota", "a", "a"), row("quota", "b", "b")])] == [
        "Project a",
        "Project b",
    ]


def test_values_that_only_look_equal_are_lines_of_their_own() -> None:
    rows = [row("user", "shop", name, wanted=wanted) for name, wanted in (("a", 1), ("b", "1"), ("c", True))]
    assert [len(line.names) for line in grouped(rows)[0].kinds[0].lines] == [1, 1, 1]


def test_nothing_in_a_value_or_name_moves_the_cursor() -> None:
    (*_heads, last) = report(row("user", "shop", "\x1b[2J", wanted="a\nb", **{"is": "\u202e"}))
    assert last == "    cores  wanted a\\nb, is \\u202e  \\x1b[2J"


def test_no_difference_is_said() -> None:
    unreadable = [row("quota", "a", "a", key=str(number), status="unreadable") for number in range(2)]
    assert report() == ["There is no difference."]
    assert report(*unreadable)[0] == "There is no difference. 2 values cannot be read."


def test_differences_are_counted_without_what_cannot_be_read() -> None:
    rows = [row("quota", "a", "a"), missing("flavor", None, "f"), row("quota", "a", "a", status="unreadable")]
    assert counts(rows) == {
        "differences": 2,
        "differs": 1,
        "missing": 1,
        "unwanted": 0,
        "unreadable": 1,
        "kinds": {"quota": 1, "flavor": 1},
        "projects": {"a": 1},
    }


@given(ROWS)
def test_no_row_is_lost(rows: list[dict[str, Any]]) -> None:
    groups = grouped(rows)
    assert sum(group.count for group in groups) == len(rows)
    assert len({group.title for group in groups}) == len(groups)
    assert all(line.names for group in groups for kind in group.kinds for line in kind.lines)


# --- the files --------------------------------------------------------------------------------------------------


def written(folder: Path, *rows: dict[str, Any], check_mode: bool = False, **login: Any) -> tuple[Path, Path]:
    """The files of a report in JSON and HTML."""
    connection = Connection("http://alice:secret-2@cloud.example.com:11000/", **(login or LOGIN))
    file, page = folder / "audit.json", folder / "audit.html"
    options = {"differences": list(rows), "path": str(file), "html_path": str(page)}
    result = write_report(Context(Client(connection), options, check_mode))
    assert not result["changed"]
    return file, page


def test_the_file_names_the_cloud_and_the_login_without_its_secrets(tmp_path: Path) -> None:
    file, page = written(tmp_path, row("network", None, "lan"), row("zone", None, "z"), row("server", "shop", "web-1"))
    document = json.loads(file.read_text("utf-8"))
    jsonschema.validate(document, SCHEMA)
    login = [document[key] for key in ("cloud", "user", "project")]
    assert login == ["http://cloud.example.com:11000/", "alice", "web"]
    assert [entry["project"] for entry in document["differences"]] == ["web", None, "shop"]
    assert "secret" not in file.read_text("utf-8") + page.read_text("utf-8")


@pytest.mark.parametrize(
    ("login", "user"),
    [
        ({"token": "t-1"}, None),
        ({"application_credential_id": "c-1", "application_credential_secret": "secret-3"}, "c-1"),
    ],
)
def test_the_user_of_a_report_is_what_the_login_says(tmp_path: Path, login: dict[str, str], user: str | None) -> None:
    document = json.loads(written(tmp_path, **login)[0].read_text("utf-8"))
    jsonschema.validate(document, SCHEMA)
    assert (document["user"], document["project"]) == (user, None)


@given(ROWS)
def test_each_report_is_as_its_schema(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    file, _page = written(tmp_path_factory.mktemp("report"), *rows)
    jsonschema.validate(json.loads(file.read_text("utf-8")), SCHEMA)


def test_check_mode_writes_nothing(tmp_path: Path) -> None:
    assert not any(path.exists() for path in written(tmp_path, row("quota", "a", "a"), check_mode=True))


def test_both_files_cannot_be_one(tmp_path: Path) -> None:
    options = {"differences": [], "path": str(tmp_path / "a"), "html_path": str(tmp_path / "a")}
    with pytest.raises(OptionError, match="path and html_path are one file"):
        write_report(Context(Client(Connection("http://cloud.example.com:11000", **LOGIN)), options))


class Page(html.parser.HTMLParser):
    """What a page is made of: its tags with their attributes, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def test_the_page_needs_nothing_else_and_fits_a_phone(tmp_path: Path) -> None:
    _file, path = written(tmp_path, *(row("user", "shop", f"user-{number}") for number in range(1, 31)))
    page = Page(path)
    assert page.open == []
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.tags
    assert "@media (max-width: 40rem)" in path.read_text("utf-8")
    assert {"script", "link", "img", "iframe", "object"}.isdisjoint(tag for tag, _attributes in page.tags)
    names = {name for _tag, attributes in page.tags for name in attributes}
    assert names <= {"lang", "charset", "name", "content", "http-equiv", "class", "data-label"}
    assert not re.search(r"url\(|@import", path.read_text("utf-8"))
    for text in ("Audit of http://cloud.example.com:11000/", "30 differences", "Project shop (30)", "user-30"):
        assert text in page.text
    assert page.text.count("cores") == 1  # equal rows are one
    assert [tag for tag, _attributes in page.tags].count("details") == 1


@pytest.mark.parametrize("place", ["kind", "project", "name", "key", "wanted", "is"])
def test_nothing_of_the_platform_is_markup_in_the_page(tmp_path: Path, place: str) -> None:
    attack = "</td><script>alert('1')</script>\"&amp;{cloud}"
    _file, path = written(tmp_path, row("user", "shop", "eve") | {place: attack})
    page = Page(path)
    assert "script" not in [tag for tag, _attributes in page.tags]
    assert page.text.count(attack) == 1


def test_a_report_in_chinese_says_the_same(tmp_path: Path) -> None:
    rows = [
        missing("flavor", None, "office"),
        row("quota", "shop", "shop", key="network.router", wanted=2, **{"is": None}, status="unreadable"),
        row("network", "shop", "lan", key="mtu", wanted=1400, **{"is": 1500}),
    ]
    options = {"differences": rows, "path": None, "html_path": str(tmp_path / "audit.html")}
    connection = Connection("http://cloud:11000", **LOGIN, language="zh-CN")
    result = write_report(Context(Client(connection), options))

    assert result["lines"] == [
        "2 处差异：1 处不一致，1 处缺失。1 个值无法读取。",
        "",
        "不属于任何组织: 1",
        "  flavor: 1",
        "    缺失  office",
        "",
        "组织 shop: 2",
        "  quota: 1",
        "    network.router  期望 2，无法读取",
        "  network: 1",
        "    mtu  期望 1400，实际 1500  lan",
    ]
    page = (tmp_path / "audit.html").read_text("utf-8")
    assert '<html lang="zh-CN">' in page and "<h1>http://cloud:11000 的审计</h1>" in page
    assert "<th>期望</th>" in page and "<b>1</b> 缺失" in page
    assert not re.search("Wanted|Objects|missing<|unreadable<|No project", page)
