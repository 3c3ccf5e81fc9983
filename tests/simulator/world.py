# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of the platform: settings, clock, tables of objects, tokens, faults and the log."""

from __future__ import annotations

import copy
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import seeds
from .clock import Clock
from .errors import ApiError
from .faults import Faults
from .log import RequestLog
from .rates import RateLimit
from .settings import Settings

Record = dict[str, Any]
Factory = Callable[["World", Record], Record]


class World:
    """Everything a service can read and change. Records are plain dictionaries by kind and id."""

    def __init__(self, settings: Settings, log: RequestLog, factories: dict[str, Factory]) -> None:
        self._initial = settings
        self._factories = factories
        self.settings = copy.copy(settings)
        self.log = log
        self.clock = Clock()
        self.faults = Faults()
        self.rate = RateLimit()
        self.tables: dict[str, dict[str, Record]] = {}
        self.tokens: dict[str, Record] = {}
        self.counters: dict[str, int] = {}
        self.files = Path(tempfile.mkdtemp(prefix="cloudos-simulator-"))
        self.reset()

    def reset(self) -> None:
        """Back to the seeds and to the settings of the start; tokens are void."""
        self.settings = copy.copy(self._initial)
        self.clock.clear()
        self.faults.clear()
        self.log.clear()
        self.tokens.clear()
        self.counters.clear()
        self.tables = {kind: {} for kind in [*seeds.rows(), *self._factories]}
        for file in self.files.iterdir():
            file.unlink()
        for kind, rows in seeds.rows().items():
            for row in rows:
                self.seed(kind, row)

    def save(self) -> Record:
        """All objects as they are now, to go back to. What is still due is not part of it."""
        return copy.deepcopy({"tables": self.tables, "tokens": self.tokens, "counters": self.counters})

    def restore(self, saved: Record) -> None:
        """Back to what `save` returned; settings stay, nothing is due, and there are no faults and no log."""
        self.clock.clear()
        self.faults.clear()
        self.log.clear()
        for name, value in copy.deepcopy(saved).items():
            setattr(self, name, value)

    def close(self) -> None:
        shutil.rmtree(self.files, ignore_errors=True)

    def table(self, kind: str) -> dict[str, Record]:
        """The records of a kind by id; ValueError for a kind that does not exist."""
        if kind not in self.tables:
            raise ValueError(f"unknown kind {kind!r}, known are {', '.join(self.tables)}")
        return self.tables[kind]

    def find(self, kind: str, key: str, status: int = 404, label: str = "") -> Record:
        """The record of that id, or an ApiError."""
        record = self.table(kind).get(key)
        if record is None:
            raise ApiError(status, f"{label or kind.rstrip('s').replace('_', ' ')} {key} could not be found")
        return record

    def add(self, kind: str, record: Record) -> Record:
        self.table(kind)[record["id"]] = record
        return record

    def next_number(self, name: str) -> int:
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def seed(self, kind: str, fields: Record) -> Record:
        """Make one object without asking whether the API would allow it; missing fields get defaults."""
        record = {"id": new_id(), **copy.deepcopy(fields)}
        factory = self._factories.get(kind)
        return self.add(kind, factory(self, record) if factory else record)

    def seed_many(self, kind: str, spec: Record) -> list[Record]:
        """`count` objects; `{n}` (also `{n:04d}`) in the name counts from 1."""
        fields = dict(spec)
        count = int(fields.pop("count", 1))
        if count > 1 and "id" in fields:
            raise ValueError("an id can be given to one object only")
        made = []
        for number in range(1, count + 1):
            named = {"name": str(fields["name"]).format(n=number)} if "name" in fields else {}
            made.append(self.seed(kind, {**fields, **named}))
        return made

    def dump(self, kind: str | None = None) -> Any:
        """Copies of all records of a kind, or of all kinds."""
        if kind is not None:
            return copy.deepcopy(list(self.table(kind).values()))
        return {name: self.dump(name) for name in self.tables}


def new_id() -> str:
    return str(uuid.uuid4())
