# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The objects of a fleet: which ones are wanted, and where each of them is on its way."""

from __future__ import annotations

import collections
import dataclasses
import re
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...model.context import Context
from ...model.plan import Plan
from ...model.resource import Resource
from .. import execution, outcomes, waiting

_MOST_AT_ONCE = 100


_MOST_BY_NUMBER = 100_000


_NUMBER = re.compile(r"%(0[1-9])?d")


#: options of a fleet that stand for those of its members
FOR_ALL = ("state", "wait", "wait_timeout", "plan_file")
#: takes the layers of options of one member, and returns them in their types; raises OptionError
Validate = t.Callable[[t.Iterable[t.Mapping[str, t.Any]]], t.Mapping[str, t.Any]]


@dataclasses.dataclass
class Member:
    """One object of a fleet on its way to its wanted state."""

    run: Context
    label: str
    plan: Plan = dataclasses.field(default_factory=Plan)
    plan_id: t.Optional[str] = None
    work: t.Optional[execution.Work] = None
    watch: t.Optional[waiting.Watch] = None
    final: t.Optional[Json] = None
    failure: t.Optional[Json] = None
    began: t.Optional[float] = None
    ended: bool = False
    rolled_back: bool = False

    @property
    def name(self) -> t.Optional[str]:
        return t.cast(t.Optional[str], self.run.options.get("name"))

    @property
    def stage(self) -> str:
        """Where it is, in a word."""
        if self.failure:
            return "failed"
        if self.ended:
            return "done"
        if self.began is None:
            return "to begin"
        watch = self.watch  # its thread may take it away meanwhile
        return (watch and watch.status) or (self.run.journal.completed_actions or ["begun"])[-1]

    @property
    def outcome(self) -> str:
        """What became of it, in the words of the counts."""
        if self.failure:
            return "failed"
        if self.rolled_back:
            return "rolled_back"
        return self.intent if self.ended else "not_begun"

    @property
    def intent(self) -> str:
        """What its plan leads to, in the same words."""
        if not self.plan.steps:
            return "unchanged"
        if not self.plan.before:
            return "created"
        return "changed" if self.plan.after else "deleted"

    def waits_for(self) -> waiting.Watch:
        """What a member that waits is waiting for."""
        if self.watch is None:
            raise AssertionError(f"{self.label} does not wait")
        return self.watch

    def fail(self, error: CloudError) -> None:
        self.failure = outcomes.failure(self.run, error)


OUTCOMES = ("created", "changed", "deleted", "unchanged", "failed", "rolled_back", "not_begun")


def names_of(resource: Resource, run: Context) -> list[str]:
    """The names that no other process of this machine may work on meanwhile: of the members, or their pattern."""
    if run.options.get("name") is not None:
        return [f"{resource.plural}/{run.options['name']}"]
    return [name for item in run.options[resource.plural] or () for name in resource.exclusive_names(item)]


def members_of(resource: Resource, run: Context, validate: Validate) -> list[Member]:
    """The objects that are wanted. Bad options are found before anything is read; then the list is, for all."""
    if run.options.get("name") is not None:
        check_concurrency(run)
        return _by_number(resource, run, validate)
    members = listed_members(resource, run, validate)
    if members:
        read_whole(resource, run)
    return members


def check_concurrency(run: Context) -> None:
    if not 1 <= run.options["concurrency"] <= _MOST_AT_ONCE:
        raise OptionError(f"concurrency: {run.options['concurrency']} is not between 1 and {_MOST_AT_ONCE}.")


def listed_members(resource: Resource, run: Context, validate: Validate) -> list[Member]:
    """Those that are listed one by one, with options that are good; nothing is read."""
    check_concurrency(run)
    given = run.options[resource.plural]
    members = [
        _member(resource, run, validate, f"{resource.plural}[{index}]", item) for index, item in enumerate(given)
    ]
    marks = collections.Counter(mark for member in members for mark in _marks(resource, member.run.options))
    for option, value in sorted(mark[:2] for mark, times in marks.items() if times > 1):
        raise OptionError(f"{option}: {value!r} is given for more than one of {resource.plural}.")
    return members


