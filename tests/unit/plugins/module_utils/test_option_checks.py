# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no module can use is refused for all options of all modules, by name, before anything is sent."""

from __future__ import annotations

import importlib
import os
import pkgutil
import socket
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.h3c.cloudos.plugins import modules
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec, connection_options, option_checks
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import ModuleDefinition
from ansible_collections.h3c.cloudos.plugins.module_utils.module.templates import without_templates
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER as RESOURCE

ENTRIES: dict[str, ModuleDefinition] = {
    module.name: importlib.import_module(f"{modules.__name__}.{module.name}").DEFINITION
    for module in pkgutil.iter_modules(modules.__path__)
}
LONE = "x\ud800y"
TOO_MUCH = ("1e400", "inf", "-inf", "nan", float("inf"), float("nan"), 10**400, 10**5000, "1e999999999", -(2**63))


def refusal(work: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(OptionError) as caught:
        work(*arguments, **more)
    message = str(caught.value)
    assert message.isprintable() and message.encode()
    return message


# --- what an argument spec would make something else of ---------------------------------------------------------


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_every_option_of_every_module_refuses_what_cannot_be_sent(entry: ModuleDefinition) -> None:
    for name, rules in entry.spec.items():
        kind = rules.get("type", "str")
        for value, word in ((LONE, "surrogate"), (b"\x1f", "bytes"), ({"a": [LONE]}, ""), ([{LONE: 1}], "")):
            message = refusal(entry.given, {name: value})
            assert message.startswith(name) and word in message
        assert refusal(entry.given, {name: {"a": [float("inf")]}}).startswith(name)
        if kind in ("str", "path"):
            assert refusal(entry.given, {name: {"a": 1}}).startswith(f"{name}: must be a text, not a dictionary. The f")
            assert refusal(entry.given, {name: [1]}).startswith(f"{name}: must be a text, not a list. The filter to_js")
        if kind in ("int", "float"):
            for value in TOO_MUCH:
                assert refusal(entry.given, {name: value}).startswith(f"{name}: ")


def test_members_are_named_with_their_way() -> None:
    spec = {
        "networks": {"type": "list", "elements": "dict", "options": {"id": {"type": "str"}, "vlan": {"type": "int"}}}
    }
    wrong = {"networks[1].id": {"id": {"a": 1}}, "networks[1].vlan": {"vlan": "1e400"}}
    for where, member in wrong.items():
        assert refusal(option_checks.given, spec, {"networks": [{"id": "a"}, member]}).startswith(f"{where}: ")
    assert refusal(option_checks.given, spec, {"networks": [{"id": "a", "vlan": LONE}]}).startswith(
        "networks[0].vlan: "
    )


@pytest.mark.parametrize("value", [1, True, 0.5, [1]])
def test_what_has_members_is_a_dictionary(value: Any) -> None:
    """The validator of core stumbles over numbers there."""
    spec = {"ftp": {"type": "dict", "options": {"password": {"type": "str"}}}}
    assert refusal(option_checks.given, spec, {"ftp": value}) == "ftp: must be a dictionary."
    assert refusal(option_checks.given, {"a": {**spec["ftp"], "type": "list", "elements": "dict"}}, {"a": [1]})


def test_the_way_is_printable_whatever_the_keys_are() -> None:
    assert refusal(option_checks.check, {"body": {}}, {"body": {LONE: 1}}).startswith("body: ")
    assert "body.a\\nb: " in refusal(option_checks.check, {"body": {}}, {"body": {"a\nb": float("nan")}})


def test_a_null_is_not_given() -> None:
    spec = {
        "name": {"type": "str"},
        "wait": {"type": "bool", "default": True},
        "port": {"type": "dict", "options": {"id": {"type": "str"}}},
        "metadata": {"type": "dict"},
    }
    told = {"name": None, "wait": None, "port": {"id": None}, "metadata": {"a": None}}
    assert option_checks.given(spec, told) == {"port": {}, "metadata": {"a": None}}


def test_what_is_right_stays_as_it_is() -> None:
    for entry in ENTRIES.values():
        for name, rules in entry.spec.items():
            value = {"int": "16384", "float": 0.5, "bool": "yes", "list": "a=b,c=d", "dict": "a=1"}
            text = rules.get("choices", ["文字 \U0001f600 \n"])[0]
            given = {name: text if rules.get("choices") else value.get(rules.get("type", "str"), text)}
            assert entry.given(given) == given


# --- what there is not ------------------------------------------------------------------------------------------

PARTS = {"network": {"type": "str", "aliases": ["id"]}, "gateway": {"type": "bool"}}
SPEC = {
    "name": {"type": "str"},
    "flavor": {"type": "str", "aliases": ["size"]},
    "state": {"type": "str", "choices": ["present", "absent"]},
    "power_state": {"type": "str", "choices": ["running", "stopped"]},
    "networks": {"type": "list", "elements": "dict", "options": PARTS},
    "gather": {"type": "list", "elements": "str", "choices": ["volumes", "ports"]},
    "ipmi": {"type": "dict", "options": {"password": {"type": "str", "no_log": True}}},
    "metadata": {"type": "dict"},
}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"flavour": "s"}, "There is no option 'flavour'. Did you mean 'flavor'?"),
        ({"sise": "s"}, "There is no option 'sise'. Did you mean 'size'?"),
        (
            {"nam": "a", "metdata": {}},
            "There is no option 'nam'. Did you mean 'name'? There is no option 'metdata'. Did you mean 'metadata'?",
        ),
        ({1: 2}, "There is no option '1'. There are: name, flavor, "),
        (
            {"networks": [{"id": "a"}, {"netwrk": "b"}]},
            "networks[1]: there is no option 'netwrk'. Did you mean 'network'?",
        ),
        ({"networks": [{"zzz": "b"}]}, "networks[0]: there is no option 'zzz'. There are: network, gateway, id."),
        ({"state": "stopped"}, "state: 'stopped' is not one of present, absent. Use power_state: stopped."),
        ({"state": "presnt"}, "state: 'presnt' is not one of present, absent. Did you mean 'present'?"),
        ({"gather": ["ports", "volums"]}, "gather[1]: 'volums' is not one of volumes, ports. Did you mean 'volumes'?"),
        ({"networks": "n-1"}, "networks: each entry is a dictionary, such as {network: n-1}. You gave the text 'n-1'."),
        ({"networks": ["n-1"]}, "networks[0]: must be a dictionary, such as {network: n-1}. You gave the text 'n-1'."),
        ({"ipmi": "S3cret-word"}, "ipmi: must be a dictionary, not a text."),
        ({"metadata": "web"}, "metadata: must be a dictionary, not a text."),
    ],
)
def test_what_there_is_not_is_named_with_what_was_probably_meant(options: dict[Any, Any], message: str) -> None:
    assert refusal(option_checks.given, SPEC, options).startswith(message)


