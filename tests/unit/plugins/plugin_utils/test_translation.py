# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each message of the collection has a translation, and what is rendered from it is found again in any text."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import string
import time

import pytest
from unit import playbook_texts
from unit.message_templates import PLUGINS, Message, messages, shape

from ansible_collections.h3c.cloudos.plugins import module_utils
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.model.reference import Reference
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource
from ansible_collections.h3c.cloudos.plugins.plugin_utils import translation
from ansible_collections.h3c.cloudos.plugins.plugin_utils.messages_zh import MESSAGES, NOUNS
from simulator import usage

HOW = (
    "Add these messages, with their Chinese, to plugins/plugin_utils/messages_zh/, in the file that is called like "
    "their folder; or, if nobody is ever shown them, to NOT_SHOWN in this test:"
)

# Texts of several words that are no messages, and why
NOT_SHOWN = {
    "between the words of a list, which a place {…:list} translates": {
        " and ",
        " or ",
        ", and ",
        ", or ",
        "{others} and {last}",
        "{others}, and {last}",
        "http_proxy, https_proxy, all_proxy and no_proxy",
    },
    "keys, which nobody sees": {"{id} by name"},
    "what the platform says, and what is sent to it": {
        "No valid host was found",
        " failed",
        "#cloud-config\npassword: {password}\nchpasswd:\n  expire: false",
        "202 Accepted",
        "Additional properties are not allowed",
        "Tunnel connection failed",
        "adopt failed",
        "clean failed",
        "clean wait",
        "deploy failed",
        "group/ ",
        "h3c.cloudos edits a port",
        "inspect failed",
        "is locked by host",
        "power off",
        "power on",
        "same cvm",
        "soft rebooting",
        "wait call-back",
        "{patch_type}; charset=utf-8",
    },
    "a value, which plays compare, or a unit": {" MB", "(id of the object)", "(to be created)"},
    "a fault of the collection itself": {
        "nothing can be noted without a path",
        "{label} does not wait",
        "{label} has no work, and was begun",
        "{name} always exists, and was asked to be absent",
        "{name} has no operation that reads one, and does not override fetch()",
        "{text!r} is no time",
        "{text!r} is out of range",
    },
    "of files, which are the same whoever writes them": {
        "  ansible-playbook h3c.cloudos.apply -e cloud_file=THIS_FILE --check --diff",
        "!unsafe ",
        "Each entry has the options of its module, such as cloudos_flavor for cloudos_flavors. To apply it:",
        "Not described:",
        "What {run} has, as h3c.cloudos.cloudos_export has described it. Project: {projects}.",
        "its own",
        "md5 sums of files",
        "{option} of {kind}",
    },
    "for developers, with -vv or -vvv": {
        "another Python interpreter is set",
        "async is set",
        "become is set",
        "cloudos_{switch} is off",
        "default project",
        "environment is set",
        "the connection is not local",
        "the controller's Python has no requests",
        "{action}: running as a module: {why_not}",
        "{project}: requests {requests}",
    },
    "the place of an option, a name, or a template": {
        "filters: {name}",
        "{name} ({id} in {project})",
        "{{% if {condition} %}} True {{% else %}} False {{% endif %}}",
    },
}
# Files that have no messages for the catalogue, and why
OTHER_FILES = {
    "module_utils/features/_audit_groups.py": "the titles of groups, which _audit_words.py has in both languages",
    "module_utils/features/_audit_html.py": "mark-up; its words are in _audit_words.py",
    "module_utils/features/_audit_words.py": "the words of a report, in both languages",
    "plugin_utils/translation.py": "it has words of lists only",
}
ENTRIES = dict(MESSAGES)
PLAIN = sorted(entry for entry in ENTRIES if "{" not in entry and len(entry) > 20 and not re.search("[.:] ", entry))
# What is hard: quotes of both kinds, dots, colons, braces, backslashes, Chinese
LETTERS = "abz059-_/.:{}'\"\\% 中云"
ROUNDS = 5
# The quotes of Chinese, which no file of a collection may have; in tests they are written 「 and 」
QUOTES = "\u201c\u201d"


