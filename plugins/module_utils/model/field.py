# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One property of a resource: its option, its names in the API, its type, and how it is compared."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..cloud.secrets import secrets_in, without_secrets
from .coercion import as_set, coerce, dig, to_wire
from .reference import Reference


@dataclasses.dataclass(frozen=True)
class Field:
    """One property of a resource.

    Attributes:
        name: the option, and the key in results.
        type: str, int, float, bool, list, dict or time (text): the type in which values are compared and returned.
        api: names of the member in the API, the first is the one that is sent; "a/b" is b inside of a.
        option: extras of the argument spec; None makes a read-only property.
        updatable: whether the API can change it in place.
        returned: whether the platform ever returns its value.
        secret: never returned, never compared.
        secret_keys: whether the members of a dictionary whose keys say so are secrets.
        sent_as: JSON type to send where it is not `type`.
        reference: the kind of object it names.
        create_default: what a new object gets when the option is not given.
        platform_default: what the platform gives a new object where nothing is sent; a description leaves it out, like
            `create_default`.
        required: whether a new object needs it.
        purged_by: the option that removes what stands beside the given entries; purge_<name> if nothing is said.
        whole: whether an option gives a list as a whole: what it does not name is removed, order means nothing.
        protected_keys: keys of a dictionary that belong to the platform and stay when the rest is purged.
        enum: what the values of an enumeration are called here, and what the platform calls them, as text.
        equals: how to compare values of this field where equality of the declared type is not enough.
        min_length: the least characters that the platform takes, of each entry of a list.
        max_length: the most characters that it takes, None where the reference sets no limit.
    """

    name: str
    type: str = "str"
    api: tuple[str, ...] = ()
    option: t.Optional[t.Mapping[str, t.Any]] = None
    updatable: bool = True
    returned: bool = True
    secret: bool = False
    secret_keys: bool = False
    sent_as: str = ""
    reference: t.Optional[Reference] = None
    create_default: t.Any = None
    platform_default: t.Any = None
    required: bool = False
    purged_by: str = ""
    whole: bool = False
    protected_keys: frozenset[str] = frozenset()
    enum: t.Mapping[t.Any, str] = dataclasses.field(default_factory=dict)
    equals: t.Optional[t.Callable[[t.Any, t.Any], bool]] = None
    min_length: int = 0
    max_length: t.Optional[int] = None

    @property
    def api_names(self) -> tuple[str, ...]:
        return self.api or (self.name,)

    @property
    def shown(self) -> bool:
        """Whether it stands in results and diffs."""
        return self.returned and not self.secret

    def read(self, raw: Json) -> t.Any:
        """The value in an object of the API, in the declared type; None where there is none."""
        for path in self.api_names:
            value = dig(raw, path)
            if value is not None:
                return self._in_words(value) if self.enum else self.redacted(coerce(value, self.type))
        return None

    def _in_words(self, value: t.Any) -> t.Any:
        """The word for a value of the platform; one that has none stays as it is."""
        value = coerce(value, "str")
        return next((word for word, meaning in self.enum.items() if meaning == value), value)

    def write(self, body: Json, value: t.Any) -> None:
        """Put a value into an object for the API, under the first of its names, in the JSON type that it wants."""
        *outer, last = self.api_names[0].split("/")
        for part in outer:
            body = body.setdefault(part, {})
        if self.enum:
            body[last] = to_wire(self.enum.get(value, value), self.sent_as or "str")
        else:
            body[last] = to_wire(value, self.sent_as or self.type)

    def redacted(self, value: t.Any) -> t.Any:
        """The value without the secrets in it."""
        return without_secrets(value) if self.secret_keys else value

    def check_length(self, value: t.Any) -> None:
        """Refuse a text that the platform would refuse for its length; the value itself is not repeated.

        Raises:
            OptionError: it is too short or too long.
        """
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str):
                continue
            if len(text) < self.min_length or (self.max_length is not None and len(text) > self.max_length):
                raise OptionError(f"{self.name}: {self._length_rule}")

    @property
    def _length_rule(self) -> str:
        if self.max_length is None:
            return f"the platform takes at least {self.min_length} characters."
        return f"the platform takes {self.min_length} to {self.max_length} characters."

    def holds_secret(self, value: t.Any) -> bool:
        """Whether a value of the user is a secret, or has one in it."""
        return value is not None and (self.secret or (self.secret_keys and any(secrets_in(value))))

    def of_user(self, value: t.Any) -> t.Any:
        """The value without what belongs to the platform in it."""
        if not self.protected_keys or not value:
            return value
        return {key: item for key, item in value.items() if key not in self.protected_keys}

    def goes_without_saying(self, value: t.Any) -> bool:
        """Whether a new object has this value, or none at all, if nothing is said."""
        if value is None or value in ({}, []):
            return True
        defaults = [
            list(default) if isinstance(default, tuple) else default
            for default in (self.create_default, self.platform_default)
        ]
        return value in [default for default in defaults if default is not None]

    def extra(self, current: t.Any, wanted: t.Any) -> bool:
        """Whether there is more than the wanted entries of a list or dictionary."""
        if wanted is None or self.type not in ("list", "dict"):
            return False
        return bool(as_set(list(current or [])) - as_set(list(wanted)) - self.protected_keys)

    def purged(self, current: t.Any, wanted: t.Any) -> t.Any:
        """What is left when all but the wanted entries are removed."""
        if not self.protected_keys or not isinstance(current, dict):
            return wanted
        return {**{key: value for key, value in current.items() if key in self.protected_keys}, **wanted}

    def differs(self, current: t.Any, wanted: t.Any) -> bool:
        """Whether the wanted value (None: not managed) is not what is there."""
        if wanted is None:
            return False
        current, wanted = coerce(current, self.type), self.redacted(coerce(wanted, self.type))
        if self.equals is not None:
            return not self.equals(current, wanted)
        if self.type == "dict":
            return any(
                coerce((current or {}).get(key), "str") != coerce(value, "str") for key, value in (wanted or {}).items()
            )
        if self.type == "list":
            return as_set(wanted) != as_set(current) if self.whole else not as_set(wanted) <= as_set(current)
        return bool(current != wanted)


