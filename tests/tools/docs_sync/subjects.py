# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules as subjects of documentation: what each is about, and where its texts are."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from unit.catalogue import RESOURCES

from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource

MODULES = Path(__file__).resolve().parents[3] / "plugins" / "modules"
NAMESPACE = "ansible_collections.h3c.cloudos.plugins"
COLLECTION = "h3c.cloudos."

STATE, INFO, FLEET, OTHER = "state", "info", "fleet", "other"


@dataclass(frozen=True)
class Subject:
    """What the documentation of a module is about.

    Attributes:
        name: of the module.
        kind: state, info or fleet module of a resource, or another one.
        spec: its argument spec.
        resource: None for a module that is about none.
        siblings: the other modules of the same resource.
    """

    name: str
    kind: str
    spec: Mapping[str, Any]
    resource: Resource | None = None
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """The texts of a module that are written by this command, at least in part."""

    documentation: str
    returned: str

    @classmethod
    def of(cls, source: str) -> Page:
        return cls(_found("DOCUMENTATION", source).group(1), _found("RETURN", source).group(1))

    def put_into(self, source: str) -> str:
        for name, text in (("DOCUMENTATION", self.documentation), ("RETURN", self.returned)):
            found = _found(name, source)
            source = f"{source[: found.start(1)]}{text}{source[found.end(1) :]}"
        return source


def subjects() -> list[Subject]:
    """All modules, those first from whose texts others follow."""
    names = sorted(path.stem for path in MODULES.glob("cloudos_*.py"))
    found = [subject(name, names) for name in names]
    return sorted(found, key=lambda one: (STATE, INFO, FLEET, OTHER).index(one.kind))


def subject(name: str, names: list[str]) -> Subject:
    spec = importlib.import_module(f"{NAMESPACE}.modules.{name}").DEFINITION.spec
    for resource in RESOURCES.values():
        family = {STATE: f"cloudos_{resource.name}", FLEET: f"cloudos_{resource.plural}"}
        family[INFO] = f"{family[STATE]}_info"
        if name in family.values():
            kind = next(kind for kind, module in family.items() if module == name)
            return Subject(name, kind, spec, resource, _siblings(kind, family, names))
    return Subject(name, OTHER, spec)


def inherited_options(documentation: str) -> dict[str, Any]:
    """The options that come from the documentation fragments that a module names."""
    options: dict[str, Any] = {}
    for name in yaml.safe_load(documentation).get("extends_documentation_fragment", []):
        file, _dot, variable = name.removeprefix(COLLECTION).partition(".")
        fragment = importlib.import_module(f"{NAMESPACE}.doc_fragments.{file}").ModuleDocFragment
        options.update(yaml.safe_load(getattr(fragment, (variable or "documentation").upper())).get("options", {}))
    return options


def _siblings(kind: str, family: Mapping[str, str], names: list[str]) -> tuple[str, ...]:
    order = {STATE: (FLEET, INFO), INFO: (STATE, FLEET), FLEET: (STATE, INFO)}[kind]
    return tuple(family[other] for other in order if family[other] in names)


def _found(name: str, source: str) -> re.Match[str]:
    """The text of a constant of a module."""
    found = re.search(rf'^{name} = r"""\n(.*?)^"""', source, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f'there is no {name} = r"""…"""')
    return found