def test_other_names_templates_and_texts_that_are_dictionaries_are_taken() -> None:
    for options in (
        {"_ansible_verbosity": 3},
        {"networks": "id=a"},
        {"networks": ['{"id": "a"}'], "metadata": '{"a": 1}'},
        {"networks": "{{ networks }}", "state": "{{ state }}", "metadata": "{% raw %}"},
        {"power_state": False, "gather": "volumes,ports"},
    ):
        assert option_checks.given(SPEC, options) == options
    assert option_checks.given(SPEC, {"size": "s"}) == {"flavor": "s"}


def test_templates_are_valid_values_for_a_program_that_reads_playbooks() -> None:
    written = {"state": "{{ a }}", "networks": [{"network": "{{ b }}", "gateway": "{{ c }}"}], "metadata": "{{ d }}"}
    assert without_templates(SPEC, written) == {
        "state": "present",
        "networks": [{"network": "{{ b }}", "gateway": True}],
        "metadata": {},
    }


# --- validated options ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [-1, 2**31, 10**400])
def test_a_time_to_wait_that_is_none_is_refused_in_every_module(seconds: int) -> None:
    waiting = [entry for entry in ENTRIES.values() if "wait_timeout" in entry.spec]
    assert len(waiting) > 10
    for entry in waiting:
        assert refusal(entry.check, {"wait_timeout": seconds}).startswith("wait_timeout: ")
    for entry in waiting:
        entry.check({"wait_timeout": 0})


