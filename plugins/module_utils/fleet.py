# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to converge many objects of a kind: the plans of engine.py, side by side.

    options ──> members ──> one list ──> a plan each ──> room in the quota? ──> carried out side by side ──> results

A plan that waits takes no connection: one list in a while serves all that wait, and tells who can go on.
"""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import dataclasses
import functools
import queue
import re
import threading
import time
import typing as t

from ansible.module_utils.errors import UnsupportedError

from . import check_memory, engine, option_checks, options
from .entry import Entry
from .errors import CloudError, OptionError, WaitError
from .exclusion import exclusive
from .plan import FIRST_PAUSE, Plan
from .progress import Progress
from .resource import Resource
from .run import Run
from .side import Logins, SideClient, side_by_side

# Seconds between two looks at all that wait: a fifth of the time that it has taken so far, in these bounds.
SHORTEST_PAUSE = 0.8
PAUSE_SHARE = 0.2

_TOO_MANY_REQUESTS = frozenset({429, 503})
# Requests that have to be answered, for each that may be under way, before one more may be.
_CALM = 4

_MOST_AT_ONCE = 100
_MOST_BY_NUMBER = 100_000
_ERRORS_SHOWN = 5
# What a failed member's result has beside the others'
_OF_FAILURES = ("failed", "msg", "error", "recreate")
_NUMBER = re.compile(r"%(0[1-9])?d")


@dataclasses.dataclass
class Member:
    """One object of a fleet on its way to its wanted state."""

    run: Run
    label: str
    plan: Plan = dataclasses.field(default_factory=Plan)
    work: t.Optional[engine.Work] = None
    watch: t.Optional[engine.Watch] = None
    final: t.Optional[dict] = None
    failure: t.Optional[dict] = None
    began: t.Optional[float] = None
    ended: bool = False
    rolled_back: bool = False

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
        return (watch and watch.status) or (self.run.done or ["begun"])[-1]

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
        if self.plan.before is None:
            return "created"
        return "changed" if self.plan.after else "deleted"

    def fail(self, error: CloudError) -> None:
        self.failure = engine.failure(self.run, error)


OUTCOMES = ("created", "changed", "deleted", "unchanged", "failed", "rolled_back", "not_begun")


def fleet_module(resource: Resource) -> Entry:
    """The module that brings many objects of a resource to their wanted states at once."""
    return Entry(
        options.fleet_spec(resource),
        lambda run: converge(resource, run),
        options.fleet_constraints(resource),
        free_form=(resource.plural, "defaults"),
    )


def converge(resource: Resource, run: Run) -> dict:
    """Bring all objects of a fleet to their wanted states, and tell what became of each, as a task result.

    One that fails is part of the result. What can be seen before anything is sent fails the whole task.

    Raises:
        CloudError: the options are wrong, the list cannot be read, or the quota has no room for the new objects.
    """
    names = () if run.check_mode else _names(resource, run)
    with exclusive(run.client.connection.place, names):
        return _converge(resource, run)


def _names(resource: Resource, run: Run) -> list[str]:
    """The names that no other process of this machine may work on meanwhile: of the members, or their pattern."""
    if run.options.get("name") is not None:
        return [f"{resource.plural}/{run.options['name']}"]
    return [name for item in run.options[resource.plural] or () for name in resource.exclusive_names(item)]


def _converge(resource: Resource, run: Run) -> dict:
    members = _members(resource, run)
    progress = Progress(run, resource.plural)
    with ClientPool(run) as pool:
        _make_plans(resource, pool, members)
        _demand_one_plan_each(resource, members)
        _demand_room(resource, members)
        progress.planned(members)
        if run.check_mode:
            _foretell(resource, run, members)
        else:
            _carry_out(resource, pool, members, progress)
            for member in members:
                check_memory.forget(member.run, resource, member.final or member.plan.before)
    resource.forget(run)
    return _result(resource, run, members)


# --- members -----------------------------------------------------------------------------------------------------


def _members(resource: Resource, run: Run) -> list[Member]:
    """The objects that are wanted. Bad options are found before anything is read; then the list is, for all plans."""
    if not 1 <= run.options["concurrency"] <= _MOST_AT_ONCE:
        raise OptionError(f"concurrency: {run.options['concurrency']} is not between 1 and {_MOST_AT_ONCE}.")
    if run.options.get("name") is not None:
        return _by_number(resource, run)
    given = run.options[resource.plural]
    members = [_member(resource, run, f"{resource.plural}[{index}]", item) for index, item in enumerate(given)]
    marks = collections.Counter(mark for member in members for mark in resource.marks(member.run.options).items())
    for option, value in sorted(mark for mark, times in marks.items() if times > 1):
        raise OptionError(f"{option}: {value!r} is given for more than one of {resource.plural}.")
    if members:
        _read_whole(resource, run)
    return members


def _by_number(resource: Resource, run: Run) -> list[Member]:
    """The same where they are alike but for a number in their names."""
    names = Numbered(run.options["name"])
    amounts = {name: run.options[name] for name in ("count", "exact_count") if run.options[name] is not None}
    if not amounts:
        raise OptionError("name: a pattern needs count or exact_count.")
    for name, amount in amounts.items():
        if not 0 <= amount <= _MOST_BY_NUMBER:
            raise OptionError(f"{name}: {amount} is not a number of {resource.plural} from 0 to {_MOST_BY_NUMBER}.")
    defaults = _given(run.options["defaults"])
    foreign = [name for name in ("name", "id", "state") if name in defaults]
    if foreign or run.options["state"] != "present":
        raise OptionError(f"{(foreign or ['state'])[0]}: the number of {resource.plural} says which ones there are.")
    _member(resource, run, "name", {"name": names.of(1)})
    present = {names.number_in(raw.get("name")) for raw in _read_whole(resource, run)} - {None}
    return [_member(resource, run, "name", item) for item in _counted(amounts, names, present)]


def _read_whole(resource: Resource, run: Run) -> list[dict]:
    """All objects as they are now; the plans find them in the same list."""
    resource.forget(run)
    everybody = Run(run.client, {}, run.check_mode, memory=run.memory)
    everybody.reads_whole = True
    return resource.search(everybody)


def _counted(amounts: t.Mapping[str, int], names: Numbered, present: set[int]) -> list[dict]:
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


class Numbered:
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


def _member(resource: Resource, run: Run, place: str, item: dict) -> Member:
    """A member with the options of one object: its own count before the defaults, those before the fleet's."""
    for_all = {name: run.options[name] for name in options.FOR_ALL if name in run.options}
    merged = {**for_all, **_given(run.options.get("defaults")), **_given(item)}
    label = str(merged.get("name") or merged.get("id") or place)
    where = place if label == place else f"{place} ({label})"
    try:
        member = Member(Run(run.client, _validated(resource, run, merged), run.check_mode, memory=run.memory), label)
        member.run.lookups = run.lookups
        resource.check(member.run)
    except CloudError as error:
        error.message = f"{where}: {error.message}"
        raise
    return member