def _marks(resource: Resource, options: t.Mapping[str, t.Any]) -> t.Iterator[tuple[str, ...]]:
    """What no two members may have alike."""
    within = [str(options.get(name)) for name in resource.named_within]
    for option, value in resource.identity_keys(options).items():
        yield (option, value, *within)


def _by_number(resource: Resource, run: Context, validate: Validate) -> list[Member]:
    """The same where they are alike but for a number in their names."""
    names = NamePattern(run.options["name"])
    amounts = {name: run.options[name] for name in ("count", "exact_count") if run.options[name] is not None}
    if not amounts:
        raise OptionError("name: a pattern needs count or exact_count.")
    for name, amount in amounts.items():
        if not 0 <= amount <= _MOST_BY_NUMBER:
            raise OptionError(f"{name}: {amount} is not a number of {resource.plural} from 0 to {_MOST_BY_NUMBER}.")
    defaults = given(run.options["defaults"])
    foreign = [name for name in ("name", "id", "state") if name in defaults]
    if foreign or run.options["state"] != "present":
        raise OptionError(f"{(foreign or ['state'])[0]}: the number of {resource.plural} says which ones there are.")
    _member(resource, run, validate, "name", {"name": names.of(1)})
    numbers = (names.number_in(raw.get("name")) for raw in read_whole(resource, run))
    present = {number for number in numbers if number is not None}
    return [_member(resource, run, validate, "name", item) for item in _counted(amounts, names, present)]


def read_whole(resource: Resource, run: Context) -> list[Json]:
    """All objects as they are now; the plans find them in the same list."""
    resource.invalidate(run)
    return resource.search(Context(run.client, {}, run.check_mode, memory=run.memory, full_listing=True))


def _counted(amounts: t.Mapping[str, int], names: NamePattern, present: set[int]) -> list[Json]:
    """Those that are there, what is missing at the lowest free numbers, and what is too many at the highest ones."""
    [(name, wanted)] = amounts.items()
    exact = name == "exact_count"
    kept = sorted(present)[:wanted] if exact else sorted(present)
    free = (number for number in range(1, wanted + len(present) + 1) if number not in present)
    new = [next(free) for _missing in range(wanted - len(kept))]
    surplus = sorted(present.difference(kept))
    return [
        *({"name": names.of(number), "state": "present"} for number in sorted([*kept, *new])),
        *({"name": names.of(number), "state": "absent"} for number in surplus),
    ]


class NamePattern:
    """Names that are alike but for a number, such as web-%02d."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern if "%" in pattern else f"{pattern}-%d"
        places = list(_NUMBER.finditer(self._pattern))
        if len(places) != 1 or self._pattern.count("%") != 1:
            raise OptionError(f"name: {pattern!r} is no pattern; it has one place for the number, such as web-%02d.")
        before, after = self._pattern[: places[0].start()], self._pattern[places[0].end() :]
        self._names = re.compile(f"{re.escape(before)}([0-9]+){re.escape(after)}")

    def of(self, number: int) -> str:
        return self._pattern % number

    def number_in(self, name: t.Optional[str]) -> t.Optional[int]:
        """The number in a name of this pattern, None in any other name."""
        match = self._names.fullmatch(name or "")
        return int(match.group(1)) if match and self.of(int(match.group(1))) == name else None


def _member(resource: Resource, run: Context, validate: Validate, place: str, item: Json) -> Member:
    """A member with the options of one object: its own count before the defaults, those before the fleet's."""
    for_all = {name: run.options[name] for name in FOR_ALL if name in run.options}
    layers = [for_all, given(run.options.get("defaults")), given(item)]
    merged = {name: value for layer in layers for name, value in layer.items()}
    label = str(merged.get("name") or merged.get("id") or place)
    where = place if label == place else f"{place} ({label})"
    try:
        options = validate(layers)
        of_member = Context(run.client, options, run.check_mode, memory=run.memory, lookups=run.lookups)
        resource.check(of_member)
    except CloudError as error:
        error.message = f"{where}: {error.message}"
        raise
    return Member(of_member, label if label != place else next(iter(resource.identity_keys(options).values()), place))


def given(options: t.Optional[t.Mapping[str, t.Any]]) -> Json:
    return {name: value for name, value in (options or {}).items() if value is not None}