def test_a_variable_of_the_environment_is_looked_at_too() -> None:
    """It has no part in what is given; a value of bytes that are no UTF-8 has surrogates in it."""
    value = os.fsdecode(b"secret\xff")
    message = refusal(option_checks.check, connection_options.CONNECTION, {"api_password": value})
    assert message.startswith("api_password: ") and "secret" not in message


# --- what excludes each other -----------------------------------------------------------------------------------


def exclusive_groups() -> list[Any]:
    return [
        pytest.param(entry, group, id=f"{module}-{'|'.join(group)}")
        for module, entry in ENTRIES.items()
        for group in entry.constraints.get("mutually_exclusive", ())
    ]


@pytest.mark.parametrize("entry, group", exclusive_groups())
def test_options_exclude_each_other_when_they_are_set_to_something(
    entry: ModuleDefinition, group: tuple[str, ...]
) -> None:
    def off(name: str) -> Any:
        return entry.spec[name].get("default")

    def on(name: str) -> Any:
        return {"bool": True, "int": 0, "list": [], "dict": {}}.get(entry.spec[name].get("type", "str"), "")

    ready = {name: on(name) for name in group if entry.spec[name].get("type") != "path"}
    for name, value in ready.items():
        entry.check({**{other: off(other) for other in group}, name: value})
    if len(ready) > 1:
        assert refusal(entry.check, ready) == f"parameters are mutually exclusive: {'|'.join(ready)}."


def test_the_validator_of_core_does_not_see_them() -> None:
    """For it, an option is set if it is given."""
    assert all("mutually_exclusive" not in entry.all_constraints for entry in ENTRIES.values())


# --- files ------------------------------------------------------------------------------------------------------


