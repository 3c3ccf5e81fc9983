# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a module is, apart from how it is run: its options, and what it does with them.

The ordinary module (run.py) and the action plugin run the same definitions; both turn failures into results here.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ..cloud.client import Client
from ..cloud.errors import CloudError, ValueForPath
from ..cloud.json_types import Json
from ..cloud.placeholders import unnumbered
from ..cloud.secrets import secrets_in
from ..cloud.web_source import secrets_of
from ..engine import outcomes, plan_file
from ..model.check_memory import CheckMemory
from ..model.context import Context
from ..model.indexed import drop_old
from ..model.known_names import KnownNames
from ..model.progress import Progress
from ..model.shared_lists import SHARED_SECONDS
from . import argument_spec, misspelling, option_checks


@dataclasses.dataclass(frozen=True)
class ModuleDefinition:
    """A module: its argument spec, the constraints between its options, and its work.

    Attributes:
        spec: argument spec, the connection included.
        work: takes a run, returns a task result; raises CloudError.
        constraints: mutually_exclusive, required_together, … in the words of AnsibleModule.
        paths: options that are, or have the query of, an address, which may have secrets in it.
        secret_containers: options whose values may hold secrets under keys that say so.
        filters: options that choose among objects.
        members: argument specs of the objects in lists of objects, by option.
        defaults: argument spec of the members of `defaults`.
        lines: the lines of text in its result that the task shows to people, by their key.
    """

    spec: Json
    work: t.Callable[[Context], Json]
    constraints: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    secret_containers: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    filters: t.Collection[str] = ()
    members: t.Mapping[str, misspelling.Spec] = dataclasses.field(default_factory=dict)
    defaults: misspelling.Spec = dataclasses.field(default_factory=dict)
    lines: str = ""

    def secrets(self, params: t.Mapping[str, t.Any]) -> list[t.Any]:
        """The values of the options that must not be shown."""
        values = {name: params.get(name) for name in self.secret_containers}
        return [*argument_spec.secret_values(self.spec, params), *secrets_in(values), *self._secrets_of_paths(params)]

    def _secrets_of_paths(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        for name in self.paths:
            yield from secrets_of(params.get(name))

    def given(self, params: t.Mapping[str, t.Any]) -> Json:
        """The options as its argument spec may take them; see option_checks.given()."""
        found = option_checks.given(self.spec, params, elsewhere=self._in_defaults)
        for option, spec in self.members.items():
            option_checks.check_members(option, spec, found.get(option))
        if self.defaults and isinstance(found.get("defaults"), dict):
            option_checks.given(self.defaults, found["defaults"], "defaults")
        return found

    @property
    def _in_defaults(self) -> misspelling.Spec:
        return {f"defaults.{name}": rules for name, rules in self.defaults.items()}

    def check(self, params: t.Mapping[str, t.Any]) -> None:
        """Refuse validated options that cannot be used; see option_checks.check()."""
        option_checks.check(self.spec, params, self.constraints.get(argument_spec.EXCLUSIVE, ()), self.filters)

    @property
    def all_constraints(self) -> Json:
        """The constraints of the module, but for those that check() looks at."""
        return argument_spec.for_validator(self.constraints)


def execute(
    entry: ModuleDefinition,
    client: Client,
    params: t.Mapping[str, t.Any],
    check_mode: bool,
    show_diff: bool,
    verbosity: int,
    report: t.Optional[t.Callable[[str], None]] = None,
    memory: t.Optional[CheckMemory] = None,
    is_one_of_many: bool = False,
    known: t.Optional[KnownNames] = None,
) -> Json:
    """Run an entry with validated options and return a task result of plain types.

    Args:
        report: shows a line to people while the task runs, where that is possible.
        memory: what earlier tasks of a checked play would have done; None where each of them has really been done.
        is_one_of_many: whether it is an item of a loop, whose client others of them use.
        known: the names of other objects that the tasks of a play share, where they do.
    """
    client.redactor.add(entry.secrets(params))
    drop_old(client.lookups, SHARED_SECONDS)  # an earlier item of a loop may have waited long
    sent, retries, notices = collections.Counter(client.requests), len(client.retries), len(client.notices)
    progress = Progress(report if params.get("progress", True) else None, client.redactor.text)
    run = Context(
        client,
        params,
        check_mode,
        shows_diff=show_diff,
        progress=progress,
        memory=memory,
        is_one_of_many=is_one_of_many,
        known=known,
    )
    try:
        result = entry.work(run)
    except ValueForPath as error:
        option = next((name for name, value in params.items() if value == error.value), error.parameter)
        result = outcomes.failure(run, error.named(option))
    except CloudError as error:
        result = outcomes.failure(run, error)
    if memory and check_mode:
        result = unnumbered(result)
    if (
        check_mode
        and result.get("changed")
        and not result.get("failed")
        and plan_file.is_comparison(params.get("plan_file"))
    ):
        result["changed"] = False  # else the recap would count it beside the run that follows
    if len(client.notices) > notices:
        result["warnings"] = list(dict.fromkeys([*result.get("warnings", ()), *client.notices[notices:]]))
    if not show_diff:
        result.pop("diff", None)
    if verbosity >= 1 and len(client.retries) > retries:
        result["retries"] = client.retries[retries:]
    if verbosity >= 1 and run.journal.remarks:
        result["remarks"] = list(dict.fromkeys(run.journal.remarks))
    if verbosity >= 2:
        result["requests"] = dict(client.requests - sent)
    return result


def failure(error: CloudError) -> Json:
    """The result of a task that could not even begin."""
    return {"failed": True, "changed": False, **error.as_result()}
