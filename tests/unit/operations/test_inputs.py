# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever stands in the options of a module ends in a result or in an error that is one, never in a crash."""

from __future__ import annotations

import contextlib
import importlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from integration import test_matrix as matrix
from unit.clock import Clock
from unit.operations.player import CONNECTION

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec, connection_options
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute
from simulator import Simulator
from simulator.contract import Contract
from simulator.errors import ApiError

# Of each module; with other seeds and some hundred sets, what is found once is found here.
SETS = 12

TEXTS = (
    *("", " ", "a", "x" * 300, "文字", "a b", "a/b", "..", "a?b#c", "%", "\n", "a\0b", "null", "0", "-1", "detail"),
    *(
        "count-limit",
        "é" * 70,
        "00000000-0000-4000-8000-000000000001",
        "ACTIVE",
        "x" * 9000,
        "a\\b",
        "{{x}}",
        "10.0.0.1",
    ),
    *("x\ud800", "nan", "1e400", "2026-01-31T00:00:00Z"),
)
NUMBERS = (0, 1, -1, 7, 2**31, 2**62, 10**400, 10**5000, float("inf"), float("nan"), "1e400", "x", 0.5)
MEMBERS = (*TEXTS[:6], *NUMBERS[:4], True, None, [], {}, {"a": 1}, [1], b"\x1f", float("nan"), 10**5000)


@pytest.fixture
def breaches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the contract refuses of the requests that are sent."""
    found: list[str] = []
    check = Contract.check_request

    def noted(self: Contract, *request: Any) -> None:
        try:
            check(self, *request)
        except ApiError as error:
            found.append(error.message)
            raise

    monkeypatch.setattr(Contract, "check_request", noted)
    return found


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with pytest.MonkeyPatch.context() as patch, Simulator(build_seconds=0.1, action_seconds=0.1) as simulator:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield simulator


class Options:
    """Random options: mostly of their types, sometimes not."""

    def __init__(self, seed: str, folder: Path) -> None:
        self._random, self._folder = random.Random(seed), folder

    def some_of(self, spec: dict[str, Any], case: matrix.Case | None) -> dict[str, Any]:
        chosen = dict(case.create) if case and self._random.random() < 0.8 else {}
        names = self._random.sample(sorted(spec), min(len(spec), self._random.choice((0, 1, 1, 2, 3, 5))))
        required = [name for name, rules in spec.items() if rules.get("required") and name not in chosen]
        return {**chosen, **{name: self.value(spec[name]) for name in [*names, *required]}}

    def value(self, rules: dict[str, Any]) -> Any:
        kind, choose = rules.get("type", "str"), self._random.choice
        if self._random.random() < 0.04:
            return choose(MEMBERS)
        if kind == "list":
            return [self.value({**rules, "type": rules.get("elements", "str")}) for _n in range(choose((0, 1, 1, 2)))]
        if rules.get("choices") and self._random.random() < 0.9:
            return choose(list(rules["choices"]))
        if kind == "dict" and rules.get("options"):
            members = rules["options"].items()
            return {name: self.value(own) for name, own in members if own.get("required") or choose((True, False))}
        if kind == "dict":
            return {choose((*TEXTS[:8], "key")): choose(MEMBERS) for _n in range(choose((0, 1, 2)))}
        simple = {
            "int": NUMBERS,
            "float": NUMBERS,
            "bool": (True, False),
            "raw": MEMBERS,
            "path": (str(self._folder / "image.raw"), str(self._folder / "new"), "", "/dev/null", "a\0b"),
        }
        return choose(simple.get(kind, TEXTS))


@pytest.mark.parametrize("module", matrix.ALL)
def test_random_options_end_in_a_result_or_in_an_error_that_is_one(
    module: str, cloud: Simulator, tmp_path: Path, breaches: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # for files with names by chance
    entry = importlib.import_module(f"{matrix.NAMESPACE}.{module}").DEFINITION
    case = matrix.load(module, tmp_path) if (matrix.CASES / f"{module}.yml").exists() else None
    own = {name: rules for name, rules in entry.spec.items() if name not in connection_options.CONNECTION}
    made = Options(module, tmp_path)
    for _set in range(SETS):
        cloud.reset()
        for record in case.seeds if case else ():
            cloud.seed(**record)
        given = {**CONNECTION, "api_url": cloud.url, "api_retries": 0, **made.some_of(own, case)}
        with contextlib.suppress(CloudError):
            validated = ArgumentSpecValidator(entry.spec, **entry.all_constraints).validate(entry.given(given))
            if validated.error_messages:
                continue
            entry.check(validated.validated_parameters)
            with (
                contextlib.closing(Client(argument_spec.connection(validated.validated_parameters))) as client,
                Clock(cloud).installed(),
            ):
                result = execute(entry, client, validated.validated_parameters, False, True, 0)
            json.dumps(result, ensure_ascii=False, allow_nan=False).encode()
        blank = [entry["path"] for entry in cloud.log() if "//" in entry["path"] or entry["path"].endswith(("/", " "))]
        assert not blank, given
        assert not breaches, (breaches, given)