@pytest.fixture
def strange(tmp_path: Path) -> dict[str, str]:
    """What stands where a file is wanted."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("data")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "dangling").symlink_to("nothing")
    (tmp_path / "empty").touch()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    names = ("pipe", "file", "link", "dangling", "empty", "socket", "new")
    return {**{name: str(tmp_path / name) for name in names}, "folder": str(tmp_path), "device": "/dev/null"}


def test_every_option_that_names_a_file_is_known() -> None:
    for entry in ENTRIES.values():
        assert {name for name, rules in entry.spec.items() if rules.get("type") == "path"} <= set(option_checks._FILES)


@pytest.mark.parametrize("name", ["src", "dest", "path", "ca_path"])
@pytest.mark.parametrize(
    "value, words", [("", "must not be empty"), ("a\0b", "NUL"), ("x" * 5000, "cannot be read: File name too long")]
)
def test_what_is_the_name_of_no_file(name: str, value: str, words: str) -> None:
    assert words in refusal(option_checks.check, {name: {"type": "path"}}, {name: value})


WRONG = {
    "src": {
        "pipe": "is a named pipe, not a regular file",
        "device": "is a device, not a regular file",
        "socket": "is a socket, not a regular file",
        "folder": "is a directory, not a regular file",
        "empty": "is empty",
        "new": "does not exist",
        "dangling": "does not exist",
    },
    "dest": {
        "pipe": "is a named pipe, not a regular file",
        "device": "is a device, not a regular file",
        "socket": "is a socket, not a regular file",
        "folder": "is a directory, not a regular file",
        "link": "is a link. Specify the file that it leads to: file",
        "dangling": "is a link. Specify the file that it leads to: nothing",
    },
    "ca_path": {
        "pipe": "is a named pipe, not a regular file",
        "device": "is a device, not a regular file",
        "socket": "is a socket, not a regular file",
        "new": "does not exist",
        "dangling": "does not exist",
    },
}
WRONG["path"] = WRONG["dest"]


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_file_is_refused_with_the_reason(name: str, strange: dict[str, str]) -> None:
    for kind, path in strange.items():
        if kind in WRONG[name]:
            message = refusal(option_checks.check, {name: {"type": "path"}}, {name: path})
            assert message.startswith(f"{name}: {path} ") and WRONG[name][kind] in message
        else:
            option_checks.check({name: {"type": "path"}}, {name: path})


def test_a_file_that_is_to_be_written_needs_a_directory_and_a_name(tmp_path: Path) -> None:
    spec = {"dest": {"type": "path"}}
    assert "directory of" in refusal(option_checks.check, spec, {"dest": str(tmp_path / "none" / "file")})
    assert "name of a directory" in refusal(option_checks.check, spec, {"dest": f"{tmp_path / 'new'}/"})


# --- texts that choose ------------------------------------------------------------------------------------------


def test_blank_filters_and_ids_are_named() -> None:
    for entry in ENTRIES.values():
        for name in entry.filters:
            if entry.spec[name].get("type") == "str":
                for value in ("", " \n"):
                    assert refusal(entry.check, {name: value}) == f"{name}: must not be blank."
        if "id" in entry.spec:
            assert refusal(entry.check, {"id": " "}) == "id: must not be blank."


# --- other names ------------------------------------------------------------------------------------------------

SERVER = ENTRIES["cloudos_server"]


def specs_in(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """An argument spec, and those of its members."""
    return [spec, *(inner for rules in spec.values() for inner in specs_in(rules.get("options") or {}) if inner)]


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_another_name_of_an_option_means_nothing_else(entry: ModuleDefinition) -> None:
    for spec in specs_in(entry.spec):
        others = [alias for rules in spec.values() for alias in rules.get("aliases", ())]

        assert len(set(others)) == len(others) and set(others).isdisjoint(spec)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_the_time_to_wait_has_the_name_of_other_collections_wherever_it_is(entry: ModuleDefinition) -> None:
    assert entry.spec.get("wait_timeout", {}).get("aliases", ["timeout"]) == ["timeout"]


def test_options_are_known_by_their_other_names() -> None:
    written = {"server_type": "small", "labels": {"role": "web"}, "userdata": "#!/bin/sh", "timeout": 9, "networks": []}

    assert SERVER.given(written) == {
        "flavor": "small",
        "metadata": {"role": "web"},
        "user_data": "#!/bin/sh",
        "wait_timeout": 9,
        "networks": [],
    }
    assert SERVER.given({"networks": [{"name": "net-1"}]}) == {"networks": [{"network": "net-1"}]}


def test_what_another_name_is_given_is_held_to_the_same() -> None:
    assert refusal(SERVER.given, {"labels": {"a": LONE}}).startswith("labels.a: ")
    assert refusal(SERVER.given, {"userdata": {"a": 1}}).startswith("userdata: must be a text")


def test_an_option_that_is_given_twice_is_refused_unless_both_say_the_same() -> None:
    assert SERVER.given({"meta": {"a": "1"}, "metadata": {"a": "1"}, "labels": None}) == {"metadata": {"a": "1"}}
    assert refusal(SERVER.given, {"userdata": "a", "user_data": "b"}) == (
        "user_data: it is given twice, also as one of userdata."
    )


def test_a_later_layer_counts_whatever_the_names_are() -> None:
    spec = argument_spec.member_spec(RESOURCE)
    merged = option_checks.merged(spec, [{"timeout": 1}, {"wait_timeout": 2, "metadata": {}}, {"labels": {"a": "1"}}])

    assert merged == {"wait_timeout": 2, "metadata": {"a": "1"}}
