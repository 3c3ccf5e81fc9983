# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is, apart from how it is run: its options, and what it does with them.

The ordinary module (module.py) and the action plugin run the same entries; both turn failures into results here.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from . import engine, options
from .check_memory import CheckMemory
from .client import Client
from .errors import CloudError
from .placeholders import unnumbered
from .resource import Resource
from .run import Run
from .secrets import secrets_in


@dataclasses.dataclass(frozen=True)
class Entry:
    """A module: its argument spec, the constraints between its options, and its work.

    Attributes:
        spec: argument spec, the connection included.
        work: takes a run, returns a task result; raises CloudError.
        constraints: mutually_exclusive, required_together, … in the words of AnsibleModule.
        free_form: options whose values may hold secrets under keys that say so.
    """

    spec: dict
    work: t.Callable[[Run], dict]
    constraints: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    free_form: tuple[str, ...] = ()

    def secrets(self, params: t.Mapping[str, t.Any]) -> list[t.Any]:
        """The values of the options that must not be shown."""
        return [*options.secret_values(self.spec, params), *secrets_in([params.get(name) for name in self.free_form])]

    @property
    def all_constraints(self) -> dict:
        """The constraints of the module and of the connection together."""
        merged: dict[str, t.Any] = {name: list(rules) for name, rules in options.CONNECTION_CONSTRAINTS.items()}
        for name, rules in self.constraints.items():
            merged[name] = {**rules} if isinstance(rules, dict) else [*merged.get(name, []), *rules]
        return merged


def state_module(resource: Resource) -> Entry:
    """The module that brings one object of a resource to its wanted state."""
    return Entry(
        options.state_spec(resource),
        lambda run: engine.converge(resource, run),
        options.state_constraints(resource),
        free_form=tuple(field.name for field in resource.fields if field.secret_keys),
    )


def info_module(resource: Resource) -> Entry:
    """The module that lists the objects of a resource."""
    return Entry(options.info_spec(resource), lambda run: engine.gather(resource, run))


def execute(
    entry: Entry,
    client: Client,
    params: t.Mapping[str, t.Any],
    check_mode: bool,
    show_diff: bool,
    verbosity: int,
    tell: t.Optional[t.Callable[[str], None]] = None,
    memory: t.Optional[CheckMemory] = None,
) -> dict:
    """Run an entry with validated options and return a task result of plain types.

    Args:
        tell: shows a line to people while the task runs, where that is possible.
        memory: what earlier tasks of a checked play would have done; None where each of them has really been done.
    """
    client.redactor.add(entry.secrets(params))
    sent, retries = collections.Counter(client.requests), len(client.retries)
    run = Run(client, params, check_mode, tell, memory)
    try:
        result = entry.work(run)
    except CloudError as error:
        result = engine.failure(run, error)
    if memory and check_mode:
        result = unnumbered(result)
    if not show_diff:
        result.pop("diff", None)
    if verbosity >= 1 and len(client.retries) > retries:
        result["retries"] = client.retries[retries:]
    if verbosity >= 2:
        result["requests"] = dict(client.requests - sent)
    return result


def failure(error: CloudError) -> dict:
    """The result of a task that could not even begin."""
    return {"failed": True, "changed": False, **error.as_result()}
