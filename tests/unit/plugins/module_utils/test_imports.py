# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The layers of module_utils import in one direction, without a circle, and nothing hides an import."""

from __future__ import annotations

import ast
import graphlib
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[4] / "plugins" / "module_utils"
PACKAGE = "ansible_collections.h3c.cloudos.plugins.module_utils"

#: what each layer may import beside itself
MAY_IMPORT = {
    "cloud": set(),
    "model": {"cloud"},
    "engine": {"model", "cloud"},
    "module": {"engine", "model", "cloud"},
    "resources": {"model", "cloud"},
    "features": {"module", "engine", "resources", "model", "cloud"},
}

#: what the layers below the edge must not know
WITHOUT_ANSIBLE = {"model", "engine", "resources"}


def name_of(path: pathlib.Path) -> str:
    """cloud/client.py is cloud.client, and resources/compute/__init__.py is resources.compute."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {name_of(path): path for path in sorted(ROOT.rglob("*.py")) if path.parent != ROOT}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def imports_of(name: str) -> set[str]:
    """The modules of the collection that a module imports, wherever in it; others by their full names."""
    package = name if FILES[name].name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                origin = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                module = f"{origin}.{alias.name}".removeprefix(".")
                found.add(module if module.removeprefix(f"{PACKAGE}.") in FILES else origin)
    return {module.removeprefix(f"{PACKAGE}.") for module in found}


IMPORTS = {name: imports_of(name) for name in FILES}


def layer_of(name: str) -> str:
    return name.partition(".")[0]


def test_every_file_stands_in_a_layer():
    assert {layer_of(name) for name in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_is_below_it(layer):
    allowed = MAY_IMPORT[layer] | {layer}
    breaches = {
        f"{name} -> {module}"
        for name in FILES
        if layer_of(name) == layer
        for module in IMPORTS[name] & set(FILES)
        if layer_of(module) not in allowed
    }
    assert not breaches


def test_nothing_imports_in_a_circle():
    graph = {name: {module for module in IMPORTS[name] if module in FILES} - {name} for name in FILES}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_import_is_hidden_from_the_program():
    hiding = [name for name, tree in TREES.items() if any(_is_type_checking(node) for node in ast.walk(tree))]
    assert not hiding


def _is_type_checking(node: ast.AST) -> bool:
    return "TYPE_CHECKING" in (getattr(node, "id", None), getattr(node, "attr", None))


def test_what_describes_and_converges_does_not_know_ansible():
    knowing = {
        name
        for name in FILES
        if layer_of(name) in WITHOUT_ANSIBLE
        and any(layer_of(module) in ("ansible", "ansible_collections") for module in IMPORTS[name])
    }
    assert not knowing


def test_the_reading_of_imports_finds_them():
    """What the other tests are worth."""
    assert {"cloud.client", "model.check_memory", "model.reference"} <= IMPORTS["model.context"]
    assert {"engine.execution", "cloud.errors"} <= IMPORTS["engine.fleet.members"]
    assert "ansible.module_utils.basic" in IMPORTS["module.run"]


@pytest.mark.parametrize("path", sorted(pathlib.Path(__file__).parent.rglob("*.py")), ids=lambda path: path.name)
def test_tests_of_module_utils_do_without_the_controller(path):
    """ansible-test runs them where only Ansible's own module_utils are."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in modules if name.startswith("ansible.") and not name.startswith("ansible.module_utils")]
    assert not [name for name in modules if ".plugin_utils" in name]
