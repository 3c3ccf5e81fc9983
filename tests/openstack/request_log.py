# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients have asked for: the log of nginx, which has a line for each request.

python -m openstack requests            a count for each method and kind of address
python -m openstack requests --all      every request
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_ID = re.compile(r"^([0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|\d+)$")


class RequestLog:
    """The requests that have come to an end so far, in the order in which they came."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self, ports: Iterable[int] | None = None) -> list[dict[str, Any]]:
        """All entries, or those of some ports."""
        wanted = None if ports is None else set(ports)
        text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        complete = text[: text.rfind("\n") + 1]  # the last line may be on its way
        entries = [_entry(json.loads(line)) for line in complete.splitlines()]
        return sorted(
            (entry for entry in entries if wanted is None or entry["port"] in wanted), key=lambda entry: entry["time"]
        )


def count(entries: Iterable[dict[str, Any]]) -> Counter[str]:
    """How often each operation was asked for."""
    return Counter(entry["operation"] for entry in entries)


def _entry(line: dict[str, Any]) -> dict[str, Any]:
    """The names are those of the simulator's log; of a body only the first key is known."""
    path, query = [*line["path"].split("?", maxsplit=1), ""][:2]
    return {
        "time": line["end"] - line["seconds"],
        "seconds": line["seconds"],
        "port": line["port"],
        "method": line["method"],
        "path": path,
        "query": query,
        "body": {line["key"]: None} if line["key"] else None,
        "status": line["status"],
        "operation": _operation(line["method"], path, line["key"]),
    }


def _operation(method: str, path: str, key: str) -> str:
    """The request without what differs from object to object; of an action, which one."""
    parts = ["{id}" if _ID.match(part) else part for part in path.split("/")]
    action = f" {key}" if parts[-1] == "action" else ""
    return f"{method} {'/'.join(parts)}{action}"
