# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of playbooks and roles."""

from __future__ import annotations

MESSAGES = (
    # descriptions
    ("{variable}: there is no file {path}. Run: {command}", "{variable}：没有文件 {path}。请运行：{command}"),
    ("{variable}: it is missing. Run: {command}", "{variable}：未给出。请运行：{command}"),
    ("h3c.cloudos.apply manages {lists}.", "{lists:names} 由 h3c.cloudos.apply 管理。"),
    ("the project of the login", "登录所在的组织"),
    (
        "There are no projects {names}. An entry with create: true creates its project.",
        "没有组织 {names}。带有 create: true 的条目会创建其组织。",
    ),
    ("Several projects are named {names}. Specify their IDs or domains.", "有多个组织名为 {names}。请指定其 ID 或域。"),
    ("More than one description is of {names}.", "{names} 有不止一个描述。"),
    (
        "The project {name} is not empty. It has {names}. Nothing was deleted. Delete them first, or specify "
        "force: true.",
        "组织 {name} 不为空，其中有 {names}。没有删除任何对象。请先删除它们，或指定 force: true。",
    ),
    ("a port without a name", "一个没有名称的端口"),
    # plans
    (
        "plan_file: there is no file {path}. Make it first: the same command with --check writes it.",
        "plan_file：没有文件 {path}。请先生成它：用 --check 运行相同的命令即会写入该文件。",
    ),
    (
        "The plan was not carried out, and nothing was changed. {refused}",
        "计划没有执行，没有更改任何内容。{refused:text}",
    ),
    # audit and fleet
    ("Differences from the description: {number}.", "与描述的差异：{number}。"),
    ("There is no result.", "没有结果。"),
    ("{outcome}, because another server failed", "{outcome:text}，因为另一个云主机失败"),
    # AWX
    (
        "awx_organization: there is no organization {name}. Create it in AWX.",
        "awx_organization：没有组织（organization）{name}。请在 AWX 中创建它。",
    ),
    (
        "awx_execution_environment: another organization has an execution environment {name}, and names of execution "
        "environments are unique in AWX. Choose another name.",
        "awx_execution_environment：另一个组织（organization）已有执行环境 {name}，而执行环境的名称在 AWX 中是唯一的。"
        "请选择其他名称。",
    ),
    (
        "awx_credential_type_name: the credential type {name} in AWX has other fields than this version of the "
        "collection, and AWX does not change them while a credential uses it. Choose a new name; a new credential is "
        "created then.",
        "awx_credential_type_name：AWX 中凭据类型 {name} 的字段与此版本的 collection 不同，而只要有凭据使用该类型，"
        "AWX 就不会更改它们。请选择新的名称，随后会创建新的凭据。",
    ),
    (
        "awx_credential.inputs: {names} is empty. The example reads the password from the environment variable "
        "CLOUDOS_PASSWORD.",
        "awx_credential.inputs：{names} 为空。示例从环境变量 CLOUDOS_PASSWORD 读取密码。",
    ),
    ("AWX credential {name}", "AWX 凭据 {name}"),
    ("AWX project {name}", "AWX 项目 {name}"),
    ("AWX inventory source {name}", "AWX inventory 源 {name}"),
    ("AWX host localhost", "AWX 主机 localhost"),
    ("nodes of the workflow", "工作流的节点"),
    # the simulator, and what it prints itself
    ("simulator_state: started or stopped.", "simulator_state：应为 started 或 stopped。"),
    ("Instead of pasting: source {path}", "也可以不粘贴，而运行：source {path}"),
    (
        "To stop it: ansible-playbook h3c.cloudos.simulator -e simulator_state=stopped",
        "停止：ansible-playbook h3c.cloudos.simulator -e simulator_state=stopped",
    ),
    ("There is one already at {url}; --stop stops it.", "在 {url} 已有一个模拟的云平台；--stop 可以停止它。"),
    ("A simulated CloudOS is running at {url}", "模拟的 CloudOS 正在运行：{url}"),
    ("Paste this into the terminal in which you run Ansible:", "请将以下内容粘贴到运行 Ansible 的终端中："),
    ("It starts with:", "其中最初有："),
    ("It runs in the background until it is stopped.", "它在后台运行，直到被停止。"),
    ("Nothing is kept.", "不会保存任何内容。"),
)
