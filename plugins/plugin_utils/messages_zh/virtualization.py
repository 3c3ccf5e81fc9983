# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/virtualization`."""

from __future__ import annotations

MESSAGES = (
    (
        "{option}: there are several {noun}s named {wanted!r}: {ids}. Specify the ID.",
        "{option}：有多个名为{wanted}的{noun}：{ids:names}。请指定 ID。",
    ),
    ("Another project may have it already, which this one cannot see.", "可能已被另一个组织纳管，而当前组织看不到。"),
    ("is the virtual machine {vm!r}", "虚机为{vm}"),
    (
        "vm: the platform returns no uuid of {name}, so the cloud cannot have it.",
        "vm：平台没有返回 {name} 的 uuid，因此云平台无法纳管它。",
    ),
    ("{name}: goes with platform: vmware only.", "{name}：只能与 platform: vmware 一起使用。"),
    ("{name}: goes with platform: cas only.", "{name}：只能与 platform: cas 一起使用。"),
    ("ports: CAS takes exactly one.", "ports：CAS 只接受一个。"),
    ("ports: at least one is needed.", "ports：至少需要一个。"),
    (
        "cvk: the compute service does not report what it calls the host {host_name}. Specify it.",
        "cvk：计算服务没有报告它对主机 {host_name} 的称呼。请指定它。",
    ),
    ("The hosts of {node} are: {names}.", "{node} 的主机有：{names:names}。"),
    ("is named {name!r} and of {vm!r}", "名为{name}且属于{vm}"),
    (
        "platform: VMware does not list the snapshots of its machines. Only CAS does.",
        "platform：VMware 不能列出其虚机的快照，只有 CAS 可以。",
    ),
    (
        "{name} is {status}, so nothing was sent. Run the task again for what is left.",
        "{name} 的状态为 {status}，因此没有发送任何内容。请重新运行任务以完成其余部分。",
    ),
    ("name: {name} has no snapshot {snapshot!r}.", "name：{name} 没有快照{snapshot}。"),
    (
        "name: {name} has no snapshot {snapshot!r} yet; a real run needs it.",
        "name：{name} 尚无快照{snapshot}；实际运行时必须存在。",
    ),
    (
        "snapshot_timeout: {timeout} has to be 0 or more, of {timeout_digits} digits at most.",
        "snapshot_timeout：{timeout} 应为 0 或更大，且最多 {timeout_digits} 位数字。",
    ),
    (
        "platform: VMware does not list snapshots, so it cannot be checked whether there is anything to do.",
        "platform：VMware 不能列出快照，因此无法判断是否需要执行操作。",
    ),
    ("With act_unseen: true it is done in each run of the task.", "设置 act_unseen: true 时，每次运行任务都会执行。"),
    (
        "power: {power} needs a host in maintenance, and maintenance: false takes it out.",
        "power：{power} 需要主机处于维护模式，而 maintenance: false 会使其退出维护模式。",
    ),
    ("Use two tasks.", "请使用两个任务。"),
    ("ip: {ip!r} is no IP address.", "ip：{ip}不是 IP 地址。"),
    (
        "maintenance_status: with platform: cas it has to be given, because only you know it.",
        "maintenance_status：platform: cas 时必须给出，因为只有您知道该值。",
    ),
    (
        "Read the status of a host in maintenance with cloudos_virtualization_info.",
        "可以用 cloudos_virtualization_info 读取处于维护模式的主机的状态。",
    ),
    (
        "host: the platform does not report whether {name} is in maintenance.",
        "host：平台不报告 {name} 是否处于维护模式。",
    ),
    (
        "maintenance: {name} is {power_state}, and has to be on to leave maintenance.",
        "maintenance：{name} 的电源状态为 {power_state}，退出维护模式时必须开机。",
    ),
    ("Use power: wake first, in a task of its own.", "请先在单独的任务中使用 power: wake。"),
    (
        "power: {power} needs a host in maintenance, and {name} is not.",
        "power：{power} 需要主机处于维护模式，而 {name} 并未处于维护模式。",
    ),
    (
        "Add maintenance: true, which moves its machines to other hosts or stops them.",
        "请加上 maintenance: true，它会将主机上的虚机迁移到其他主机或停止。",
    ),
    (
        "ip: the platform does not return the address of {name}, and requires it.",
        "ip：平台没有返回 {name} 的地址，而又要求提供。",
    ),
    (
        "target_storage: CAS does not report where the storage of a machine is.",
        "target_storage：CAS 不报告虚机的存储位置。",
    ),
    (
        "Specify target_host too, which moves both, or move_storage: always, which moves it in each run.",
        "请同时指定 target_host，这样两者都会迁移；或使用 move_storage: always，这样每次运行都会迁移。",
    ),
    (
        "online: {value} does not go with {name}, which is {state}.",
        "online: {value} 不适用于 {name}，其状态为 {state}。",
    ),
    ("Leave online out, or start or stop the machine first.", "请去掉 online，或先启动或停止该虚机。"),
    ("an earlier migration has ended elsewhere; run the task again", "先前的迁移结束在其他位置；请重新运行任务"),
)