def test_each_message_has_a_translation():
    translated = {shape(entry) for entry in ENTRIES}
    exempt = {text for texts in NOT_SHOWN.values() for text in texts} | NOUNS.keys()
    missing = [
        f"{message.place}: {message.template}"
        for message in messages()
        if shape(message.template) not in translated
        and message.template not in exempt
        and message.place.rpartition(":")[0] not in OTHER_FILES
    ]
    assert not missing, "\n".join([HOW, *missing])


def test_each_text_of_playbooks_and_roles_has_a_translation():
    translated = {shape(entry) for entry in ENTRIES}
    missing = [
        f"{message.place}: {message.template}"
        for message in playbook_texts.messages()
        if shape(message.template) not in translated
    ]
    assert not missing, "\n".join(["Add these texts to plugins/plugin_utils/messages_zh/playbooks.py:", *missing])


def test_each_text_of_playbooks_and_roles_is_translated_where_it_is_shown():
    shown = [each for each in playbook_texts.shown() if playbook_texts.FILTER not in each.text]
    assert [f"{each.place}: {each.text}" for each in shown] == []


@pytest.mark.parametrize(
    ("text", "templates"),
    [
        ("{{ path }}: {{ problems | join(' ') }}", []),
        ("There is no file {{ path | realpath }}.", ["There is no file {path}."]),
        ("{{ 'the project of ' ~ login if x else '' }}", ["the project of {login}"]),
        ("{{ name | default('the first one') }}", ["the first one"]),
        ("a{b}\n{{ x }}\nTwo words", ["Two words"]),
    ],
)
def test_texts_are_found_in_all_that_is_shown(text, templates):
    assert list(playbook_texts.templates_of(text)) == templates


def test_each_kind_of_object_has_its_noun():
    nouns = set()
    for module in pkgutil.walk_packages(module_utils.__path__, f"{module_utils.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, (Reference, Resource)):
                nouns.add(value.noun)
            if isinstance(value, Resource):
                nouns.add(value.plural.replace("_", " "))
    assert sorted(nouns - NOUNS.keys()) == []


def test_each_entry_is_a_message_of_the_collection_or_of_ansible():
    known = {shape(message.template) for message in [*messages(), *playbook_texts.messages(), *of_the_simulator()]}
    common = (PLUGINS / "plugin_utils/messages_zh/common.py").read_text(encoding="utf-8")
    assert [entry for entry in ENTRIES if shape(entry) not in known and f'"{entry}"' not in common] == []


def of_the_simulator():
    """What the simulator prints when the playbook starts it, by sentences."""
    pages = [usage.page("{url}", background=True), "There is one already at {url}; --stop stops it."]
    return [Message(text, "simulator") for page in pages for text in re.split(r"\n|(?<=[.]) ", page)]


def test_what_the_simulator_prints_has_translations():
    lines = usage.page("http://127.0.0.1:11001", background=True).splitlines()
    prose = [line for line in lines if line and not line.startswith(" ")]
    speak = translation.words("zh")
    assert [line for line in prose if re.search("[a-z] [a-z]", speak(line))] == []


def test_each_exception_is_a_text_of_the_source():
    known = {message.template for message in messages()}
    assert [text for texts in NOT_SHOWN.values() for text in texts if text not in known] == []


def test_no_message_has_two_translations():
    shapes: dict[str, str] = {}
    for entry, _text in MESSAGES:
        assert shapes.setdefault(shape(entry), entry) == entry


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_translation_has_the_values_of_its_message(entry):
    names = [name for _literal, name, _form, _conversion in string.Formatter().parse(entry) if name]
    filled = {name for _literal, name, _form, _conversion in string.Formatter().parse(ENTRIES[entry]) if name}
    assert len(set(names)) == len(names)
    assert filled == set(names)
    assert not re.search(r"[\u4e00-\u9fff](?:[,;?!]|: |\.$)", ENTRIES[entry]), "punctuation of Chinese is wide"


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if re.search("[a-z]{2}", re.sub("{.*?}", "", entry))])
def test_a_rendered_message_is_found_again(entry):
    speak = translation.words("zh")
    draw = random.Random(entry)
    for _round in range(ROUNDS):
        english, chinese = rendered(entry, draw)
        assert same(speak(english)) == same(chinese), english


