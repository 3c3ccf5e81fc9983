# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""An audit as a page of HTML in one file: no script, nothing from elsewhere, readable on a phone and in the dark."""

from __future__ import annotations

import html
import typing as t

from ..cloud.json_types import Json
from ..model.columns import shown
from ._audit_groups import MISSING, STATUSES, UNREADABLE, UNWANTED, Group, Kind, Line
from ._audit_text import summary
from ._audit_words import Words

# More names are behind a click
_NAMES = 5

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 0; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
td, dd, h1, h2, p, li { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } dd { margin: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; }
.counts li { background: var(--soft); border-radius: .4rem; padding: .3rem .7rem; } .counts b { font-size: 1.2rem; }
.count { opacity: .7; font-weight: normal; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; vertical-align: top; }
.missing, .unwanted { font-weight: 600; } .missing { color: #c0392b; } .unwanted { color: #b9770e; }
@media (max-width: 40rem) {
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td { border: 0; padding: 0; }
  td[data-label]::before { content: attr(data-label) ": "; opacity: .7; }
}
"""

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<p>{summary}</p>
<dl>{facts}</dl>
<ul class="counts">{counts}</ul>
{groups}
</body>
</html>
"""


def page(document: Json, groups: t.Sequence[Group], words: Words) -> str:
    """The whole page."""
    facts = zip(words.facts, (document["time"], document["user"], document["project"]))
    return _PAGE.format(
        language=words.language,
        title=_text(words.title.format(shown(document["cloud"]))),
        style=_STYLE,
        summary=_text(summary(document["counts"], words)),
        facts="".join(f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in facts if value),
        counts="".join(f"<li><b>{document['counts'][status]}</b> {words.statuses[status]}</li>" for status in STATUSES),
        groups="\n".join(_group(group, words) for group in groups),
    )


def _group(group: Group, words: Words) -> str:
    kinds = "".join(_kind(kind, words) for kind in group.kinds)
    return f"<section><h2>{_text(words.group(group.project, group.title))} {_count(group.count)}</h2>{kinds}</section>"


def _kind(kind: Kind, words: Words) -> str:
    heads = "".join(f"<th>{label}</th>" for label in words.labels)
    rows = "".join(_row(line, words) for line in kind.lines)
    title = f"<h3>{_text(kind.name)} {_count(kind.count)}</h3>"
    return f"{title}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _count(number: int) -> str:
    return f'<span class="count">({number})</span>'


def _row(line: Line, words: Words) -> str:
    what, *values = (_text(value) for value in _values(line, words))
    cells = [f'<td class="{line.status}">{what}</td>']
    for label, content in zip(words.labels[1:], [*values, _objects(line, words)]):
        cells.append(f'<td data-label="{label}">{content}</td>' if content else "<td></td>")
    return f"<tr>{''.join(cells)}</tr>"


def _values(line: Line, words: Words) -> tuple[str, str, str]:
    if line.status in (MISSING, UNWANTED):
        return words.statuses[line.status], "", ""
    present = words.cannot_be_read if line.status == UNREADABLE else shown(line.present)
    return line.key, shown(line.wanted), present


def _objects(line: Line, words: Words) -> str:
    names = ", ".join(_text(name) for name in line.names if name)
    if len(line.names) <= _NAMES:
        return names
    return f"<details><summary>{words.objects.format(len(line.names))}</summary>{names}</details>"


def _text(value: t.Any) -> str:
    """A value as text of the page, whatever is in it."""
    return html.escape(shown(value))
