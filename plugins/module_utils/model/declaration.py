# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a kind of object declares: its names, its operations, its fields, and what is special about it."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.operation import Operation
from .field import Field
from .reference import Reference


@dataclasses.dataclass(frozen=True)
class Filter:
    """A filter that the API itself knows: its query parameter, its argument spec, the kind of object that it names."""

    parameter: str
    spec: t.Mapping[str, t.Any] = dataclasses.field(default_factory=lambda: {"type": "str"})
    reference: t.Optional[Reference] = None


class Declaration:
    """What a kind of object declares. A resource sets what differs from these values."""

    #: the key of results, and what the API wraps one object and lists into
    name: str
    plural: str
    wrapper: t.Optional[str] = None
    list_key: t.Optional[str] = None
    #: whether the body of a new object is wrapped, too
    wraps_body = True
    fields: tuple[Field, ...]
    list_operation: Operation
    get_operation: t.Optional[Operation] = None
    #: a list of nothing but ids and names
    short_list_operation: t.Optional[Operation] = None
    create_operation: Operation
    #: None for an object that always exists
    delete_operation: t.Optional[Operation] = None
    #: parameter of the paths that takes the id, and the field that holds it
    id_param: str
    id_field = "id"
    #: the options that identify the object
    identified_by: tuple[str, ...] = ("name", "id")
    #: what `state` can be; an object that always exists has no `absent`
    states: tuple[str, ...] = ("present", "absent")
    #: the field that people read to see how it is
    status_field = "status"
    #: whether the items of a loop share one list read, until one of them writes or it is some seconds old
    shares_list = False
    #: whether a write to an object leaves the others as that list has them
    listed_apart = False
    #: whether what the items of a loop name, and would read one by one, may be confirmed by one list
    loops_share_list = False
    #: whether the answer to a write is the whole object as lists have it, so that the shared list goes on
    answers_whole = False
    #: member that holds the owning project ("a/b" is b inside of a), where a list shows objects of other projects too
    owner_path = ""
    #: what the platform may answer when it is asked for an object that is not there
    not_found_statuses: frozenset[int] = frozenset({404})
    #: whether it is deleted whatever it is busy with: what hangs or fails on its way would never go otherwise
    deleted_at_any_time = False
    #: the hint where the platform refuses to delete it
    delete_hint: t.Optional[str] = None
    #: the hint where the platform says that a new one is in conflict with something
    conflict_hint = "Something of that name may exist already, perhaps where this user cannot see it."
    #: what is lost with an object that is replaced, for people, and what else but the ID its successor gets anew
    lost_with_it = ""
    renewed: tuple[str, ...] = ()
    #: whether the platform takes a second one of a name, so that a new one may have a namesake of the same moment
    may_have_namesakes = False
    #: the options whose values the platform changes by itself, on the way from one to another
    moves_by_itself: frozenset[str] = frozenset({"power_state", "provision_state"})
    #: fields that show what the platform is doing with it, beside its status
    doing_fields: tuple[str, ...] = ()
    #: seconds to wait for it at most, None where nothing is to be waited for
    wait_timeout: t.Optional[int] = None
    #: `limit` to send when listing, where the reference has that parameter
    page_size: t.Optional[int] = None
    #: further options of the state module, as an argument spec
    more_options: t.Mapping[str, t.Any] = {}
    #: those of them whose values may hold secrets, under keys that say so
    secret_options: tuple[str, ...] = ()
    #: those of its options that can be URLs, which may have secrets in them
    url_options: tuple[str, ...] = ()
    #: filters of the read-only module that the API itself knows, by option
    filters: t.Mapping[str, Filter] = {}
    #: further options of the read-only module, as an argument spec
    more_info_options: t.Mapping[str, t.Any] = {}
    #: constraints of the state module, in the words of AnsibleModule (mutually_exclusive, required_if, …)
    constraints: t.Mapping[str, t.Any] = {}
    #: whether a new object gets the id that the user gives
    accepts_client_id = False
    #: whether a fleet of them can be made by number, alike but for their names
    supports_count = False
    #: whether each project has its own, so that all of them are found project by project
    of_project = False
    #: the options within which a name means one object, where several may bear it
    named_within: tuple[str, ...] = ()
    #: the options that may name other new objects of the kind, which have to be made without them before
    made_without: tuple[str, ...] = ()
    #: the fields that identify an object, where its id does not
    keyed_by: tuple[str, ...] = ()
    #: the fields that are only read where the options name them
    read_if_asked: frozenset[str] = frozenset()
    #: the fields that check mode notes as objects of their own
    noted_apart: frozenset[str] = frozenset()
    #: what a description of a cloud calls the list of them, if not by their plural
    described_as = ""
