# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Record the demonstration as a picture that moves: docs/images/demo.svg.

The demonstration really runs, and what it prints is shown line by line, at its own pace but for long pauses. Where
pictures do not move, its end is seen.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DEMONSTRATION = REPOSITORY / "tests" / "tools" / "demo.py"
PICTURE = REPOSITORY / "docs" / "images" / "demo.svg"

ROWS, COLUMNS = 26, 100
LINE_HEIGHT, WIDTH, MARGIN = 18, 800, 12  # pixels
SHORTEST, LONGEST, AT_THE_END = 0.04, 1.2, 5.0  # seconds between two lines, and before it begins again

# The colour of a line by how it begins; the first one counts
COLOURS = (
    ("--- before: ", "removed"),
    ("--- ", "heading"),
    ("$ ", "command"),
    ("    held: ", "held"),
    ("make demo: every check", "held"),
    ("ok: ", "ok"),
    ("changed: ", "changed"),
    ("+", "added"),
    ("-", "removed"),
)

_PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!--
Copyright (c) 2026, H3C CloudOS collection contributors
GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
SPDX-License-Identifier: GPL-3.0-or-later

Recorded by make cast; do not edit.
-->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="name">
  <title id="name">A run of make demo</title>
  <style>
    rect {{ fill: #161b22; }}
    text {{ font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #d0d7de; white-space: pre; }}
    .heading {{ fill: #ffffff; font-weight: bold; }}
    .command {{ fill: #79c0ff; }}
    .held, .ok, .added {{ fill: #7ee787; }}
    .changed {{ fill: #e3b341; }}
    .removed {{ fill: #ffa198; }}
    .lines {{ transform: translateY({end}px); animation: lines {seconds:.1f}s step-end infinite; }}
    @media (prefers-reduced-motion: reduce) {{ .lines {{ animation: none; }} }}
    @keyframes lines {{
{frames}
    }}
  </style>
  <rect width="{width}" height="{height}" rx="8"/>
  <svg x="{margin}" y="{margin}" width="{inner_width}" height="{inner_height}">
    <g class="lines" xml:space="preserve">
{lines}
    </g>
  </svg>
</svg>
"""


def main() -> int:
    recorded: list[tuple[float, str]] = []
    command = [sys.executable, str(DEMONSTRATION)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            recorded.append((time.monotonic(), line.rstrip("\n")))
            print(line, end="", flush=True)
    if process.returncode:
        return process.returncode
    PICTURE.write_text(picture(recorded), encoding="utf-8")
    print(f"The picture is {PICTURE.relative_to(REPOSITORY)}")
    return 0


def picture(recorded: Sequence[tuple[float, str]]) -> str:
    """The lines, each with the time at which it was printed, as an SVG that shows one after the other."""
    times = shown_at([moment for moment, _line in recorded])
    seconds = times[-1] + AT_THE_END
    frames = [
        f"      {100 * moment / seconds:.2f}% {{ transform: translateY({_offset(count)}px); }}"
        for count, moment in enumerate(times, 1)
    ]
    return _PAGE.format(
        width=WIDTH,
        height=ROWS * LINE_HEIGHT + 2 * MARGIN,
        inner_width=WIDTH - 2 * MARGIN,
        inner_height=ROWS * LINE_HEIGHT,
        margin=MARGIN,
        end=_offset(len(recorded)),
        seconds=seconds,
        frames="\n".join(frames),
        lines="\n".join(_text(number, line) for number, (_moment, line) in enumerate(recorded) if line.strip()),
    )


def shown_at(moments: Sequence[float]) -> list[float]:
    """When each line is shown, in seconds from the first: long pauses are cut, and no two lines come at once."""
    times = [0.0]
    for before, moment in itertools.pairwise(moments):
        times.append(times[-1] + min(max(moment - before, SHORTEST), LONGEST))
    return times


def _offset(count: int) -> int:
    """Where the lines stand when so many of them are seen: as in a terminal, the last one at the bottom."""
    return (ROWS - count) * LINE_HEIGHT


def _text(number: int, line: str) -> str:
    colour = next((name for start, name in COLOURS if line.startswith(start)), "")
    classes = f' class="{colour}"' if colour else ""
    return f'      <text{classes} y="{number * LINE_HEIGHT + 13}">{escape(_fitting(line), quote=False)}</text>'


def _fitting(line: str) -> str:
    """A line that is not too long, cut between two words if it has several."""
    if len(line) <= COLUMNS:
        return line
    words, _space, _part = line[: COLUMNS - 1].rpartition(" ")
    return f"{words.rstrip()} …" if words.strip() else f"{line[: COLUMNS - 1]}…"


if __name__ == "__main__":
    sys.exit(main())
