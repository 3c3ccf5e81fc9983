# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of the platform and of the collection come in the language that the user chooses, wherever it is said."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
import yaml
from integration.harness import ANSIBLE_PLAYBOOK, IN_PROCESS, REPOSITORY, STORY_MODES, Ansible, uses

from simulator import Simulator, seeds

TASK: dict[str, Any] = uses("cloudos_api", path=f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/servers/nothing")
ENTRY = {
    "clouds": {
        "here": {
            "auth": {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project_name": "admin"},
            "cloudos": {"api_language": "zh"},
        }
    }
}


def failed_message(ansible: Ansible, mode: str, environment: dict[str, str | None], **options: str) -> str:
    (name,) = TASK
    task = {"name": "Ask", name: {**TASK[name], **options}}
    played = ansible.play([task], mode=mode, rc=2, environment=environment)
    languages = {entry["headers"].get("Accept-Language") for entry in played.log}
    assert len(languages) == 1, "the login is asked in the same language"
    return f"{languages.pop()}: {played.result('Ask')['msg']}"


def test_a_task_or_the_environment_chooses_the_language(mode: str, ansible: Ansible) -> None:
    chosen = {"CLOUDOS_LANGUAGE": "zh"}

    assert "could not be found" in failed_message(ansible, mode, {})
    assert failed_message(ansible, mode, chosen).startswith("zh: ")
    assert "找不到 Instance nothing。" in failed_message(ansible, mode, {}, api_language="zh-CN,en;q=0.5")
    assert failed_message(ansible, mode, chosen, api_language="en").startswith("en: ")


def test_an_entry_of_clouds_yaml_chooses_the_language(ansible: Ansible) -> None:
    file = ansible.folder / "clouds.yaml"
    file.write_text(yaml.safe_dump(ENTRY), encoding="utf-8")
    environment: dict[str, str | None] = {"OS_CLIENT_CONFIG_FILE": str(file), "CLOUDOS_CLOUD": "here"}

    assert failed_message(ansible, IN_PROCESS, environment).startswith("zh: ")


@pytest.mark.parametrize("language", ["中文", "zh\nX-Other: 1"])
def test_what_no_header_can_hold_is_an_error_before_anything_is_sent(language: str, ansible: Ansible) -> None:
    (name,) = TASK
    played = ansible.play([{"name": "Ask", name: {**TASK[name], "api_language": language}}], rc=2)

    assert "is not a language. Use zh or en." in played.result("Ask")["msg"]
    assert played.log == []


# The quotes of Chinese, which no file of a collection may have; here they are written 「 and 」
QUOTES = str.maketrans("「」", "\u201c\u201d")
SHOWN = {"CLOUDOS_LANGUAGE": "zh_CN"}
DEFAULTS = {"image": "rocky", "flavor": "small", "availability_zone": "nova11", "networks": [{"id": seeds.NET_1}]}


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what servers are made of, and one of them."""
    cloud.seed("images", name="rocky")
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)
    cloud.seed("servers", name="web-1")
    return cloud


def message(ansible: Ansible, mode: str, module: str, language: str | None = "zh", **options: Any) -> str:
    """What a task that fails says, in its result and in all that is printed."""
    task = {"name": "Ask", **uses(module, **options)}
    played = ansible.play([task], mode=mode, rc=2, environment={"CLOUDOS_LANGUAGE": language})
    said: str = played.result("Ask")["msg"]
    assert language is None or not re.search("There is|there is|mean|cannot|Check|required", played.output)
    return said


@pytest.mark.parametrize(
    ("module", "options", "english", "chinese"),
    [
        (
            "cloudos_server",
            {"name": "web-l"},
            "There is no server 'web-l'. Did you mean 'web-1'? To create it, specify flavor, image or boot_volume, and "
            "networks or ports.",
            "没有名为「web-l」的云主机。您是不是想写「web-1」？"
            "要创建它，请指定 flavor、image 或 boot_volume，以及 networks 或 ports。",
        ),
        (
            "cloudos_server",
            {"name": "web-1", "flavour": "small"},
            "There is no option 'flavour'. Did you mean 'flavor'?",
            "没有参数「flavour」。您是不是想写「flavor」？",
        ),
        (
            "cloudos_server",
            {"name": "web-2", **DEFAULTS, "image": "roky"},
            "image: there is no image 'roky'. Did you mean 'rocky'? There are: rocky.",
            "image：没有镜像「roky」。您是不是想写「rocky」？现有：rocky。",
        ),
        (
            "cloudos_flavor",
            {"name": "small", "vcpus": 8, "ram": 1024, "disk": 20},
            "vcpus: 1, wanted 8. The platform cannot change vcpus of an existing flavor. replace: true would delete it "
            "and create another.",
            "vcpus：1，期望 8。平台不能更改已有规格的 vcpus。replace: true 会将其删除，并创建另一个。",
        ),
        (
            "cloudos_flavor",
            {"vcpus": 1},
            "one of the following is required: name, id",
            "必须给出以下参数之一：name、id",
        ),
    ],
)
@pytest.mark.parametrize("mode", STORY_MODES)
def test_the_collection_says_what_is_wrong_in_the_language_of_the_user(
    ready: Simulator, ansible: Ansible, mode: str, module: str, options: dict[str, Any], english: str, chinese: str
) -> None:
    assert message(ansible, mode, module, language=None, **options) == english
    assert message(ansible, mode, module, **options) == chinese.translate(QUOTES)


def test_the_texts_of_the_platform_stand_in_the_message_as_they_are(ansible: Ansible, mode: str) -> None:
    (name,) = TASK
    found = message(ansible, mode, "cloudos_api", **TASK[name])

    assert " 返回 404：找不到 Instance nothing。请检查 ID，并确认 api_url、api_layout 和 api_project 正确。" in found


def test_members_of_a_fleet_that_fail_say_so_in_chinese(ready: Simulator, ansible: Ansible, mode: str) -> None:
    servers = [{"name": "web-2", "image": "roky"}, {"name": "web-3", "image": "roky"}, {"name": "web-4"}]
    task = {"name": "Make", **uses("cloudos_servers", defaults=DEFAULTS, servers=servers)}
    played = ansible.play([task], mode=mode, rc=2, environment=SHOWN)
    result = played.result("Make")

    reason = "image：没有镜像「roky」。您是不是想写「rocky」？现有：rocky。".translate(QUOTES)
    assert result["msg"] == f"3 个云主机中有 2 个失败。web-2, web-3：{reason}"
    assert {entry["name"]: entry["msg"] for entry in result["results"]} == {"web-2": reason, "web-3": reason}
    if mode == IN_PROCESS:
        assert "3 个云主机：" in played.output and "待创建" in played.output


def test_warnings_and_remarks_are_in_chinese(ready: Simulator, ansible: Ansible, mode: str) -> None:
    task = {"name": "Preview", **uses("cloudos_server", name="web-2", **{**DEFAULTS, "flavor": "new"})}
    warning = "flavor：尚无规格「new」；实际运行时必须存在。".translate(QUOTES)
    ansible.play([task], mode=mode, environment=SHOWN, warns=[warning], arguments=["--check"])


def test_the_environment_of_a_task_chooses_the_language(ready: Simulator, ansible: Ansible) -> None:
    task = {"name": "Ask", **uses("cloudos_server", name="web-l"), "environment": {"CLOUDOS_LANGUAGE": "{{ 'zh' }}"}}

    found = ansible.play([task], rc=2).result("Ask")["msg"]
    assert found.startswith("没有名为「web-l」的云主机。".translate(QUOTES))


def test_the_language_of_clouds_yaml_counts_in_modules_as_well(ready: Simulator, ansible: Ansible, mode: str) -> None:
    file = ansible.folder / "clouds.yaml"
    file.write_text(yaml.safe_dump(ENTRY), encoding="utf-8")
    environment = {"OS_CLIENT_CONFIG_FILE": str(file), "CLOUDOS_CLOUD": "here"}
    task = {"name": "Ask", **uses("cloudos_server", name="web-l")}

    found = ansible.play([task], mode=mode, rc=2, environment=environment).result("Ask")["msg"]
    assert found.startswith("没有名为「web-l」的云主机。".translate(QUOTES))


def test_an_entry_of_clouds_yaml_chooses_only_where_nothing_else_does(
    ready: Simulator, ansible: Ansible, mode: str
) -> None:
    file = ansible.folder / "clouds.yaml"
    file.write_text(yaml.safe_dump(ENTRY), encoding="utf-8")
    environment = {"OS_CLIENT_CONFIG_FILE": str(file), "CLOUDOS_CLOUD": "here"}
    option = {"name": "Option", **uses("cloudos_server", name="web-l", api_language="en")}
    variable = {"name": "Variable", **uses("cloudos_server", name="web-l"), "environment": {"CLOUDOS_LANGUAGE": "en"}}
    tasks = [{**task, "ignore_errors": True} for task in (option, variable)]
    played = ansible.play(tasks, mode=mode, environment=environment)

    for name in ("Option", "Variable"):
        assert played.result(name)["msg"].startswith("There is no server 'web-l'."), name


@pytest.mark.parametrize(
    ("options", "chinese"),
    [
        ("fliters: {status: ACTIVE}", "没有参数「fliters」。您是不是想写「filters」？"),
        ("filters: {stauts: ACTIVE}", "filters：这里没有「stauts」。您是不是想写「status」？"),
        ("projects: [nowhere]", "登录 http://127.0.0.1"),
    ],
)
def test_the_inventory_fails_in_chinese(cloud: Simulator, ansible: Ansible, options: str, chinese: str) -> None:
    source = ansible.folder / "it.cloudos.yml"
    source.write_text(f"plugin: h3c.cloudos.cloudos\napi_language: zh\n{options}\n", encoding="utf-8")
    command = [str(ANSIBLE_PLAYBOOK.with_name("ansible-inventory")), "--list", "-i", str(source)]
    listed = subprocess.run(
        command, env=ansible.environment(), capture_output=True, text=True, timeout=300, check=False
    )

    assert chinese.translate(QUOTES) in " ".join(listed.stderr.split())


def test_the_inventory_warns_in_chinese(ready: Simulator, ansible: Ansible) -> None:
    ready.seed("servers", name="web-1")
    source = ansible.folder / "it.cloudos.yml"
    source.write_text("plugin: h3c.cloudos.cloudos\n", encoding="utf-8")
    command = [str(ANSIBLE_PLAYBOOK.with_name("ansible-inventory")), "--list", "-i", str(source)]
    env = ansible.environment(**SHOWN)
    listed = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=True)

    assert "equal_names：由于名称相同，部分主机已改名" in "".join(listed.stderr.split())


def test_filters_speak_the_language_of_the_environment(ansible: Ansible) -> None:
    shown = "{{ {'cloudos_flavor': []} | h3c.cloudos.unknown_keys | first }}"
    task = {"name": "Look", "ansible.builtin.debug": {"msg": shown}}

    assert ansible.play([task]).result("Look")["msg"].startswith("There is no key cloudos_flavor.")
    assert ansible.play([task], environment=SHOWN).result("Look")["msg"] == (
        "没有键 cloudos_flavor。您是不是想写「cloudos_flavors」？".translate(QUOTES)
    )


PLAYBOOKS = REPOSITORY / "playbooks"
DEPARTMENT = """
project_onboarding_projects: [{name: nowhere}, {name: admin, quota: {network: {router: 1}}}, {name: admin}]
"""


@pytest.mark.parametrize(
    ("playbook", "arguments", "description", "english", "chinese"),
    [
        (
            "onboard",
            ["projects_file={folder}/there-is-none.yml"],
            "",
            "projects_file: there is no file {folder}/there-is-none.yml. Run: ansible-playbook h3c.cloudos.onboard -e "
            "projects_file=departments.yml",
            "projects_file：没有文件 {folder}/there-is-none.yml。请运行：ansible-playbook h3c.cloudos.onboard -e "
            "projects_file=departments.yml",
        ),
        (
            "apply",
            [],
            "",
            "cloud_file: it is missing. Run: ansible-playbook h3c.cloudos.apply -e cloud_file=cloud.yml",
            "cloud_file：未给出。请运行：ansible-playbook h3c.cloudos.apply -e cloud_file=cloud.yml",
        ),
        (
            "onboard",
            ["projects_file={folder}/described.yml"],
            DEPARTMENT,
            "There are no projects nowhere. An entry with create: true creates its project. More than one description "
            "is of admin.",
            "没有组织 nowhere。带有 create: true 的条目会创建其组织。admin 有不止一个描述。",
        ),
        (
            "audit",
            ["projects_file={folder}/described.yml", "audit_fails=true", "audit_file={folder}/audit.json"],
            "project_onboarding_projects: [{name: nowhere}]",
            "Differences from the description: 1.",
            "与描述的差异：1。",
        ),
        (
            "stack",
            ["stack_file={folder}/described.yml", "plan_file={folder}/plan.json"],
            "keypairs: []",
            "plan_file: there is no file {folder}/plan.json. Make it first: the same command with --check writes it.",
            "plan_file：没有文件 {folder}/plan.json。请先生成它：用 --check 运行相同的命令即会写入该文件。",
        ),
    ],
    ids=["no file", "nothing given", "departments", "audit", "plan"],
)
def test_playbooks_and_roles_fail_in_the_language_of_the_user(
    ansible: Ansible, playbook: str, arguments: list[str], description: str, english: str, chinese: str
) -> None:
    (ansible.folder / "described.yml").write_text(description)
    given = [word for each in arguments for word in ("-e", each.format(folder=ansible.folder))]

    for environment, said in (({}, english), (SHOWN, chinese)):
        played = ansible.play(
            [], playbook=PLAYBOOKS / f"{playbook}.yml", arguments=given, environment=environment, rc=2
        )
        assert played.tasks[-1].result["msg"] == said.format(folder=ansible.folder)


def test_the_hosts_of_a_fleet_report_in_chinese(ready: Simulator, ansible: Ansible) -> None:
    wanted = {"cloudos_server": {"name": "{{ inventory_hostname }}", **DEFAULTS}}
    inventory = ansible.folder / "fleet.yml"
    hosts = {"web-2": wanted, "web-3": {"cloudos_server": {"name": "web-3", **DEFAULTS, "image": "roky"}}}
    inventory.write_text(yaml.safe_dump({"cloudos_fleet": {"hosts": hosts}}))
    arguments = ["-i", str(inventory), "-e", "cloudos_fleet_on_failure=stop cloudos_fleet_concurrency=1"]
    failed = ansible.play([], playbook=PLAYBOOKS / "fleet.yml", arguments=arguments, environment=SHOWN, rc=2)
    said = {task.host: task.result["msg"] for task in failed.tasks if task.name == "Report the result of the server"}
    assert said["web-2"] == "未开始，因为另一个云主机失败"

    created = ansible.play(
        [], playbook=PLAYBOOKS / "fleet.yml", arguments=[*arguments, "--limit", "web-2"], environment=SHOWN
    )
    assert created.result("Report the result of the server")["msg"] == "已创建: create"


def test_the_entry_of_clouds_yaml_chooses_the_language_of_playbooks(ansible: Ansible) -> None:
    file = ansible.folder / "clouds.yaml"
    file.write_text(yaml.safe_dump(ENTRY), encoding="utf-8")
    environment: dict[str, str | None] = {"OS_CLIENT_CONFIG_FILE": str(file), "CLOUDOS_CLOUD": "here"}

    played = ansible.play([], playbook=PLAYBOOKS / "apply.yml", environment=environment, rc=2)
    assert played.tasks[-1].result["msg"].startswith("cloud_file：未给出。")
    played = ansible.play(
        [], playbook=PLAYBOOKS / "apply.yml", environment={**environment, "CLOUDOS_LANGUAGE": "en"}, rc=2
    )
    assert played.tasks[-1].result["msg"].startswith("cloud_file: it is missing.")


def test_results_of_async_tasks_are_translated_by_a_filter(ready: Simulator, ansible: Ansible) -> None:
    start = {"name": "Start", **uses("cloudos_server", name="web-l"), "async": 600, "poll": 0, "register": "started"}
    wait = {
        "name": "Wait",
        "ansible.builtin.async_status": {"jid": "{{ started.ansible_job_id }}"},
        "register": "found",
        "until": "found is finished",
        "retries": 600,
        "delay": 1,
        "failed_when": False,
    }
    show = {"name": "Show", "ansible.builtin.debug": {"msg": "{{ found.msg | h3c.cloudos.translated }}"}}
    played = ansible.play([start, wait, show], environment=SHOWN)

    assert played.result("Wait")["msg"].startswith("There is no server")
    assert played.result("Show")["msg"].startswith("没有名为「web-l」的云主机。".translate(QUOTES))


def test_names_in_messages_of_playbooks_are_never_templates(ansible: Ansible) -> None:
    (ansible.folder / "described.yml").write_text("project_onboarding_projects: [{name: !unsafe 'x {{ 3 * 7 }}'}]\n")
    given = ["-e", f"projects_file={ansible.folder / 'described.yml'}"]
    played = ansible.play([], playbook=PLAYBOOKS / "onboard.yml", arguments=given, environment=SHOWN, rc=2)

    assert played.tasks[-1].result["msg"].startswith("没有组织 x {{ 3 * 7 }}。")


def test_what_chinese_has_in_it_is_never_a_template(ready: Simulator, ansible: Ansible, mode: str) -> None:
    task = {"name": "Ask", **uses("cloudos_server", name="web-l", api_language="zh"), "ignore_errors": True}
    task["register"] = "asked"
    ready.seed("servers", name="{{ 3 * 7 }}")
    named = {"name": "{{ '{{ 3 * 7 }' ~ '}' }}"}
    more = {"name": "Show", "ansible.builtin.debug": {"msg": "{{ asked.msg }}"}}
    task = {**task, **uses("cloudos_server", **named, image="{{ '{{ 3 * 7 }' ~ '}' }}", api_language="zh")}
    played = ansible.play([task, more], mode=mode)

    assert "21" not in played.result("Show")["msg"]
