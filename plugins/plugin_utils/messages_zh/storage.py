# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/storage`."""

from __future__ import annotations

MESSAGES = (
    ("its status is error_deleting", "其状态为 error_deleting"),
    ("size: {size} GB is too small; the least is 1 GB.", "size：{size} GB 太小；最小为 1 GB。"),
    ("metadata: {own} belongs to the platform.", "metadata：{own:names} 由平台管理。"),
    (
        "size: the volume {name} ({id}) has {size} GB, and a volume cannot shrink to {size2} GB.",
        "size：云硬盘 {name}（{id}）为 {size} GB，不能缩小到 {size2} GB。",
    ),
    (
        "This platform may only grow volumes that are not attached to a server: detach it, or stop the server.",
        "该平台可能只能扩容未挂载到云主机的云硬盘：请将其卸载，或停止云主机。",
    ),
    (
        "The volume {name} ({id}) is attached to the server {servers}, and cannot be deleted.",
        "云硬盘 {name}（{id}）已挂载到云主机 {servers:names}，无法删除。",
    ),
    (
        "Detach it first: cloudos_server with volumes and purge_volumes does.",
        "请先卸载：可以使用 cloudos_server 的 volumes 和 purge_volumes。",
    ),
    (
        "The volume {name} ({id}) cannot be deleted: its status is error_deleting, and the platform deletes "
        "only volumes that are available or in status error.",
        "无法删除云硬盘 {name}（{id}）：其状态为 error_deleting，而平台只删除状态为 available 或 error 的云硬盘。",
    ),
    ("An administrator has to reset its status.", "需要由管理员重置其状态。"),
    (
        "volume: {name} ({volume_id}) is in use, and its data may change while a snapshot is taken.",
        "volume：{name}（{volume_id}）正在使用中，创建快照期间其数据可能变化。",
    ),
    (
        "Use force: true to take one all the same, or detach the volume first.",
        "使用 force: true 仍会创建快照，或先卸载云硬盘。",
    ),
)
