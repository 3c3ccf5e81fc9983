# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/images`."""

from __future__ import annotations

MESSAGES = (
    (
        "checksum: the file {source} has another MD5 sum than {checksum}.",
        "checksum：文件 {source} 的 MD5 校验和不是 {checksum}。",
    ),
    ("the platform has removed the image", "平台已将该镜像删除"),
    ("its status is {status}", "其状态为 {status}"),
    (
        "its data has the MD5 sum {checksum}, the file sent {sent}",
        "其数据的 MD5 校验和为 {checksum}，而发送的文件为 {sent}",
    ),
    (
        "properties: {taken} is an option of its own, or belongs to the platform.",
        "properties：{taken:names} 有专门的参数，或由平台管理。",
    ),
    ("its data included", "包括其数据"),
    ("id: {id!r} is the snapshot of a server.", "id：{id}是云主机快照。"),
    (
        "cloudos_server_snapshot manages it; from_snapshot turns it into an image.",
        "它由 cloudos_server_snapshot 管理；from_snapshot 可以将其转换为镜像。",
    ),
    (
        "the data is not in the description; cloudos_image downloads it with dest",
        "描述中没有数据；cloudos_image 可以用 dest 下载",
    ),
    ("it is a secret", "属于机密"),
    (
        "name: {name!r} may have 1 to 64 characters, none of them Chinese or full-width, and no backslash.",
        "name：{name}应为 1 到 64 个字符，不能含有汉字、全角字符和反斜杠。",
    ),
    ("{number}: {value} is not between 1 and 999999.", "{number}：{value} 不在 1 到 999999 的范围内。"),
    (
        "checksum: {checksum!r} is no MD5 sum (32 hexadecimal digits).",
        "checksum：{checksum}不是 MD5 校验和（32 位十六进制数字）。",
    ),
    ("cas_ostype or vmware_ostype", "cas_ostype 或 vmware_ostype"),
    ("dest: the image has no data yet; give src to upload some.", "dest：该镜像尚无数据；请给出 src 以上传数据。"),
    (
        "replace: give src or ftp too; without one the new image would have no data.",
        "replace：请同时给出 src 或 ftp；否则新镜像没有数据。",
    ),
    ("The image {name} ({id}) is protected against deletion.", "镜像 {name}（{id}）受删除保护。"),
    ("Set protected: false in a task before this one.", "请在此任务之前的任务中设置 protected: false。"),
    (
        'name: {name!r} may have 1 to 128 characters, none Chinese or full-width and none of / \\ : * ? " < '
        "> |, no dot at its ends.",
        'name：{name}应为 1 到 128 个字符，不能含有汉字、全角字符和 / \\ : * ? " < > |，首尾不能是点。',
    ),
    (
        "operating_system: {system!r} may have 1 to 64 characters, none Chinese or full-width.",
        "operating_system：{system}应为 1 到 64 个字符，不能含有汉字和全角字符。",
    ),
    (
        "The server is busy, or in a status of which there can be no snapshot; run the task again later.",
        "该云主机正忙，或其状态不允许创建快照；请稍后重新运行任务。",
    ),
    (
        "name: {name!r} may have 64 letters, digits and hyphens, the first a letter.",
        "name：{name}最多 64 个字符，只能包含字母、数字和连字符，以字母开头。",
    ),
    ("the platform has removed it again", "平台又将其删除"),
)
