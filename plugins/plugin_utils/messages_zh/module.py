# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/module`."""

from __future__ import annotations

MESSAGES = (
    (
        "{redirected} names another platform than the credential of this job.",
        "{redirected} 指定的平台与此作业的凭据所属的平台不同。",
    ),
    (
        "Select the credential of that platform, or leave the URL of the credential empty.",
        "请选择该平台的凭据，或将凭据中的 URL 留空。",
    ),
    ("No api_url.", "缺少 api_url。"),
    (
        "in the task, in module_defaults (group/h3c.cloudos.cloudos)",
        "在任务中、在 module_defaults（group/h3c.cloudos.cloudos）中",
    ),
    (
        "{places}, or as {variable} or {variable2} where the task runs",
        "{places:text}，或在运行任务的环境中以 {variable} 或 {variable2}",
    ),
    ("Set it {where}.", "请{where:text}设置。"),
    ("{given} is given without {missing}.", "给出了 {given}，但没有给出 {missing}。"),
    (
        "Set it {places}, or as {variable} where the task runs.",
        "请{places:text}设置，或在运行任务的环境中以 {variable} 设置。",
    ),
    (
        "Set one of these {places}: {ways}. Or set one of these where the task runs: {names}.",
        "请{places:text}设置以下之一：{ways:list}。或者在运行任务的环境中设置以下之一：{names:list}。",
    ),
    ("There is no option '{name}'. {hint}", "没有参数{name:name}。{hint:text}"),
    ("The command ansible-doc lists the options of each module.", "命令 ansible-doc 会列出各模块的参数。"),
    ("Use {option}: {value}.", "请使用 {option}: {value}。"),
    ("{place}: '{value}' is not one of {choices}.", "{place}：{value:name}不是 {choices:list} 之一。"),
    ("must be a dictionary", "必须是字典"),
    ("{place}: {what}, not a text.", "{place}：{what:text}，不能是文本。"),
    (
        "{place}: {what}, such as {{{first}: {value}}}. You gave the text '{value2}'.",
        "{place}：{what:text}，例如 {{{first}: {value}}}。您给出的是文本{value2:name}。",
    ),
    ("{name}: it is given twice, also as one of {aliases}.", "{name}：被重复指定，另一处写作 {aliases}。"),
    ("parameters are mutually exclusive: {together}.", "参数互斥：{together}。"),
    ("{name}: must not be blank.", "{name}：不能为空白。"),
    (
        "wait_timeout: {timeout} is not between 0 and {longest_wait} seconds.",
        "wait_timeout：{timeout} 不在 0 到 {longest_wait} 秒的范围内。",
    ),
    ("{where}: must be a dictionary.", "{where}：必须是字典。"),
    ("each entry is a dictionary", "每个条目都应是字典"),
    ("{where}: {value} is not a number that can be sent.", "{where}：{value} 不是可以发送的数字。"),
    ("{where}: must be a text, not bytes.", "{where}：必须是文本，不能是字节。"),
    ("What !!binary stands before is bytes.", "!!binary 之后的内容是字节。"),
    ("{where}: the number is too large to be sent.", "{where}：数字太大，无法发送。"),
    (
        "{where}: the text is not Unicode: it has a lone surrogate in it.",
        "{where}：该文本不是 Unicode：其中有孤立的代理项。",
    ),
    (
        "It comes of bytes that are not UTF-8, or of \\ud800 to \\udfff in JSON.",
        "它来自非 UTF-8 的字节，或 JSON 中的 \\ud800 到 \\udfff。",
    ),
)