def _validated(resource: Resource, run: Run, given: dict) -> dict:
    """The options of one object, held to all that its state module demands of them."""
    validator = options.member_validator(resource)
    result = validator.validate(option_checks.given(validator.argument_spec, given))
    if result.errors.errors:
        told = "Unsupported parameters: " if isinstance(result.errors[0], UnsupportedError) else ""
        raise OptionError(f"{told}{run.client.redactor.text(result.errors.msg).rstrip('.')}.")
    params = result.validated_parameters
    option_checks.check(validator.argument_spec, params, resource.constraints.get(options.EXCLUSIVE, ()))
    return params


def _given(told: t.Optional[t.Mapping[str, t.Any]]) -> dict:
    return {name: value for name, value in (told or {}).items() if value is not None}


# --- plans -------------------------------------------------------------------------------------------------------


def _make_plans(resource: Resource, pool: ClientPool, members: list[Member]) -> None:
    """A plan for each. The first one is made alone: what it looks up, the others find there."""

    def plan(member: Member) -> None:
        with pool.client_for(member):
            member.run.reads_whole = True
            try:
                member.plan = engine.make_plan(resource, member.run, engine.find(resource, member.run))
            except CloudError as error:
                member.fail(error)
            finally:
                member.run.reads_whole = False

    for member in members[:1]:
        plan(member)
    side_by_side(plan, members[1:], pool.size)


