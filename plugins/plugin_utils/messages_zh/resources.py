# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources`."""

from __future__ import annotations

MESSAGES = (
    ("it has none", "没有"),
    ("the platform does not return them", "平台没有返回它们"),
    (
        "name: {name!r} is the name of a {noun} ({ids}), not of a {noun2}.",
        "name：{name}是{noun}的名称（{ids}），而不是{noun2}的名称。",
    ),
    ("{module} manages it. Another machine needs another name.", "请用 {module} 管理它。其他机器需要使用其他名称。"),
    (
        "name: {name!r} may have letters, digits and hyphens, the first a letter, the last no hyphen.",
        "name：{name}只能包含字母、数字和连字符，以字母开头，且不能以连字符结尾。",
    ),
    (
        'alias: {alias!r} may have 32 characters, none of / : * ? " < > |, no dot at its ends.',
        'alias：{alias}最多 32 个字符，不能含有 / : * ? " < > |，首尾不能是点。',
    ),
    ("description: the platform takes {number} characters at most.", "description：平台最多接受 {number} 个字符。"),
    (
        "metadata: {given} cannot be set there; the platform keeps its own there.",
        "metadata：不能在其中设置 {given:names}；平台在那里保存自己的数据。",
    ),
    (
        "Most of them follow from options of their own, such as alias and description.",
        "其中大多数有专门的参数，例如 alias 和 description。",
    ),
    ("its status is ERROR", "其状态为 ERROR"),
    ("its vm_state is error", "其 vm_state 为 error"),
    ("is not active", "未处于运行状态"),
    ("it no longer exists", "它已不存在"),
    ("{option}: the text is not base64.", "{option}：该文本不是 base64。"),
    (
        "{option}: the platform takes keys of 1 to {longest} characters and values of at most {longest2}.",
        "{option}：平台接受 1 到 {longest} 个字符的键，以及最多 {longest2} 个字符的值。",
    ),
    (
        "{option}: {key!r} may have letters, digits, spaces, and _ : . - only.",
        "{option}：{key}只能包含字母、数字、空格和 _ : . -。",
    ),
    (
        "{option}: {wanted!r} is no ID, and this platform gives no list of {noun}s to look the name up in.",
        "{option}：{wanted}不是 ID，而该平台不提供可用来查找名称的{noun}列表。",
    ),
    ("Specify the ID.", "请指定 ID。"),
    (
        "power_state: the {noun} is {current}; no operation of the platform's API leads from there.",
        "power_state：{noun}的状态为 {current}；平台没有可以从该状态转换的接口。",
    ),
    (
        "reboot: the {noun} is {state}; only one that runs can be rebooted.",
        "reboot：{noun}的状态为 {state}；只有运行中的才能重启。",
    ),
    (
        "Specify the ID of the project in the place of {wanted!r}: its name cannot be looked up.",
        "请用组织的 ID 代替{wanted}：该组织的名称无法查询。",
    ),
    (
        "The snapshot {name!r} is the current one already, so nothing was restored. Whether the server has "
        "changed since, the platform does not report. restore_current: true restores it all the same, "
        "restore_current: false takes it for restored.",
        "快照{name}已经是当前快照，因此没有还原。平台不报告云主机此后是否有变化。restore_current: true 仍会还"
        "原，restore_current: false 则视为已还原。",
    ),
    (
        "interfaces_program: {program!r} may have neither blanks nor quotes.",
        "interfaces_program：{program}不能含有空格或引号。",
    ),
    ("an IP address", "IP 地址"),
    ("a network, as 10.1.0.0 or 10.1.0.0/16", "网络，应写成 10.1.0.0 或 10.1.0.0/16 的形式"),
    (
        "{where}.{name}: {value} is not in the network {cidr} of {where2}.cidr.",
        "{where}.{name}：{value} 不在 {where2}.cidr 的网络 {cidr} 中。",
    ),
    (
        "{where}.route: {route!r} may not have single quotes or line breaks.",
        "{where}.route：{route}不能含有单引号或换行。",
    ),
    ("{where}.vlan_id: {vlan} is not in the range of 1 to 4094.", "{where}.vlan_id：{vlan} 不在 1 到 4094 的范围内。"),
    ("{where}.bond_mode: {mode} is less than 0.", "{where}.bond_mode：{mode} 小于 0。"),
    ("{where}.nics: at least one network card is needed.", "{where}.nics：至少需要一块网卡。"),
    ("{where}.nics: {nics}: one card stands there twice.", "{where}.nics：{nics:names}：同一块网卡出现了两次。"),
    (
        "{where}.bond_mode: {number} network cards make a bond, which needs a mode.",
        "{where}.bond_mode：{number} 块网卡组成 bond，需要指定模式。",
    ),
    ("{where}: {text!r} is not {what}.", "{where}：{text}不是{what:entry}。"),
    (
        "availability_zone: there is none yet; a real run needs one for a new {noun}.",
        "availability_zone：尚无可用域；实际运行时，新建{noun}需要一个可用域。",
    ),
    (
        "availability_zone: a new {noun} needs one; there are: {names}.",
        "availability_zone：新建{noun}需要可用域；现有：{names:names}。",
    ),
)