def rendered(entry, draw):
    """A message with random values, in both languages."""
    english, values = "", {}
    forms = {name: form for _literal, name, form, _conversion in string.Formatter().parse(ENTRIES[entry]) if name}
    parts = list(string.Formatter().parse(entry))
    for index, (literal, name, _form, conversion) in enumerate(parts):
        english += literal
        if name is None:
            continue
        following = parts[index + 1][0] if index + 1 < len(parts) else ""
        original, values[name] = drawn(draw, name, forms[name], conversion, following)
        english += original
    chinese = "".join(
        literal + (values[name] if name else "")
        for literal, name, _form, _conversion in string.Formatter().parse(ENTRIES[entry])
    )
    return english, chinese


def drawn(draw, name, form, conversion, following):
    """A value as a message has it, and as its translation has it."""
    if name.startswith("noun"):
        nouns = [noun for noun in NOUNS if noun.endswith("s") == (name == "nouns") and f"{noun}s" != following]
        noun = draw.choice([noun for noun in nouns if name == "nouns" or f"{noun}s" in NOUNS])
        return noun, NOUNS[noun]
    if name.startswith("number"):
        number = str(draw.randrange(1000))
        return number, number
    if conversion == "r":
        value = repr(word(draw))
        return value, f"{QUOTES[0]}{value[1:-1]}{QUOTES[1]}"
    if form in ("text", "entry"):
        plain = draw.choice([text for text in PLAIN if not following or following not in text]).removesuffix(".")
        return plain, ENTRIES[plain if plain in ENTRIES else f"{plain}."].removesuffix("。")
    if form == "name":
        value = word(draw).replace("'", "")
        return value, f"{QUOTES[0]}{value}{QUOTES[1]}"
    if form == "list":
        return "api_url, api_token, and src", "api_url、api_token和src"
    while True:
        value = word(draw)
        if not following or following not in value + following[:-1]:
            return value, value


def word(draw):
    """A value without what divides messages: a sentence end or a colon, and a space behind it."""
    while True:
        text = "".join(draw.choice(LETTERS) for _index in range(draw.randint(1, 9)))
        if (
            text == text.strip()
            and not re.search(r"[.:;] |\.$", text)
            and (text[0] not in "'\"" and text[-1] not in "'\"")
        ):
            return text


def quoted(text):
    """A text with the quotes of Chinese."""
    return text.translate(str.maketrans("「」", QUOTES))


