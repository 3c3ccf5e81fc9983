# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What projects and users have in common in Keystone.

Their names are unique in a domain, updates are partial, and what CloudOS assigns to them is no part of them.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.tokens import looks_like_id
from ...model.context import Context
from ...model.field import Field
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from ...model.reference import Reference
from ...model.resource import Resource
from ..infrastructure import references as zones
from . import _user_roles

DOMAINS = Operation("domain-list", "GET", "/os/kinton/v1/v3/domains")
DOMAIN_KIND = Reference("domain", DOMAINS, "domains", known_members=())
#: the id of the domain that every installation has
DEFAULT_DOMAIN = "default"


class KeystoneResource(Resource):
    """A project or a user.

    Attributes:
        assigned: the option for what is assigned to it. That is only read where it is needed.
    """

    assigned: str
    shares_list = True

    def assigned_to(self, run: Context, object_id: str) -> list[t.Any]:
        """What the platform has assigned to an object, as the option writes it.

        Raises:
            CloudError: the platform does not know of such assignments (404, 405), or refuses to list them.
        """
        raise NotImplementedError

    def read(self, raw: Json) -> Json:
        return {**super().read(raw), self.assigned: None}

    def find(self, run: Context) -> Observation:
        found = super().find(run)
        if not found or not self.reads(run, self.assigned):
            return found
        try:
            return found.changed({self.assigned: self.assigned_to(run, found["id"])})
        except CloudError as error:
            if error.status not in (404, 405) or run.options.get(self.assigned) is not None:
                raise
            return found.changed({self.assigned: []})

    def reads(self, run: Context, name: str) -> bool:
        """What is assigned has to be known before an object goes, too."""
        return super().reads(run, name) or run.options.get("state") == "absent" or bool(run.options.get("replace"))

    def invalidate(self, run: Context) -> None:
        super().invalidate(run)
        for kind in (_user_roles.ASSIGNMENT_KIND, zones.ASSIGNMENT_KIND):
            run.client.lookups.pop(kind.noun, None)

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        """A name means one in the domain of the options."""
        if not run.options.get("id"):
            entries = _in_domain(run, entries, run.options.get("name"))
        return super().select_one(run, entries)

    def bearers_of(self, run: Context, name: str) -> list[Json]:
        """Those in the domain of the object that has the id of the options."""
        entries, own_id = self.search(run), run.options.get("id")
        domain = next((entry.get("domain_id") for entry in entries if entry.get("id") == own_id), None)
        return [entry for entry in entries if entry.get("name") == name and entry.get("domain_id") == domain]


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


def _in_domain(run: Context, entries: list[Json], name: t.Optional[str]) -> list[Json]:
    """The entries that may be meant by a name: those of other domains are not."""
    named = [entry for entry in entries if name and entry.get("name") == name]
    if not named:
        return []
    domain = domain_id(run, entries)
    return [entry for entry in named if entry.get("domain_id") in (None, domain)]


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
