# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/features`."""

from __future__ import annotations

MESSAGES = (
    ("cannot be read", "无法读取"),
    ("entries of users have no option for it", "用户条目没有对应的参数"),
    ("it is a secret; a new user needs it to log in", "属于机密；新用户需要它才能登录"),
    ("a new one needs it, and the platform does not return it", "新建时需要它，而平台没有返回"),
    ("it is broken: {why}", "已损坏：{why:text}"),
    ("what is secret by its key is left out", "按键名属于机密的内容已略去"),
    ("its options would change it: {actions}", "其参数会更改它：{actions}"),
    ("its options mean another one", "其参数指向另一个对象"),
    ("{id}: the answer has not the form that it should have.", "{id}：响应的格式不正确。"),
    ("disk: the server has no disk {wanted!r} that is measured", "disk：该云主机没有带监控数据的磁盘{wanted}"),
    ("There are: {names}.", "现有：{names:names}。"),
    ("{message} yet; a real run needs it.", "{message:text}；实际运行时必须存在。"),
    ("scope: vmware needs cluster, host or datastore.", "scope: vmware 需要 cluster、host 或 datastore。"),
    ("{id}: the answer has not as many values as times.", "{id}：响应中值的数量与时间点的数量不一致。"),
    ("start: {start} is later than stop, which is {stop}.", "start：{start} 晚于 stop，后者为 {stop}。"),
    ("{option}: {text!r} is not a valid time.", "{option}：{text}不是有效的时间。"),
    (
        "Write it like 2026-01-31T12:00:00Z or 2026-01-31T20:00:00+08:00, or as seconds since 1970.",
        "请写成 2026-01-31T12:00:00Z 或 2026-01-31T20:00:00+08:00，或自 1970 年起的秒数。",
    ),
    ("access-key-get: the platform has no access key.", "access-key-get：平台没有 AK/SK 密钥。"),
    (
        "path and html_path are one file, {path}. Give two different files.",
        "path 和 html_path 是同一个文件 {path}。请指定两个不同的文件。",
    ),
    ("export: {number} lists", "导出：{number} 个列表"),
    ("export: {number} objects", "导出：{number} 个对象"),
    ("export: done in {seconds} s", "导出：已完成，用时 {seconds} 秒"),
    ("projects: a token is of one project.", "projects：令牌只属于一个组织。"),
    ("Use api_username and api_password instead.", "请改用 api_username 和 api_password。"),
    (
        "end_time: {text!r} is not a valid time, such as 2026-12-31 18:00:00.",
        "end_time：{text}不是有效的时间，应写成 2026-12-31 18:00:00 的形式。",
    ),
    (
        "utc_offset: {text!r} is not the offset of a time zone, such as +08:00.",
        "utc_offset：{text}不是时区偏移量，应写成 +08:00 的形式。",
    ),
    (
        "extend: this platform does not list leases ({why}), so it is not known which lease is meant, nor "
        "when it ends.",
        "extend：该平台不能列出租期（{why:text}），因此不知道是哪个租期，也不知道何时到期。",
    ),
    (
        "id: this platform does not list leases ({why}), so it is not known which lease is meant, nor when it ends.",
        "id：该平台不能列出租期（{why:text}），因此不知道是哪个租期，也不知道何时到期。",
    ),
    (
        "Only a lease whose id is given can be shortened there, to an end_time.",
        "在这样的平台上，只能缩短指定了 id 的租期，且须给出 end_time。",
    ),
    (
        "id: the resource has several leases: {ids}. Specify which one.",
        "id：该资源有多个租期：{ids:names}。请指定其中一个。",
    ),
    ("id: there is no lease {id} of the resource {resource}.", "id：资源 {resource} 没有租期 {id}。"),
    ("a lease is shortened to an end", "缩短租期需要给出到期时间"),
    (
        "Now it is {action} of lease {id} (end_time: {old} -> {new}).",
        "现在的计划是对租期 {id} 执行 {action}（end_time：{old} -> {new}）。",
    ),
    ("{option}: goes with scope: {fitting} only.", "{option}：只能与 scope: {fitting:list} 一起使用。"),
    ("source: {source} goes with scope: {fitting} only.", "source: {source} 只能与 scope: {fitting:list} 一起使用。"),
    ("It goes with scope: {fitting}.", "它用于 scope: {fitting:list}。"),
    ("metrics: {metric!r} is not a metric of scope: {scope}.", "metrics：{metric}不是 scope: {scope} 的指标。"),
    ("metrics: nothing measures {metric!r} there.", "metrics：其中没有{metric}的监控数据。"),
    (
        "It does not exist, it has no such metric, or nothing has been measured yet.",
        "它不存在，或没有该指标，或尚无监控数据。",
    ),
    (
        "headers: {name!r}: a header is of ASCII, without line ends or spaces around it.",
        "headers：{name}：请求头只能含 ASCII 字符，不能有换行或首尾空格。",
    ),
    (
        "path: {shown!r} is no path of the platform; it begins with a single slash.",
        "path：{shown}不是平台的路径；路径以单个斜杠开头。",
    ),
    ("list_key: pages are followed with method GET only.", "list_key：只有 GET 方法会翻页。"),
    ("body: a GET has none.", "body：GET 请求没有请求体。"),
    ("body: the bodies of the platform are objects, or lists of objects.", "body：平台的请求体是对象或对象列表。"),
    (
        "Write it as a dictionary; a text that holds JSON becomes one with the filter from_json.",
        "请写成字典；含 JSON 的文本可以用过滤器 from_json 转换。",
    ),
    ("{number} of {number2} {noun} compared", "已比较 {number2} 个{noun}中的 {number} 个"),
    ("{number} {noun} compared", "已比较 {number} 个{noun}"),
    ("{number} of {number2} {noun} cannot be compared.", "{number2} 个{noun}中有 {number} 个无法比较。"),
)
