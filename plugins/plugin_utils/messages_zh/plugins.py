# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of the plugins of the controller."""

from __future__ import annotations

MESSAGES = (
    (
        "This task ran on host {host}, which does not see the controller's environment; use delegate_to: localhost.",
        "该任务在主机 {host} 上运行，那里看不到控制节点的环境变量；请使用 delegate_to: localhost。",
    ),
    ("The inventory needs the Python library requests: {error}", "inventory 需要 Python 库 requests：{error}"),
    ("The IDs of flavors are not known: {error}", "无法得知规格的 ID：{error:text}"),
    ("Nothing is returned of the nodes of bare-metal instances: {error}", "平台没有返回裸金属实例的节点：{error:text}"),
    ("There is no option '{name}'.", "没有参数{name:name}。"),
    (
        "{unknown} `ansible-doc -t inventory h3c.cloudos.cloudos` lists the options of the plugin.",
        "{unknown:text}`ansible-doc -t inventory h3c.cloudos.cloudos` 会列出该插件的参数。",
    ),
    ("There is no '{name}' here.", "这里没有{name:name}。"),
    ("{option}: {found} Known are: {known}.", "{option}：{found:text}已知的有：{known:list}。"),
    (
        "hostnames: entry {number} is {entry!r}. Each entry is a property, a path or an expression, such as "
        "name, metadata.fqdn or name ~ '-' ~ project.",
        "hostnames：第 {number} 个条目为{entry}。每个条目应是属性、路径或表达式，例如 name、metadata.fqdn 或 "
        "name ~ '-' ~ project。",
    ),
    ("keyed_groups: entry {number}", "keyed_groups：第 {number} 个条目"),
    ("join: the names of {noun}s are not known: {error}", "join：无法得知{noun}的名称：{error:text}"),
    (
        "equal_names: several servers come to the same host name: {equal}.",
        "equal_names：多个云主机得到相同的主机名：{equal}。",
    ),
    (
        "equal_names: hosts were renamed because their names are equal: {equal}.",
        "equal_names：由于名称相同，部分主机已改名：{equal}。",
    ),
    ("a group", "组"),
    ("the controller", "控制节点"),
    (
        "equal_names: {name} ({id}) is the name of a server of another source.",
        "equal_names：{name}（{id}）与另一个来源的云主机同名。",
    ),
    ("a server of another source", "另一个来源的云主机"),
    (
        "hostnames: {name} is the name of {whose}; the host is called {name2}.",
        "hostnames：{name} 是{whose:text}的名称；该主机改名为 {name2}。",
    ),
    (
        "hostnames: a pattern cannot address {names}: blanks, commas, colons, brackets and a leading !, & or "
        "~ mean something else there. Write ? in the place of each such character (--limit 'web?1'), or name "
        "hosts after something else with hostnames.",
        "hostnames：名称模式无法匹配 {names:names}：空格、逗号、冒号、方括号以及开头的 !、& 或 ~ 在模式中另有"
        "含义。请用 ? 代替这些字符（--limit 'web?1'），或用 hostnames 改用其他名称。",
    ),
    ("hostnames: {text} of server {id}: {error}", "hostnames：云主机 {id} 的 {text}：{error}"),
    ("filters: {several}: the platform takes one value of each.", "filters：{several:list}：平台每项只接受一个值。"),
    (
        "filters: {name} is a whole name; it cannot stand beside {name_pattern}.",
        "filters：{name} 是完整的名称，不能与 {name_pattern} 同时使用。",
    ),
    (
        "filters: {name} is a whole name, and {value!r} looks like a pattern. {name_pattern} takes patterns.",
        "filters：{name} 是完整的名称，而{value}看起来是模式。{name_pattern} 接受模式。",
    ),
    (
        "{name}: each entry is a path or an expression, not {entries!r}.",
        "{name}：每个条目应是路径或表达式，而不是{entries}。",
    ),
    ("in the inventory file", "在 inventory 文件中"),
    ("{name}: must be 1 or more, not {value}.", "{name}：应为 1 或更大，而不是 {value}。"),
    ("{name}: neither JSON nor YAML: {error}", "{name}：既不是 JSON 也不是 YAML：{error}"),
    ("{name}: must be a dictionary, not {value!r}.", "{name}：应为字典，而不是{value}。"),
    ("{name}: must be a list, not {value!r}.", "{name}：应为列表，而不是{value}。"),
    ("{option}: no host has '{first}'.", "{option}：主机没有{first:name}。"),
    ("{option}: {text} of {name} ({id}): {error}", "{option}：{name}（{id}）的 {text}：{error}"),
    ("marker: the directory of {path} does not exist.", "marker：{path} 所在的目录不存在。"),
    (
        "marker: {path} cannot be read: {error!r}. Remove it to begin anew.",
        "marker：无法读取 {path}：{error}。请删除该文件以重新开始。",
    ),
    (
        "marker: {path} is of another platform, user, choice of projects or kinds. Name another file, or "
        "remove it to begin anew.",
        "marker：{path} 属于其他平台、用户、组织范围或对象类型。请指定其他文件，或删除它以重新开始。",
    ),
    ("marker: {path} cannot be written: {error}", "marker：无法写入 {path}：{error}"),
    ("among the arguments of the source", "在事件源的参数中"),
    ("interval: must be more than 0, not {value}.", "interval：必须大于 0，而不是 {value}。"),
    (
        "The platform could not be looked at, the next try is in {number} s: {error}",
        "无法查询平台，{number} 秒后重试：{error:text}",
    ),
    ("The description is no dictionary of lists.", "该描述不是由列表组成的字典。"),
    ("There is no key {key}. {hint}", "没有键 {key}。{hint:text}"),
    ("{key} and {key2} are one list; use one of them.", "{key} 和 {key2} 是同一个列表；请只使用其中一个。"),
    ("There is no key {key}.", "没有键 {key}。"),
    ("{module}: this is no list.", "{module}：这不是列表。"),
    ("{module}: entry {number} is no dictionary.", "{module}：第 {number} 个条目不是字典。"),
    (
        "{module}: entry {number} ({name}): there is no option {unknown}.",
        "{module}：第 {number} 个条目（{name}）：没有参数 {unknown:names}。",
    ),
    ("unknown_options: there is no module {module!r}.", "unknown_options：没有模块{module}。"),
    (
        "{module}: entry {number} ({name}): {plans} is of a run, not of a description.",
        "{module}：第 {number} 个条目（{name}）：{plans:names} 属于一次运行，而不是描述的内容。",
    ),
    ("{problem} Use the variable plan_file of the playbook.", "{problem:text}请使用 playbook 的变量 plan_file。"),
    ("described_objects: there is no kind {kind!r}.", "described_objects：没有对象类型{kind}。"),
    ("run_file: {name!r} is not the name of a file.", "run_file：{name}不是文件名。"),
    (
        "{number} done in {seconds} s, {number2} changed, {number3} failed",
        "已完成 {number} 个，用时 {seconds} 秒，{number2} 个有更改，{number3} 个失败",
    ),
    (
        "{done} items done, {number} changed, {number2} failed",
        "已完成 {done:text} 项，{number} 个有更改，{number2} 个失败",
    ),
    ("{number} of {number2}", "{number}/{number2}"),
)