def option(
    name: str, type: str = "str", api: t.Union[str, tuple[str, ...]] = (), spec: t.Optional[Json] = None, **more: t.Any
) -> Field:
    """A property that users can set; `spec` adds to its argument spec (choices, elements, …)."""
    return Field(name, type, (api,) if isinstance(api, str) else api, option=spec or {}, **more)


def alias(*names: str) -> Json:
    """The part of an argument spec that lets an option be given under other names, those of other collections."""
    return {"aliases": list(names)}


def computed(name: str, type: str = "str", api: t.Union[str, tuple[str, ...]] = ()) -> Field:
    """A property that only the platform sets."""
    return Field(name, type, (api,) if isinstance(api, str) else api)


def check_filled(options: t.Mapping[str, t.Any], names: t.Iterable[str]) -> None:
    """Refuse a blank text where an object is named or selected: it may select everything, or nothing.

    Raises:
        OptionError: one of these options is given, and blank.
    """
    for name in names:
        value = options.get(name)
        if isinstance(value, str) and not value.strip():
            raise OptionError(f"{name}: it is blank. Leave the option out, or give a value.")


def kinds_named(fields: t.Iterable[Field], options: t.Mapping[str, t.Any], found: Json) -> list[Reference]:
    """The kinds of those that options name, but for what an object has; what it does not show may be as wanted."""
    kinds = []
    for field in fields:
        value, known = options.get(field.name), found.get(field.name)
        if not field.reference or not value or (found and known is None):
            continue
        known = known if isinstance(known, list) else [known]
        if any(entry not in known for entry in (value if isinstance(value, list) else [value])):
            kinds.append(field.reference)
    return kinds


def read_object(fields: tuple[Field, ...], raw: Json) -> Json:
    """An object of the API as a result: declared keys, real types, no secrets."""
    plan = _plan(fields)
    found = dict(plan.empty)
    for value, (name, kind, read) in zip(map(raw.get, plan.names), plan.members):
        if value is not None:
            found[name] = (None if value == "" else value) if value.__class__ is kind else read(raw)
    for name, outer, member, kind, read in plan.inner:
        holder = raw.get(outer)
        if not isinstance(holder, dict):
            continue
        value = holder.get(member)
        if value is not None:
            found[name] = (None if value == "" else value) if value.__class__ is kind else read(raw)
    for name, read in plan.others:
        found[name] = read(raw)
    return found


def write_object(fields: tuple[Field, ...], found: Json) -> Json:
    """The reverse: a result, perhaps a part of one, as the API would return it."""
    raw: Json = {}
    for field in fields:
        value = found.get(field.name)
        if value is not None:
            field.write(raw, value)
        elif field.name in found and "/" not in field.api_names[0]:
            raw.setdefault(field.api_names[0], None)
    return raw


class _Plan(t.NamedTuple):
    """How the fields of an object are read. Lists are long, and most of what they hold stays as it is.

    A step has the name of the field, where its value stands (in `names`, if that is no member of a member), the type
    that stays as it is, and what reads any other.
    """

    fields: tuple[Field, ...]
    empty: dict[str, None]
    names: list[str]
    members: list[tuple[t.Any, ...]]
    inner: list[tuple[t.Any, ...]]
    others: list[tuple[t.Any, ...]]


# By the id of the tuple of fields, which the plan keeps so that the id stays its own.
_plans: dict[int, _Plan] = {}


_AS_RETURNED = {"str": str, "time": str, "int": int, "bool": bool}
_COPIED: t.Mapping[str, type[t.Any]] = {"list": list, "dict": dict}


def _plan(fields: tuple[Field, ...]) -> _Plan:
    plan = _plans.get(id(fields))
    if plan is None:
        shown = [field for field in fields if field.shown]
        plan = _Plan(fields, dict.fromkeys(field.name for field in shown), [], [], [], [])
        for field in shown:
            way = field.api_names[0].split("/")
            kind = None if field.enum or field.secret_keys else _AS_RETURNED.get(field.type)
            if len(field.api_names) > 1 or len(way) > 2:
                plan.others.append((field.name, field.read))
            elif len(way) == 2:
                plan.inner.append((field.name, *way, kind, field.read))
            else:
                plan.names.append(way[0])
                plan.members.append((field.name, kind, _reader(field)))
        _plans[id(fields)] = plan  # when it is complete: other threads may read, too
    return plan


def _reader(field: Field) -> t.Callable[[Json], t.Any]:
    """What reads a member: a copy of a list or dictionary that is of its type already, which most are."""
    name, kind = field.api_names[0], _COPIED.get(field.type)
    if kind is None or field.enum or field.secret_keys:
        return field.read

    def read(raw: Json) -> t.Any:
        value = raw[name]
        return value.copy() if value.__class__ is kind else field.read(raw)

    return read