def same(text):
    """Texts that differ in spaces, and in the full stop at their ends, say the same."""
    return text.replace(" ", "").removesuffix("。").removesuffix(".")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "There is no server 'web-l'. Did you mean 'web-1'? To create it, specify flavor, networks, and image.",
            "没有名为「web-l」的云主机。您是不是想写「web-1」？要创建它，请指定 flavor、networks 和 image。",
        ),
        (
            "2 of 3 servers failed. web-1, web-2: image: there is no image 'x'. There are: rocky-9, a b.",
            "3 个云主机中有 2 个失败。web-1, web-2：image：没有镜像「x」。现有：rocky-9, a b。",
        ),
        (
            "defaults: there is no option 'flavour'. Did you mean 'flavor'?",
            "defaults：没有参数「flavour」。您是不是想写「flavor」？",
        ),
        (
            "disk: 40, wanted 80; metadata.role: not set, wanted 'db'. The platform cannot change disk and metadata of "
            "an existing flavor. replace: true would delete it and create another with a new ID.",
            "disk：40，期望 80；metadata.role：未设置，期望「db」。平台不能更改已有规格的 disk 和 metadata。"
            "replace: true 会将其删除，并创建另一个具有新 ID 的对象。",
        ),
        (
            "server-get (GET /x) answered 404: Instance x could not be found. Check the id, and that api_url, "
            "api_layout and api_project are right.",
            "server-get (GET /x) 返回 404：Instance x could not be found。请检查 ID，并确认 api_url、api_layout 和 "
            "api_project 正确。",
        ),
        (
            "[  12 s] 20 of 60 servers done, 30 queued, 10 to begin; slowest: web-1, BUILD for 20 s",
            "[  12 秒] 60 个云主机中已完成 20 个，30 个排队中、10 个等待开始；最慢：web-1，BUILD（已持续 20 秒）",
        ),
        (
            "A new server needs flavor, image or boot_volume, and networks or ports.",
            "新建云主机需要 flavor、image 或 boot_volume，以及 networks 或 ports。",
        ),
        (
            "[  12 s] server web-1: refused for now, resize is tried again for 5 s",
            "[  12 秒] 云主机 web-1：暂时被拒绝，将重试 resize（已持续 5 秒）",
        ),
        (
            "The server web (1) failed: No valid host was found. replace: true would delete it and create another.",
            "云主机 web (1) 失败：No valid host was found。replace: true 会将其删除，并创建另一个。",
        ),
        (
            "api_url: 'x' is not a valid URL. Use the form http://cloud.example.com:11000.",
            "api_url：「x」不是有效的 URL。请使用 http://cloud.example.com:11000 这样的形式。",
        ),
        ("volume: there is no volume snapshot 'a'.", "volume：没有云硬盘快照「a」。"),
    ],
)
def test_messages_that_are_put_together_are_taken_apart(english, chinese):
    assert translation.words("zh")(english) == quoted(chinese)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Something of the platform: nobody knows it; or does one? No.",
        "Failed to parse: 'x' is not a valid host or port.",
        "There is no thing 'x'.",
        "5 is no size.",
        "云主机正忙。请稍后重试。",
        "{{ lookup('env', 'HOME') }}",
        "x" * 30_000,
    ],
)
def test_what_the_catalogue_does_not_have_stays_as_it_is(text):
    assert translation.words("zh")(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "There is no server 'x'. " * 800,
        "a: b; " * 3000,
        "there is no " * 1600,
        "'" * 19_000,
        "image: there is no image '" + "\\" * 15_000 + "'.",
        "a. b? c! " * 2000,
        ": ".join(["There is no server"] * 900),
    ],
)
def test_no_text_takes_long(text):
    began = time.monotonic()
    found = translation.words("zh")(text)
    assert time.monotonic() - began < 10
    assert found


def test_only_texts_for_people_are_translated():
    speak = translation.words("zh")
    message = "There is no server 'x'."
    result = {
        "msg": message,
        "warnings": [message],
        "server": {"msg": message, "name": message},
        "results": [{"name": message, "msg": message}, 3],
        "not_exported": [{"option": message, "reason": "it is a secret"}],
        "diff": {"before": message, "after": message},
    }
    assert translation.translated(result, speak) == {
        **result,
        "msg": quoted("没有名为「x」的云主机。"),
        "warnings": [quoted("没有名为「x」的云主机。")],
        "results": [{"name": message, "msg": quoted("没有名为「x」的云主机。")}, 3],
        "not_exported": [{"option": message, "reason": "属于机密"}],
    }


@pytest.mark.parametrize("language", ["zh", "ZH", "zh-CN", "zh_CN", "zh_CN.UTF-8", "zh-Hans;q=0.9,en", " zh , en"])
def test_chinese_is_recognized_however_it_is_written(language):
    assert translation.words(language)


@pytest.mark.parametrize("language", [None, "", "en", "en,zh;q=0.5", "de", "zho", "*", 5])
def test_all_else_is_english(language):
    assert translation.words(language) is None


def test_secrets_that_are_masked_stay_masked():
    assert translation.words("zh")(str(OptionError("image: '********' is not one of a, b."))) == (
        quoted("image：「********」不是 a、b 之一。")
    )
