# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a kind of object says of itself: how it is found, what its options mean, and how a change is sent."""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.responses import unwrap
from . import check_memory, comparison, lists, loop_lists, shared_lists
from .context import Context
from .declaration import Declaration
from .description import Description, describe
from .field import Field, kinds_named, read_object, write_object
from .observation import Observation
from .plan import Plan, Room, Step, Wait, gone
from .reference import Reference
from .selection import one_meant
from .texts import refuse_outer_spaces


class Resource(Declaration):
    """What a kind of object says of itself. Subclasses set the declaration and override what differs."""

    # --- reading

    def read(self, raw: Json) -> Json:
        """An object of the API in its declared, secret-free form."""
        return read_object(self.fields, raw)

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        """Which object the options mean, for messages."""
        if options.get("name") is not None:
            return f"is named {options['name']!r}"
        return f"has the id {options.get('id')!r}"

    @property
    def noun(self) -> str:
        """What people call it."""
        return self.name.replace("_", " ")

    def id_of(self, raw: Json) -> str:
        """The id in an object as the API returns it."""
        return str(next(field for field in self.fields if field.name == self.id_field).read(raw))

    def names_of(self, raw: Json) -> tuple[t.Any, ...]:
        """The name in the same, where there is one."""
        return (raw.get("name"),)

    def as_returned(self, found: Json) -> Json:
        """The reverse of read(), for objects that only check mode knows of: perhaps a part of one."""
        return write_object(self.fields, found)

    def unwrap(self, answer: t.Any) -> Json:
        return unwrap(answer, self.wrapper or self.name, self.list_key or self.plural)

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """All objects of this kind, as the API returns them."""
        listed = self._read_list(run, self.query_for(run, query))
        return self.chosen(run, query, check_memory.entries(run, self, listed))

    def batches(self, run: Context, query: t.Optional[Json] = None) -> t.Iterator[list[Json]]:
        """The same as it is now, a page at a time where there are pages, so that none is held once it was used."""
        if not self.page_size:
            yield self.search(run, query)
            return
        for page in lists.pages(self, run, self.query_for(run, query)):
            yield self.chosen(run, query, page)

    def query_for(self, run: Context, query: t.Optional[Json]) -> t.Optional[Json]:
        """What to ask a list for where a query, None for none, is wanted."""
        return query

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        """Those of a list, or of one of its pages, that are objects of this kind and were asked for."""
        return entries

    def _read_list(self, run: Context, query: t.Optional[Json]) -> list[Json]:
        if run.listed is not None and not query:
            return run.listed
        if query and self.loops_share_list and {*query} == {"name"}:
            found = loop_lists.listed(run, self.plural, lambda limit: lists.page(self, run, limit))
            if found:
                return found
        if query or not (self.shares_list or run.full_listing):
            return self.list_all(run, query)
        return shared_lists.read(self, run)

    def share(self, run: Context, entries: list[Json]) -> None:
        """Have the next searches find what was just read."""
        shared_lists.share(self, run, entries)

    def invalidate(self, run: Context) -> None:
        """Have the next search read anew what the items of a loop share."""
        shared_lists.forget(self, run)

    def note_write(self, run: Context, found: Observation) -> None:
        """The same after a write to an object, or one that makes it."""
        shared_lists.note_write(self, run, found) if self.listed_apart else self.invalidate(run)

    def note_answer(self, run: Context, raw: Json) -> None:
        """Have the next search find an object as the answer to a write has it."""
        if self.plural in run.client.shared_lists:
            run.client.shared_lists[self.plural][1].put(raw)

    def list_all(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """All objects of this kind as the platform returns them now, whatever was read before."""
        return lists.whole(self, run, query)

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        """The present form of an object that was found before, None if it is gone."""
        if not found:
            return None
        if self.get_operation is None:
            raise AssertionError(f"{self.name} has no operation that reads one, and does not override fetch()")
        try:
            raw = self.unwrap(run.client.call(self.get_operation, {self.id_param: found[self.id_field]}))
        except CloudError as error:
            if error.status in self.not_found_statuses:
                return None
            raise
        return self.seen(run, raw) if raw else None

    def belongs(self, found: Json) -> bool:
        """Whether an object is of this kind, where objects of several kinds share lists and ids."""
        return True

    def find(self, run: Context) -> Observation:
        """The object that the options name. Two of one name are an error."""
        wanted_id = run.options.get("id")
        if wanted_id and self.get_operation and not run.full_listing:
            found = self.fetch(run, Observation({self.id_field: wanted_id}))
            if found and not self.belongs(found):
                raise OptionError(f"id: {wanted_id!r} is something else than a {self.noun}.")
            return found or Observation()
        return self.select_one(run, self.search(run))

    def find_made(self, run: Context) -> t.Optional[Observation]:
        """A new object without reading the list of all of them; None where only that shows it."""
        return None

    def find_again(self, run: Context, before: Observation) -> Observation:
        """The same after a request that may have made or deleted the object; `before` is what was found before it."""
        return self.find(run)

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        """The one object among entries of a list that `id`, or else `name`, means. Only that one is read."""
        raw = one_meant(self, run.options, entries)
        return (self.seen(run, raw) if raw else None) or Observation()

    def reads(self, run: Context, name: str) -> bool:
        """Whether the options need one of the fields that are not always read (`read_if_asked`); absence needs none."""
        return run.options.get("state") != "absent" and run.options.get(name) is not None

    def seen(self, run: Context, raw: Json) -> t.Optional[Observation]:
        """An object as the API returned it; None for one that no longer counts."""
        return Observation(self.read(raw), raw)

    def enrich(self, run: Context, found: Json) -> Json:
        """An object with all that a read-only module was asked to gather beside it."""
        return found

    def enrich_all(self, run: Context, objects: list[Json]) -> list[Json]:
        """The same for all of them, where they share what is read for it."""
        return [self.enrich(run, found) for found in objects]

    def extra_results(self, run: Context, objects: list[Json]) -> Json:
        """What a read-only module was asked to gather apart from its objects, as further keys of the result."""
        return {}

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """The objects that belong in a description of the cloud, as the API returns them."""
        return self.search(run)

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """The options that a new object would need to be like this one, with names in the place of ids."""
        return describe(self.fields, run, found)

    def export_entry(self, options: Json) -> Json:
        """Options as the entry of a list in a description of the cloud."""
        return options

    # --- planning

    def identity_keys(self, options: t.Mapping[str, t.Any]) -> dict[str, str]:
        """The options that identify the object, with their values."""
        return {name: options[name] for name in ("name", "id") if options.get(name)}

    def made_from(self, options: t.Mapping[str, t.Any]) -> set[tuple[str, str]]:
        """The objects that have to be there before this one, by the plural of their kind and their name.

        Those of kinds that are made before this kind anyway need not be named.
        """
        return set()

    def fellows(self, options: t.Mapping[str, t.Any]) -> set[str]:
        """The names of objects of the same kind in the options that stand in `made_without`."""
        return set()

    def exclusive_names(self, options: t.Mapping[str, t.Any]) -> tuple[str, ...]:
        """The names for which no other process of this machine may work at the same time: those that may be created."""
        name = options.get("name")
        return (f"{self.plural}/{name}",) if name and options.get("state") != "absent" else ()

    def bearers_of(self, run: Context, name: str) -> list[Json]:
        """The objects that only a name would distinguish from one of this name."""
        return [raw for raw in self.search(run) if raw.get("name") == name]

    def age_of(self, raw: Json) -> tuple[str, str]:
        """What orders objects by their creation, the oldest first."""
        return str(raw.get("created") or raw.get("created_at") or ""), self.id_of(raw)

    def doing(self, found: Json) -> str:
        """What the platform is doing with an object beside its status, for people; empty if nothing shows it."""
        return ", ".join(str(found[name]) for name in self.doing_fields if found.get(name))

    def check(self, run: Context) -> None:
        """Refuse bad options before anything is sent."""
        refuse_outer_spaces(run.options, "name", "; some services of the platform remove them")
        refuse_outer_spaces(run.options, "id")
        if run.options.get("state") == "absent":
            return  # what another tool made may be longer than the reference allows, and can be deleted
        for field in self.fields:
            if field.option is not None:
                field.check_length(run.options.get(field.name))

    def accepts_absence(self, run: Context) -> bool:
        """Whether all is as wanted where there is no object, although the state is not `absent`."""
        return False

    def desired(self, run: Context, current: Observation) -> Json:
        """The options that are given, names turned into ids."""
        return {field.name: run.wanted(field, current) for field in self.fields if field.option is not None}

    def look_closer(self, run: Context, current: Observation, desired: Json) -> Observation:
        """The object with what else has to be read of it, now that it is known what is wanted."""
        return current

    def kinds_named(self, run: Context, found: Json) -> list[Reference]:
        """The kinds whose lists a plan needs in any case, because the options name others than an object has."""
        return kinds_named(self.fields, run.options, found)

    def complete_creation(self, run: Context, current: Observation, desired: Json) -> Json:
        """What is wanted of a new object, with all that has to be looked up for it; see create_steps()."""
        return desired

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        """The names of the properties that are not as wanted."""
        return comparison.changes(self.fields, run, current, desired)

    def is_updatable(self, run: Context, field: Field, current: Json, desired: Json) -> bool:
        """Whether a field can be changed in place, and not only with `replace`."""
        return field.updatable

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        """Refuse what the platform cannot do with the object as it is, or the options forbid, before a plan is made.

        Args:
            current: false where a new object is to be made.
            desired: None where the object is to be deleted.
            changes: the properties that are to be changed in place.
        """

    def initial_values(self, run: Context) -> Json:
        """What a new object gets where the options say nothing."""
        return {field.name: field.create_default for field in self.fields if field.create_default is not None}

    def missing(self, run: Context, desired: Json) -> list[str]:
        """The options without which a new object cannot be made."""
        return [field.name for field in self.fields if field.required and desired.get(field.name) is None]

    def taken_over(self, run: Context, current: Observation) -> Json:
        """The values of an object, by field, that its successor gets where the options say nothing."""
        settable = [field for field in self.fields if field.option is not None and field.name != "id"]
        return {field.name: field.of_user(current.get(field.name)) for field in settable}

    def error_reason(self, current: Json) -> t.Optional[str]:
        """Why an object that exists is of no use, in the platform's words; None for a sound one."""
        return None

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        """The object as it will be; lists and dictionaries add to what is there unless they purge it."""
        return comparison.predict(self.fields, run, current, desired)

    def options_of_successor(self, run: Context, plan: Plan) -> Json:
        """The options that find what takes the place of an object: it has another id, and what it takes over."""
        after = plan.after or {}
        taken_over = {name: after.get(name) for name in plan.asked if run.options.get(name) is None}
        return {**run.options, **taken_over, "id": None}

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        """The steps that make an object; `current` is the one that it takes the place of, if there is one."""
        body = {self.name: self.body(desired)} if self.wraps_body else self.body(desired)
        return [Step("create", self.create_operation, body=body, creates=True)]

    def body(self, desired: Json) -> Json:
        """The members of a new object, as the API wants them."""
        body: Json = {}
        for field in self.fields:
            if field.option is not None and desired.get(field.name) is not None:
                field.write(body, desired[field.name])
        return body

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        """The steps that make `changes` (names of fields that can be changed in place, perhaps none)."""
        return []

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        if self.delete_operation is None:
            raise AssertionError(f"{self.name} always exists, and was asked to be absent")
        return [Step("delete", self.delete_operation, wait=Wait(gone) if self.wait_timeout else None)]

    def side_effects(self, run: Context, plan: Plan) -> t.Iterable[check_memory.Effect]:
        """What a plan changes of other objects, for the tasks after a checked one: the id of each, and its new values.

        Without an id it is a new object, without values one that goes.
        """
        return ()

    def demand(self, run: Context, plan: Plan) -> dict[str, int]:
        """What the object of a plan takes of the project's quota, by the keys of room()."""
        return {}

    def quota_headroom(self, run: Context) -> dict[str, Room]:
        """What the quota of the project has room for; nothing where no bounds exist or are returned."""
        return {}

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        """What to wait for before anything can be done to an object that is still busy."""
        return None

    def work_in_the_way(self, run: Context, plan: Plan) -> t.Optional[tuple[Json, Wait]]:
        """What the platform is still at that a plan has to wait for, on another object than its own: it, and the wait.

        When that has ended, the object is looked for again, and another plan is made.
        """
        return None
