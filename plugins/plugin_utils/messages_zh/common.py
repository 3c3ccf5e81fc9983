# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What texts are put together from, single words, outcomes, and what Ansible itself says of options."""

from __future__ import annotations

MESSAGES = (
    # how texts are put together
    ("[{seconds} s] {what}", "[{seconds} 秒] {what:text}"),
    ("{number} {nouns}: {what}", "{number} 个{nouns}：{what:list}"),
    ("{number} of {number2} {nouns} done, {what}", "{number2} 个{nouns}中已完成 {number} 个，{what:list}"),
    ("{number} x {change}: {names}", "{number} 个{change:text}：{names:names}"),
    ("{number} s", "{number} 秒"),
    ("{number} {what}", "{number} 个{what:text}"),
    (", {what},", "（{what:text}）"),
    ("{option}: {value!r} {why}", "{option}：{value}{why:text}"),
    ("{name}: must be a text", "{name}：必须是文本"),
    ("There is no option {names}", "没有参数 {names}"),
    ("id: there is no lease of the resource {resource}.", "id：资源 {resource} 没有租期。"),
    (
        "compute_node: the platform does not report which compute node serves the node {node}.",
        "compute_node：平台没有报告节点 {node} 由哪个计算节点管理。",
    ),
    # stages, intents and other words
    ("create", "创建"),
    ("delete", "删除"),
    ("done", "已完成"),
    ("failed", "失败"),
    ("not begun", "未开始"),
    ("queued", "排队中"),
    ("rolled back", "已回退"),
    ("waiting", "等待中"),
    ("created", "已创建"),
    ("changed", "已更改"),
    ("deleted", "已删除"),
    ("unchanged", "无变化"),
    ("not_begun", "未开始"),
    ("rolled_back", "已回退"),
    ("addresses", "地址"),
    ("another", "另一个"),
    # of the operating system
    ("Connection refused", "连接被拒绝"),
    ("Connection reset by peer", "连接被对方重置"),
    ("Connection timed out", "连接超时"),
    ("File exists", "文件已存在"),
    ("Is a directory", "是目录"),
    ("Name or service not known", "主机名无法解析"),
    ("Network is unreachable", "网络不可达"),
    ("No route to host", "没有到主机的路由"),
    ("No space left on device", "设备上没有剩余空间"),
    ("No such file or directory", "没有该文件或目录"),
    ("Not a directory", "不是目录"),
    ("Permission denied", "没有权限"),
    ("Read-only file system", "只读文件系统"),
    ("timed out", "超时"),
    # of ansible-core
    ("missing required arguments: {names}", "缺少必需的参数：{names:list}"),
    (
        "value of {option} must be one of: {choices}, got: {value}",
        "{option} 的值必须是以下之一：{choices:list}，而不是 {value}",
    ),
    ("parameters are required together: {names}", "以下参数必须同时给出：{names:list}"),
    ("one of the following is required: {names}", "必须给出以下参数之一：{names:list}"),
    ("missing parameter(s) required by '{option}': {names}", "使用{option:name}时还需要参数：{names:list}"),
    (
        "{option} is {value} but all of the following are missing: {names}",
        "{option} 为 {value}，但缺少以下参数：{names:list}",
    ),
    (
        "{option} is {value} but any of the following are missing: {names}",
        "{option} 为 {value}，但以下参数至少需要一个：{names:list}",
    ),
    (
        "argument '{option}' is of type {type} and we were unable to convert to {other}: {why}",
        "参数{option:name}的类型为 {type}，无法转换为 {other}：{why:text}",
    ),
)
