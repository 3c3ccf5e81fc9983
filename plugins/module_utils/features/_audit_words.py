# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The words of the report of an audit. It is written where the task runs, so they are not those of the controller."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.languages import is_chinese
from ._audit_groups import COMMON, DIFFERS, MISSING, SEVERAL, UNREADABLE, UNWANTED


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of a language; `{}` are places for values.

    Attributes:
        language: what a page of HTML says of itself.
        title: of the page.
        facts: names of time, user and project of the audit.
        labels: the headings of its tables.
        statuses: the statuses of rows.
        titles: of the groups that have no project.
        project: the title of a group.
        none: that there are no differences.
        found: how many there are, and of which statuses, for one and for several.
        counted: how many rows have a status.
        unreadable: how many values cannot be read, for one and for several.
        comma: between parts of a list.
        cannot_be_read: in the place of a value.
        present: the value of the platform.
        differs: the wanted value, and that of the platform.
        others: some names, and how many others there are.
        objects: how many there are.
    """

    language: str
    title: str
    facts: tuple[str, str, str]
    labels: tuple[str, str, str, str]
    statuses: t.Mapping[str, str]
    titles: t.Mapping[str, str]
    project: str
    none: str
    found: tuple[str, str]
    counted: str
    unreadable: tuple[str, str]
    comma: str
    cannot_be_read: str
    present: str
    differs: str
    others: str
    objects: str

    def group(self, project: t.Optional[str], title: str) -> str:
        """The title of a group."""
        return self.titles[title] if project is None else self.project.format(project)


ENGLISH = Words(
    language="en",
    title="Audit of {}",
    facts=("Time", "User", "Project"),
    labels=("What", "Wanted", "Is", "Objects"),
    statuses={DIFFERS: "different", MISSING: "missing", UNWANTED: "unwanted", UNREADABLE: "unreadable"},
    titles={COMMON: COMMON, SEVERAL: SEVERAL},
    project="Project {}",
    none="There is no difference.",
    found=("{} difference: {}.", "{} differences: {}."),
    counted="{} {}",
    unreadable=(" {} value cannot be read.", " {} values cannot be read."),
    comma=", ",
    cannot_be_read="cannot be read",
    present="is {}",
    differs="wanted {}, {}",
    others="{} and {} others",
    objects="{} objects",
)

_CHINESE = Words(
    language="zh-CN",
    title="{} 的审计",
    facts=("时间", "用户", "组织"),
    labels=("内容", "期望", "实际", "对象"),
    statuses={DIFFERS: "不一致", MISSING: "缺失", UNWANTED: "多余", UNREADABLE: "无法读取"},
    titles={COMMON: "不属于任何组织", SEVERAL: "多个组织"},
    project="组织 {}",
    none="没有差异。",
    found=("{} 处差异：{}。", "{} 处差异：{}。"),
    counted="{} 处{}",
    unreadable=("{} 个值无法读取。", "{} 个值无法读取。"),
    comma="，",
    cannot_be_read="无法读取",
    present="实际 {}",
    differs="期望 {}，{}",
    others="{} 等，另有 {} 个",
    objects="{} 个对象",
)


def words_of(language: t.Optional[str]) -> Words:
    """The words of a language; the English ones where it has none."""
    return _CHINESE if is_chinese(language or "") else ENGLISH
