# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/model`."""

from __future__ import annotations

MESSAGES = (
    (
        "{option}: there are several {noun}s named {wanted!r}: {ids}. Specify its ID.",
        "{option}：有多个名为{wanted}的{noun}：{ids:names}。请指定其 ID。",
    ),
    (
        "{option}: there is no {noun} {wanted!r} yet; a real run needs it.",
        "{option}：尚无{noun}{wanted}；实际运行时必须存在。",
    ),
    ("{option}: there is no {noun} {wanted!r}.", "{option}：没有{noun}{wanted}。"),
    ("The project has no {noun}s.", "该组织中没有{noun}。"),
    ("There are: {names}, ….", "现有：{names:names} 等。"),
    (
        "Something of that name may exist already, perhaps where this user cannot see it.",
        "同名的对象可能已经存在，只是该用户看不到。",
    ),
    ("it is an ID of this cloud, which another one does not have", "它是本平台的 ID，在其他平台上不存在"),
    ("there is no {noun} {missing} any more", "{noun} {missing}已不存在"),
    ("the platform takes at least {min_length} characters.", "平台要求至少 {min_length} 个字符。"),
    ("the platform takes {min_length} to {max_length} characters.", "平台要求 {min_length} 到 {max_length} 个字符。"),
    ("{name}: it is blank. Leave the option out, or give a value.", "{name}：为空白。请去掉该参数，或给出值。"),
    ("named pipe", "命名管道"),
    ("{option}: must not be empty.", "{option}：不能为空。"),
    ("{option}: the name of a file cannot have a NUL character in it.", "{option}：文件名中不能有 NUL 字符。"),
    ("{option}: {path} does not exist.", "{option}：{path} 不存在。"),
    ("{option}: {path} is empty.", "{option}：{path} 为空。"),
    ("{option}: the directory of {path} does not exist.", "{option}：{path} 所在的目录不存在。"),
    ("{option}: {path} is the name of a directory; give that of a file.", "{option}：{path} 是目录名；请给出文件名。"),
    ("{option}: {path} is a link.", "{option}：{path} 是链接。"),
    ("Specify the file that it leads to: {path}", "请指定它指向的文件：{path}"),
    ("Give a file or directory that is there.", "请指定存在的文件或目录。"),
    ("{option}: {path} cannot be read: {strerror}.", "{option}：无法读取 {path}：{strerror:text}。"),
    ("special file", "特殊文件"),
    ("{option}: {path} is a {noun}, not a regular file.", "{option}：{path} 是{noun}，不是普通文件。"),
    ("{option}: {path} cannot be read: Permission denied.", "{option}：无法读取 {path}：没有权限。"),
    ("{label}: {state} for {number} s", "{label:label}：{state:text}（已持续 {number} 秒）"),
    (", {time} left", "，剩余 {time:text}"),
    ("{number} % of {total}, {rate}/s{left}", "{number} %（共 {total}），{rate}/s{left:text}"),
    ("{number} min", "{number} 分钟"),
    ("has the id {id!r}", "ID 为{id}"),
    ("id: {wanted_id!r} is something else than a {noun}.", "id：{wanted_id}不是{noun}。"),
    ("; some services of the platform remove them", "；平台的某些服务会将其去掉"),
    (
        "name: there are {number} {noun}s named {name!r}: {ids}. Specify `id`.",
        "name：有 {number} 个名为{name}的{noun}：{ids:names}。请指定 `id`。",
    ),
    (
        "id, name: they are those of two {noun}s: the id is that of {name!r}, and {name2!r} has the id {id}. "
        "Specify one of them.",
        "id、name：它们属于两个{noun}：该 ID 属于{name}，而{name2}的 ID 为 {id}。请只指定其中一个。",
    ),
    ("Did you mean '{near}'?", "您是不是想写{near:name}？"),
    ("{where}: must be a text, not a {noun}.", "{where}：必须是文本，不能是{noun}。"),
    ("The filter to_json makes a text of it.", "过滤器 to_json 可以将其转换为文本。"),
    ("a number of thousands of digits", "数千位的数字"),
    ("{name}: {value!r} has leading or trailing spaces{why}.", "{name}：{value}首尾有空格{why:text}。"),
)
