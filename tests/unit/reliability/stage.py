# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the judges work: tasks in this process against one simulator, with a clock that nobody waits for."""

from __future__ import annotations

import collections
import functools
import importlib
import json
import os
import random
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from integration import test_matrix as matrix
from integration.harness import is_write
from unit.clock import Clock
from unit.reliability import stories

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec as connection_options
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import ModuleDefinition, execute
from ansible_collections.h3c.cloudos.plugins.plugin_utils.known_names import Board, BoardNames
from simulator import Simulator, seeds
from simulator.settings import Settings

SEED = os.environ.get("RELIABILITY_SEED", "1")
TRIALS = os.environ.get("RELIABILITY_TRIALS", "")
EVERYTHING = TRIALS == "all"

# How platforms differ in what they answer; what they refuse is no style.
STYLES: dict[str, dict[str, Any]] = {
    "reference": {},
    "openstack": {"shape": "openstack"},
    "other": {
        "flavor_id": "sent",
        "brief_limits": True,
        "transport_spelling": "transport_url",
        "node_secrets": "masked",
        "verify_resize": True,
        "max_limit": 2,
        "volumes_and_ports": "unlisted",
        "server_flavor": "embedded",
        "node_update": "members",
    },
}
# What this simulator can switch
STYLES = {name: {key: style[key] for key in style if hasattr(Settings, key)} for name, style in STYLES.items()}
# Modules that are of no use where the platform does not offer the lists of its volumes and ports
NEED_LISTS = frozenset({"cloudos_port", "cloudos_router"})
SPELLS = {"build_seconds": 1.5, "action_seconds": 1.0, "transition_seconds": 1.0, "lock_seconds": 0.5}

_API_TIMEOUT = 0.7  # seconds of real time
_GENEROUS_TIMEOUT = 30.0
_SECRETS = (seeds.ADMIN_PASSWORD, seeds.MANAGER_PASSWORD, "ipmi-password", "matrix-secret")
_NUMBER_AS_TEXT = re.compile(r'"(\d+(?:\.\d+)?)"')
# What differs each time that something is made
_VOLATILE = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)?"
    r"|\b\d{6,}(?:\.\d+)?\b"
    r"|\binstance-[0-9a-f]{8}\b"
    r'|(?<="admin_pass": )"[^"]*"'
)


def dice(*what: Any) -> random.Random:
    """Chance that is the same for the same seed and purpose, in whatever order tests run."""
    return random.Random("/".join(map(str, (SEED, *what))))


@dataclass(frozen=True)
class Done:
    """What became of a task: its result, and the requests as the simulator saw them."""

    result: dict[str, Any]
    log: list[dict[str, Any]]
    raw: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.raw) or bool(self.result.get("failed"))

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed"))

    @property
    def actions(self) -> list[Any]:
        """What was done; of a fleet, for each member."""
        members = self.result.get("results", [])
        return self.result.get("actions", [(one["name"], one["actions"]) for one in members if one["actions"]])

    def objects(self, key: str) -> list[Any]:
        """What the result has under the key of a resource, or of a fleet."""
        value = self.result.get(key)
        return value if isinstance(value, list) else [value]

    @property
    def message(self) -> str:
        return self.raw or str(self.result.get("msg", ""))

    @property
    def writes(self) -> list[dict[str, Any]]:
        return [entry for entry in self.log if is_write(entry)]


@dataclass(frozen=True)
class Saved:
    """What a stage can go back to."""

    objects: Any
    tokens: dict[Path, bytes]


