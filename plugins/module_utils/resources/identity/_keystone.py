# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What projects and users have in common in Keystone: domains, in which names are unique, and partial updates."""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.tokens import looks_like_id
from ...model.context import Context
from ...model.field import Field
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from ...model.reference import Reference

DOMAINS = Operation("domain-list", "GET", "/os/kinton/v1/v3/domains")
DOMAIN_KIND = Reference("domain", DOMAINS, "domains")
#: the id of the domain that every installation has
DEFAULT_DOMAIN = "default"


def domain_id(run: Context, entries: t.Iterable[Json] = ()) -> str:
    """The id of the domain that the options name; no list is read for the default one, and for an id among entries."""
    wanted = run.options.get("domain") or DEFAULT_DOMAIN
    if wanted == DEFAULT_DOMAIN or any(entry.get("domain_id") == wanted for entry in entries):
        return wanted
    try:
        return run.resolve(DOMAIN_KIND, wanted, "domain")
    except CloudError as error:
        if error.status not in (403, 404) or not looks_like_id(wanted):
            raise
        return wanted


def in_domain(run: Context, entries: list[Json], name: t.Optional[str]) -> list[Json]:
    """The entries that may be meant by a name: those of other domains are not."""
    named = [entry for entry in entries if name and entry.get("name") == name]
    if not named:
        return []
    domain = domain_id(run, entries)
    return [entry for entry in named if entry.get("domain_id") in (None, domain)]


def bearers_of(entries: list[Json], name: str, own_id: t.Optional[str]) -> list[Json]:
    """The entries of a name in the domain of the one that has this id."""
    domain = next((entry.get("domain_id") for entry in entries if entry.get("id") == own_id), None)
    return [entry for entry in entries if entry.get("name") == name and entry.get("domain_id") == domain]


def patch(operation: Operation, wrapper: str, fields: t.Sequence[Field], wanted: Json) -> Step:
    """The step that changes these fields, and no others; nothing shows whether a secret was changed."""
    body: Json = {}
    for field in fields:
        if field.name in wanted:
            field.write(body, wanted[field.name])
    shown = [field for field in fields if field.name in wanted and field.shown]
    proof = Wait(functools.partial(_shows, shown, wanted)) if shown else None
    return Step("update", operation, body={wrapper: body}, proof=proof, unobservable=not shown)


def _shows(fields: t.Sequence[Field], wanted: Json, seen: t.Optional[Json]) -> Outcome:
    differs = not seen or any(field.differs(seen.get(field.name), wanted[field.name]) for field in fields)
    return PENDING if differs else READY