def _demand_one_plan_each(resource: Resource, members: list[Member]) -> None:
    """Two members that mean one object would undo what the other does."""
    owners: dict[str, Member] = {}
    for member in members:
        if member.plan.before is None:
            continue
        found = member.plan.before[resource.id_field]
        if found in owners:
            raise OptionError(
                f"{resource.plural}: {owners[found].label} and {member.label} are one {resource.noun}: {found}."
            )
        owners[found] = member


def _demand_room(resource: Resource, members: list[Member]) -> None:
    """Refuse what the quota has no room for before the first object is made of it."""
    new = [member for member in members if member.plan.steps and member.plan.before is None]
    demand: t.Counter[str] = collections.Counter()
    for member in new:
        demand.update(resource.demand(member.run, member.plan))
    short = engine.shortfall(resource, new[0].run, demand) if demand else ""
    if short:
        raise OptionError(
            f"The quota of the project has no room for {len(new)} new {resource.plural}: {short}.",
            hint="Nothing was changed. Ask for less, or raise the quota (cloudos_quota).",
        )


# --- carrying out ------------------------------------------------------------------------------------------------


def _foretell(resource: Resource, run: Run, members: list[Member]) -> None:
    """What check mode tells of each. Where a plan cannot be made, a run may begin none of the others."""
    if _goes_on(run) or not any(member.failure for member in members):
        for member in members:
            member.final = check_memory.remember(member.run, resource, member.plan)
            member.ended = not member.failure


def _goes_on(run: Run) -> bool:
    return run.options["on_failure"] == "continue"


def _carry_out(resource: Resource, pool: ClientPool, members: list[Member], progress: Progress) -> None:
    goes_on = _goes_on(pool.run)
    for member in members:
        if not member.failure:
            member.work = engine.carry_out(resource, member.run, member.plan)
    if goes_on or not any(member.failure for member in members):
        Scheduler(resource, pool, members, progress, goes_on).run()
    if pool.run.options["on_failure"] == "rollback" and any(member.failure for member in members):
        _roll_back(resource, pool, members, progress)


def _roll_back(resource: Resource, pool: ClientPool, members: list[Member], progress: Progress) -> None:
    """Delete what this run has made. What was there before stays as it is now, changed or not."""
    made = [member for member in members if member.run.touched and member.plan.before is None]
    undoing = []
    for member in made:
        absent = {**member.run.options, "id": member.run.touched[resource.id_field], "state": "absent", "wait": True}
        undo = Member(Run(member.run.client, absent), member.label)
        undo.work = _removal(resource, undo.run, member.run.touched)
        undoing.append(undo)
    if undoing:
        progress.rolls_back(undoing)
    Scheduler(resource, pool, undoing, progress, goes_on=True).run()
    for member, undo in zip(made, undoing):
        member.run.done.extend(undo.run.done)
        member.rolled_back = not undo.failure
        member.final = None
        if undo.failure:
            before = f"{member.failure['msg']} " if member.failure else ""
            member.failure = {**undo.failure, "msg": f"{before}It could not be removed again: {undo.failure['msg']}"}


def _removal(resource: Resource, run: Run, made: dict) -> engine.Work:
    current = resource.fetch(run, made)
    return (yield from engine.carry_out(resource, run, engine.make_plan(resource, run, current)))