class Stage:
    """One simulator, and tasks that are run against it."""

    def __init__(self, cloud: Simulator, clock: Clock, folder: Path) -> None:
        self.cloud, self.clock = cloud, clock
        self._cache = folder / "cache"
        self._cases = folder / "files"
        self._cases.mkdir(exist_ok=True)
        self._plain, self._needs_lists = cloud.settings(), False

    @property
    def names(self) -> dict[str, str]:
        """What files of test data may use as $NAMES."""
        return matrix.names(self._cases)

    def case(self, module: str) -> matrix.Case:
        return stories.load(module, self._cases)

    def turn_to(self, style: str) -> None:
        """Answer in some style from now on."""
        lists = {"volumes_and_ports": "listed"} if self._needs_lists else {}
        self.cloud.settings(**{**self._plain, **STYLES[style], **lists})

    def open(self, case: matrix.Case, style: str) -> None:
        """An empty cloud in some style, with what the objects of a case need around them."""
        self.cloud.reset()
        self._needs_lists = case.module in NEED_LISTS
        self.turn_to(style)
        for record in case.seeds:
            self.cloud.seed(**record)

    def save(self) -> Saved:
        """All objects, and the tokens that the collection keeps."""
        return Saved(self.cloud.save(), {path: path.read_bytes() for path in self._cache.rglob("*.json")})

    def restore(self, saved: Saved) -> None:
        self.cloud.restore(saved.objects)
        self.forget_tokens()
        for path, content in saved.tokens.items():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)

    def forget_tokens(self) -> None:
        shutil.rmtree(self._cache, ignore_errors=True)

    def run(
        self,
        module: str,
        options: Mapping[str, Any],
        check_mode: bool = False,
        hasty: bool = False,
        board: Board | None = None,
        client: Client | None = None,
    ) -> Done:
        """A task. What it raises is told, not raised.

        Args:
            hasty: whether it does not wait long for answers.
            board: what it shares with the tasks that have the same one.
            client: that of the loop whose item it is.
        """
        entry = entry_of(module)
        given = {**self._connection(_API_TIMEOUT if hasty else _GENEROUS_TIMEOUT), **options}
        validated = ArgumentSpecValidator(entry.spec, **entry.all_constraints).validate(given)
        self.cloud.clear_log()
        if validated.error_messages:
            return Done({"failed": True, "changed": False, "msg": "; ".join(validated.error_messages)}, [])
        with mock.patch.dict(os.environ, XDG_CACHE_HOME=str(self._cache)):
            own = client or Client(connection_options.connection(validated.validated_parameters))
            known = BoardNames(board, "one play") if board else None
            own.on_write = board.drop if board else own.on_write
            try:
                params = validated.validated_parameters
                result = execute(entry, own, params, check_mode, True, 0, is_one_of_many=bool(client), known=known)
                raw = ""
            except Exception as error:
                result, raw = {}, f"{type(error).__name__}: {error}"
            finally:
                own.close()
        return Done(result, self.cloud.log(), raw)

    def client(self) -> Client:
        """What the items of a loop share."""
        given = {**self._connection(_GENEROUS_TIMEOUT), "name": "any"}
        spec = entry_of("cloudos_server").spec
        return Client(connection_options.connection(ArgumentSpecValidator(spec).validate(given).validated_parameters))

    def _connection(self, timeout: float) -> dict[str, Any]:
        login = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin"}
        return {"api_url": self.cloud.url, **login, "api_retries": 2, "api_timeout": timeout}

    def settle(self) -> None:
        """Let all work come to its end, also that of requests whose client did not wait for it."""
        while any(entry["status"] is None and entry["fault"] in ("late", "delay") for entry in self.cloud.log()):
            time.sleep(0.01)
        for _part in range(4):
            self.cloud.advance(2)

    def state(self) -> str:
        """All objects of the platform, as text."""
        return json.dumps(self.cloud.state(), sort_keys=True, default=str, ensure_ascii=False)

    def hides_work(self) -> bool:
        """Whether a server is at work that the platform does not report.

        Only plain OpenStack has task states, and what is being attached stands in the lists of volumes and ports alone.
        """
        settings, state = self.cloud.settings(), self.cloud.state
        if settings["volumes_and_ports"] == "unlisted" and (
            any(volume["status"] == "attaching" for volume in state("volumes"))
            or any(port["status"] == "BUILD" for port in state("ports"))
        ):
            return True
        return settings["shape"] != "openstack" and any(
            server["task"] and server["status"] == server["rested"] for server in state("servers")
        )

    def awaits_confirmation(self) -> bool:
        """Whether a server has been resized and stays so until a run that finds it confirms that."""
        return any(server["status"] == "VERIFY_RESIZE" for server in self.cloud.state("servers"))

    def objects(self, known: frozenset[str] = frozenset()) -> collections.Counter[str]:
        """All objects of the platform, without what differs each time, unless it is known from before."""
        return collections.Counter(
            f"{kind}: {steady(json.dumps(record, sort_keys=True, default=str, ensure_ascii=False), known)}"
            for kind, records in self.cloud.state().items()
            for record in records
        )

    def tells_a_secret(self, done: Done) -> bool:
        text = json.dumps(done.result, default=str) + done.raw
        return any(secret in text for secret in _SECRETS)


def entry_of(module: str) -> ModuleDefinition:
    return importlib.import_module(f"{matrix.NAMESPACE}.{module}").DEFINITION


def steady(text: str, known: frozenset[str] = frozenset()) -> str:
    """A text without what differs each time; a number is the same as its text."""
    return _VOLATILE.sub(lambda match: match[0] if match[0] in known else "(new)", _NUMBER_AS_TEXT.sub(r"\1", text))


def volatile(text: str) -> frozenset[str]:
    return frozenset(_VOLATILE.findall(text))


def filled(value: Any, created: Mapping[str, Any]) -> Any:
    """Options of a journey with the id of what its first step made."""
    if isinstance(value, dict):
        return {name: filled(entry, created) for name, entry in value.items()}
    if isinstance(value, list):
        return [filled(entry, created) for entry in value]
    return str(created.get("id")) if isinstance(value, str) and value.startswith("{{ created.") else value


@dataclass
class Scenario:
    """One step of the journey of a case, and how it goes when nothing goes wrong.

    Attributes:
        before: what there is before it, for Stage.restore.
        state_before: the same as text.
        objects_after: what there is afterwards, as Stage.objects tells it.
        repeats: whether each run is a change.
    """

    module: str
    style: str
    name: str
    options: dict[str, Any]
    before: Saved
    done: Done
    state_before: str
    objects_after: collections.Counter[str]
    repeats: bool = False

    @functools.cached_property
    def known(self) -> frozenset[str]:
        return volatile(self.state_before)

    @property
    def requests(self) -> Sequence[Mapping[str, Any]]:
        return self.done.log


def scenarios(stage: Stage, module: str, style: str, cold: bool = False) -> list[Scenario]:
    """The steps of a module's journey, each played once. A plain OpenStack does not have all of them."""
    case = stage.case(module)
    stage.open(case, style)
    stage.forget_tokens()
    steps, repeats = stories.steps(case), getattr(case, "repeats", False)
    stage.run(module, case.means(case.create) or steps[0].options, check_mode=True)
    found, created = [], {}
    for step in steps:
        stage.settle()
        if cold:
            stage.forget_tokens()
        before, state = stage.save(), stage.state()
        options = filled(step.options, created)
        done = stage.run(module, options)
        if done.failed and style == "openstack":
            stage.restore(before)
            continue
        assert not done.failed, f"{style}: {module}: {step.name} does not work at all: {done.message}"
        if step.name == "create":
            created = done.result[case.resource] or {}
        stage.settle()
        objects = stage.objects(volatile(state))
        found.append(Scenario(module, style, step.name, options, before, done, state, objects, repeats))
    return found
