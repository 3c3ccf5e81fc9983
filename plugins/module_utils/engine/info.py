# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What read-only modules return."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..model.coercion import as_text
from ..model.context import Context
from ..model.declaration import Filter
from ..model.field import check_filled
from ..model.observation import Observation
from ..model.resource import Resource


def _filter_value(run: Context, name: str, option: Filter) -> t.Any:
    value = run.options.get(name)
    if isinstance(value, bool):
        return as_text(value)
    return run.resolve(option.reference, value, name) if value is not None and option.reference else value


def gather(resource: Resource, run: Context) -> Json:
    """The objects that match name, id and the API's own filters, as the result of a read-only module.

    They are read anew each time: who asks with `until` asks whether something has changed.
    """
    run = dataclasses.replace(run, memory=None)
    check_filled(run.options, ("id", "name", *resource.filters, *resource.more_info_options))
    resource.invalidate(run)
    if resource.short_list_operation and not run.options.get("detail", True):
        return {"changed": False, resource.plural: _short_list(resource, run, resource.short_list_operation)}
    query = {option.parameter: _filter_value(run, name, option) for name, option in resource.filters.items()}
    name = run.options.get("name")
    wanted_id = name if resource.id_field == "name" else run.options.get("id")
    if wanted_id and resource.get_operation:
        found = resource.fetch(run, Observation({resource.id_field: wanted_id}))
        objects: list[Json] = [dict(found)] if found and resource.belongs(found) else []
    else:
        objects = list(_listed(resource, run, query, wanted_id))
    objects = [found for found in objects if name is None or found["name"] == name]
    shown = resource.enrich_all(run, objects)
    return {"changed": False, resource.plural: shown, **resource.extra_results(run, shown)}


def _listed(resource: Resource, run: Context, query: t.Optional[Json], wanted_id: t.Optional[str]) -> t.Iterator[Json]:
    """The objects of a list, each as soon as its page has come; a copy takes as little memory as it can."""
    for batch in resource.batches(run, query):
        for raw in batch:
            found = resource.read(raw)
            if wanted_id is None or str(found[resource.id_field]) == wanted_id:
                yield dict(found)


def _short_list(resource: Resource, run: Context, operation: Operation) -> list[Json]:
    """Id and name of each object, from the list that has no more."""
    wanted = {name: run.options[name] for name in ("id", "name") if run.options.get(name) is not None}
    further = [name for name in resource.filters if run.options.get(name) is not None]
    further += [name for name in resource.more_info_options if run.options.get(name) != _default_of(resource, name)]
    if further:
        raise OptionError(f"{', '.join(further)}: not with detail: false; the short list has ids and names only.")
    entries = run.client.list_all(operation, resource.list_key or resource.plural)
    objects = [{"id": resource.id_of(entry), "name": entry.get("name")} for entry in entries]
    return [found for found in objects if wanted.items() <= found.items()]


def _default_of(resource: Resource, name: str) -> t.Any:
    return resource.more_info_options[name].get("default")