class ClientPool:
    """The clients of a fleet: so many requests are under way at most, fewer while the platform asks for it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.size: int = run.options["concurrency"]
        self._twins: queue.LifoQueue[t.Optional[SideClient]] = queue.LifoQueue()
        self._clients: list[SideClient] = []
        self._logins = Logins()
        self._lock = threading.Lock()
        self._limit, self._calm = self.size, 0
        for _place in range(self.size):
            self._twins.put(None)

    def __enter__(self) -> ClientPool:
        return self

    def __exit__(self, *error: t.Any) -> None:
        for twin in self._clients:
            twin.give_back(self.run.client)

    @property
    def limit(self) -> int:
        """How many may work at present."""
        return self._limit

    @contextlib.contextmanager
    def client_for(self, member: Member) -> t.Iterator[None]:
        """Give a member a client of its own for a while."""
        twin = self._twins.get()
        try:
            if twin is None:
                twin = self._new_client()
            member.run.client = twin
            yield
            self._note_calm()
        finally:
            member.run.client = self.run.client
            self._twins.put(twin)

    def _new_client(self) -> SideClient:
        with self._lock:
            twin = _PooledClient.twin_of(self.run.client, self._logins)
            twin.told_to_wait = self._slow_down
            self._clients.append(twin)
        return twin

    def _slow_down(self) -> None:
        with self._lock:
            self._limit, self._calm = max(1, self._limit // 2), 0

    def _note_calm(self) -> None:
        with self._lock:
            self._calm += 1
            if self._calm >= _CALM * self._limit and self._limit < self.size:
                self._limit, self._calm = self._limit + 1, 0


class _PooledClient(SideClient):
    """A client that says when the platform asks for fewer requests."""

    told_to_wait: t.Callable[[], None]

    def _note_retry(self, method: str, what: str, status: t.Optional[int]) -> None:
        super()._note_retry(method, what, status)
        if status in _TOO_MANY_REQUESTS:
            self.told_to_wait()


class Scheduler:
    """Carries out the work of members side by side, and looks after those that wait."""

    def __init__(
        self, resource: Resource, pool: ClientPool, members: list[Member], progress: Progress, goes_on: bool
    ) -> None:
        self._resource, self._pool, self._members, self._progress = resource, pool, members, progress
        self._goes_on = goes_on
        self._to_begin = collections.deque(member for member in members if member.work)
        self._to_go_on: collections.deque[tuple[Member, t.Callable[[Member], None]]] = collections.deque()
        self._busy: dict[concurrent.futures.Future[None], Member] = {}
        self._waiting: list[Member] = []
        self._first_wait: t.Optional[float] = None
        self._next_look = 0.0
        self._pages = 1

    def run(self) -> None:
        """Until each member has ended, failed, or is not to begin any more."""
        with concurrent.futures.ThreadPoolExecutor(self._pool.size) as threads:
            while True:
                self._submit(threads)
                if not self._busy and not self._waiting:
                    return
                self._await()
                if self._waiting and time.monotonic() >= self._next_look:
                    self._look_around()
                self._progress.goes_on(self._members)

    def _submit(self, threads: concurrent.futures.Executor) -> None:
        while len(self._busy) < self._pool.limit:
            if self._to_go_on:
                member, work = self._to_go_on.popleft()
            elif self._to_begin and (self._goes_on or not any(member.failure for member in self._members)):
                member, work = self._to_begin.popleft(), self._begin
            else:
                return
            self._busy[threads.submit(self._work, member, work)] = member

    def _await(self) -> None:
        """Until a member has come as far as it can, or it is time to look."""
        pause = max(0.0, self._next_look - time.monotonic()) if self._waiting else None
        if not self._busy:
            time.sleep(pause or 0.0)
            return
        done, _rest = concurrent.futures.wait(self._busy, pause, concurrent.futures.FIRST_COMPLETED)
        for future in done:
            member = self._busy.pop(future)
            future.result()
            if member.watch and not member.ended and not member.failure:
                self._wait(member)

    def _wait(self, member: Member) -> None:
        now = time.monotonic()
        if self._first_wait is None:
            self._first_wait = now
        if not self._waiting and self._next_look <= now:
            self._next_look = now + FIRST_PAUSE
        self._waiting.append(member)

    def _look_around(self) -> None:
        """One list serves all that wait; a few that are fewer than its pages are asked one by one."""
        members, self._waiting = self._waiting, []
        apart = [member for member in members if member.watch.wait.read]
        together = [member for member in members if not member.watch.wait.read]
        listed = self._listed() if len(together) > self._pages else None
        if listed is None:
            apart = members
        for member in apart:
            self._to_go_on.append((member, self._ask))
        for member in together if listed is not None else []:
            self._to_go_on.append((member, functools.partial(self._compare, listed=listed)))
        now = time.monotonic()
        pause = min(max(SHORTEST_PAUSE, PAUSE_SHARE * (now - (self._first_wait or now))), engine.LONGEST_PAUSE)
        self._next_look = now + pause

    def _listed(self) -> t.Optional[Listed]:
        """All objects as the platform lists them now; None where the list cannot be had."""
        client = self._pool.run.client
        before = client.requests["GET"]
        try:
            entries = self._resource.listed(self._pool.run)
        except CloudError:
            return None
        self._pages = client.requests["GET"] - before
        return Listed(self._resource, entries)

    # --- what is done by a member's thread

    def _work(self, member: Member, work: t.Callable[[Member], None]) -> None:
        with self._pool.client_for(member):
            try:
                work(member)
            except CloudError as error:
                member.fail(error)
                self._progress.failed(member)

    def _begin(self, member: Member) -> None:
        member.began = time.monotonic()
        self._go_on(member, None)

    def _go_on(self, member: Member, seen: t.Optional[dict]) -> None:
        """Take the next steps, up to one that has to be waited for."""
        try:
            member.watch = member.work.send(seen)
        except StopIteration as end:
            member.plan, member.final = end.value.plan, end.value.final
            member.watch, member.ended = None, True
            return
        if not member.watch.wait.first:
            self._ask(member)

    def _ask(self, member: Member) -> None:
        seen = member.watch.look()
        if member.watch.is_over(seen):
            self._go_on(member, seen)

    def _compare(self, member: Member, listed: Listed) -> None:
        """The same with what a list shows. Whatever is wrong there is asked for once more: a list may hold less."""
        watch = member.watch
        raw = listed.by_id.get(str(watch.found[self._resource.id_field]))
        if watch.is_new:
            watch.check_namesakes(listed.by_name[member.run.options.get("name")])
        seen = self._resource.seen(member.run, raw) if raw else None
        try:
            over = watch.is_over(seen)
        except WaitError:
            self._ask(member)
            return
        if over:
            self._go_on(member, seen)


class Listed:
    """The entries of a list by id and by name."""

    def __init__(self, resource: Resource, entries: list[dict]) -> None:
        self.by_id = {resource.id_of(raw): raw for raw in entries}
        self.by_name: dict[t.Any, list[dict]] = collections.defaultdict(list)
        for raw in entries:
            self.by_name[raw.get("name")].append(raw)


# --- results -----------------------------------------------------------------------------------------------------


def _result(resource: Resource, run: Run, members: list[Member]) -> dict:
    counts = collections.Counter(member.outcome for member in members)
    results = [_told_of(resource, member) for member in members]
    result = {
        "changed": any(entry["changed"] for entry in results),
        resource.plural: [member.final for member in members if member.final and not member.failure],
        "results": results,
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
        "diff": [_diff(resource, member) for member in members if member.plan.steps and member.outcome != "not_begun"],
    }
    warnings = [warning for member in members for warning in member.run.warnings]
    if warnings:
        result["warnings"] = list(dict.fromkeys(warnings))
    failed = [member for member in members if member.failure]
    if failed:
        result.update(failed=True, msg=_what_failed(resource, members, failed))
    return result


def _diff(resource: Resource, member: Member) -> dict:
    headers = dict.fromkeys(("before_header", "after_header"), member.label)
    return {**engine.diff(resource, member.run, member.plan), **headers}


def _told_of(resource: Resource, member: Member) -> dict:
    """What became of one, as its own task would tell it, without the object itself."""
    actions = member.plan.actions if member.run.check_mode and member.ended else member.run.done
    known = member.final or member.run.touched or member.plan.before or {}
    told = {
        "name": known.get("name") or member.run.options.get("name"),
        "id": known.get(resource.id_field),
        "outcome": member.outcome,
        "changed": bool(actions),
        "actions": actions,
    }
    return {**told, **{key: value for key, value in (member.failure or {}).items() if key in _OF_FAILURES}}


def _what_failed(resource: Resource, members: list[Member], failed: list[Member]) -> str:
    """How many failed, and why, each reason once."""
    reasons: dict[str, list[str]] = {}
    for member in failed:
        reasons.setdefault(member.failure["msg"].rstrip("."), []).append(member.label)
    shown = [f"{_some(labels)}: {reason}" for reason, labels in list(reasons.items())[:_ERRORS_SHOWN]]
    more = f" And {len(reasons) - _ERRORS_SHOWN} more reasons, see results." if len(reasons) > _ERRORS_SHOWN else ""
    title = resource.plural.replace("_", " ")
    return f"{len(failed)} of {len(members)} {title} failed. {'. '.join(shown)}.{more}"


def _some(labels: list[str]) -> str:
    more = len(labels) - _ERRORS_SHOWN
    return ", ".join(labels[:_ERRORS_SHOWN]) + (f" and {more} more" if more > 0 else "")
