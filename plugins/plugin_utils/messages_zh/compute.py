# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/compute`."""

from __future__ import annotations

MESSAGES = (
    (
        "purge_ports: the platform does not report the ports that the networks have brought.",
        "purge_ports：平台不报告由网络带来的端口。",
    ),
    ("the server no longer exists", "该云主机已不存在"),
    (
        "This platform has no list of the volumes that can be attached; give ids in volumes.",
        "该平台没有可挂载云硬盘的列表；请在 volumes 中给出 ID。",
    ),
    (
        "volumes: there are several volumes named {wanted!r}: {ids}. Specify the ID.",
        "volumes：有多个名为{wanted}的云硬盘：{ids:names}。请指定 ID。",
    ),
    (
        "volumes: {names} cannot be attached: not there, or another server has it.",
        "volumes：无法挂载 {names:names}：不存在，或已挂载到其他云主机。",
    ),
    (
        "purge_volumes: the platform does not report which attached volumes are {names}.",
        "purge_volumes：平台不报告已挂载的云硬盘中哪些是 {names:names}。",
    ),
    ("Specify their IDs in volumes.", "请在 volumes 中指定其 ID。"),
    (
        "boot_volume_size: the flavor has no disk whose size could be taken; give it in GB.",
        "boot_volume_size：该规格没有可以采用的磁盘大小；请以 GB 为单位给出。",
    ),
    (
        "networks: the platform does not return those of a server; they were not compared.",
        "networks：平台不返回云主机的网络，因此没有比较。",
    ),
    (
        "purge_networks: the platform does not report the ports of the networks that are to be left.",
        "purge_networks：平台不报告要移除的网络的端口。",
    ),
    ("metadata: {foreign} would make it a bare-metal instance.", "metadata：{foreign:names} 会使其成为裸金属实例。"),
    ("cloudos_baremetal_instance makes those.", "裸金属实例由 cloudos_baremetal_instance 创建。"),
    (
        "host: a host belongs to a compute node; give availability_zone as zone:compute node.",
        "host：主机属于某个计算节点；请将 availability_zone 写成 可用域:计算节点 的形式。",
    ),
    ("This platform does not return the graphics cards of servers.", "该平台不返回云主机的显卡。"),
    (
        "networks[{index}]: specify one of network and port, not both.",
        "networks[{index}]：请在 network 和 port 中指定一个，不能两者都指定。",
    ),
    ("networks[{index}]: specify one of network and port.", "networks[{index}]：请在 network 和 port 中指定一个。"),
    (
        "networks[{index}].fixed_ip: a port has its addresses already.",
        "networks[{index}].fixed_ip：端口已有自己的地址。",
    ),
    (
        "networks[{index}].fixed_ip: {fixed_ip!r} is not an IP address.",
        "networks[{index}].fixed_ip：{fixed_ip}不是 IP 地址。",
    ),
    (
        "admin_password: only a running server takes another password, and {name} is {state}.",
        "admin_password：只有运行中的云主机才能更改密码，而 {name} 的状态为 {state}。",
    ),
    (
        "Start it in a task before this one (power_state: running).",
        "请在此任务之前的任务中启动它（power_state: running）。",
    ),
    (
        "confirm_resize: {wanted} cannot be changed before the resize of the server is confirmed.",
        "confirm_resize：在确认云主机的规格变更之前，不能更改 {wanted:list}。",
    ),
    (
        "Set it to true, or confirm or revert the resize by other means first.",
        "请将其设置为 true，或先用其他方式确认或撤销规格变更。",
    ),
    (
        "the platform gave the resize up: it is {status} with its old flavor",
        "平台放弃了规格变更：其状态为 {status}，规格未变",
    ),
    (
        "it was being resized, which has ended with the flavor {flavor}; run the task again",
        "它正在变更规格，现已结束，规格为 {flavor}；请重新运行任务",
    ),
    ("at least {least}", "不小于 {least}"),
    ("from {least} to {largest}, a percentage", "{least} 到 {largest} 之间的百分比"),
    ("{name}: {value} has to be {limits}.", "{name}：{value} 应为{limits:text}。"),
    (
        "{less}: {value} has to be less than {more}, which is {value2}.",
        "{less}：{value} 应小于 {more}，后者为 {value2}。",
    ),
    (
        "CloudOS documents no way to delete a flavor; OpenStack's own was tried, and this platform refuses it.",
        "CloudOS 的文档没有删除规格的接口；已尝试 OpenStack 自身的接口，但被该平台拒绝。",
    ),
    ("{name}: {value} is too small; the least is {least}.", "{name}：{value} 太小；最小为 {least}。"),
    ("{name}: {value} is too large; the most is {largest}.", "{name}：{value} 太大；最大为 {largest}。"),
    ("rxtx_factor: {factor} is no whole number from 1 on.", "rxtx_factor：{factor} 不是从 1 开始的整数。"),
    ("projects: every project may use a public flavor.", "projects：公开的规格可供所有组织使用。"),
    ("Only one with is_public: false has projects.", "只有 is_public: false 的规格才能指定组织。"),
    ("a public key in OpenSSH's form (a type, then the key)", "OpenSSH 格式的公钥（先是类型，然后是密钥）"),
    ("a certificate in PEM form", "PEM 格式的证书"),
    (
        "name: {name!r} may have 1 to 64 letters, digits, hyphens and underscores.",
        "name：{name}应为 1 到 64 个字符，只能包含字母、数字、连字符和下划线。",
    ),
    ("Use type: {form}.", "请使用 type: {form}。"),
    ("public_key: it is not {types}.", "public_key：它不是{types:list}。"),
    ("its disk included", "包括其磁盘"),
    ("no address yet", "尚无地址"),
    ("it boots from a volume; a new one needs boot_volume", "它从云硬盘启动；新建时需要 boot_volume"),
    ("image or boot_volume", "image 或 boot_volume"),
    ("networks or ports", "networks 或 ports"),
    (
        "flavor: the server has {has}, wanted {wanted}, and resize is never.",
        "flavor：该云主机为 {has}，期望 {wanted}，而 resize 为 never。",
    ),
    (
        'name: {name!r} may have 1 to 64 characters, none of them full-width and none of / : * ? " < > |, '
        "and no dot at its ends.",
        'name：{name}应为 1 到 64 个字符，不能含有全角字符和 / : * ? " < > |，首尾不能是点。',
    ),
    ("policy {policy}", "策略 {policy}"),
    (
        "name: {name!r} may have 1 to 15 letters, digits and underscores.",
        "name：{name}应为 1 到 15 个字符，只能包含字母、数字和下划线。",
    ),
    (
        "name: {name!r} may have 1 to 32 Chinese characters, letters, digits, hyphens, underscores and dots.",
        "name：{name}应为 1 到 32 个字符，只能包含汉字、字母、数字、连字符、下划线和点。",
    ),
    ("max_snapshots: {max_snapshots} is too small; the least is 1.", "max_snapshots：{max_snapshots} 太小；最小为 1。"),
    ("availability_zones: a strategy needs at least one.", "availability_zones：快照策略至少需要一个可用域。"),
    (
        "schedule: it is needed to change {changes} of the strategy {name}.",
        "schedule：要更改快照策略 {name} 的 {changes:list}，需要它。",
    ),
    (
        "The platform takes a strategy only as a whole, and does not report when this one is to run.",
        "平台只接受完整的快照策略，而且不报告该策略何时运行。",
    ),
    ("schedule.at: {at!r} is not a valid time of day.", "schedule.at：{at}不是有效的时刻。"),
    (
        'Write it in quotes, as in at: "02:30"; YAML reads more into it.',
        '请加引号，写成 at: "02:30"；否则 YAML 会有别的理解。',
    ),
    (
        "schedule.day: {day} has to be 1 to 7 for every week, 1 to 31 for every month.",
        "schedule.day：{day} 不正确，每周应为 1 到 7，每月应为 1 到 31。",
    ),
    (
        "schedule.day: only a strategy for every week or month has a day.",
        "schedule.day：只有每周或每月的快照策略才有日期。",
    ),
    ("is {number}", "为 {number}"),
    ("is missing", "缺失"),
    (
        "schedule.day {given}; for every {every} it has to be 1 to {last}.",
        "schedule.day {given:text}；{every} 时应为 1 到 {last}。",
    ),
    ("A new snapshot strategy needs {lacking}.", "新建快照策略需要 {lacking:list}。"),
    ("a snapshot of the name {name!r} is not listed yet", "名为{name}的快照尚未列出"),
    (
        "The platform is at work ({task}), so nothing was sent. Run the task again for what is left.",
        "平台正在工作（{task}），因此没有发送任何内容。请重新运行任务以完成其余部分。",
    ),
    (
        "new_name: the server has the snapshots {old!r} and {new!r}; delete one of them.",
        "new_name：该云主机同时有快照{old}和{new}；请删除其中一个。",
    ),
    ("name: the server has no snapshot {name!r}.", "name：该云主机没有快照{name}。"),
    ("It has: {names}.", "其中有：{names:names}。"),
    (
        "name: the server has no snapshot {name!r} yet; a real run needs it.",
        "name：该云主机尚无快照{name}；实际运行时必须存在。",
    ),
    ("new_name: a snapshot that is to be absent gets no other name.", "new_name：应当不存在的快照不会改名。"),
    (
        "{option_name}: {text!r} is empty, or has leading or trailing spaces.",
        "{option_name}：{text}为空，或首尾有空格。",
    ),
    (
        "name: {name!r} has a comma. The platform joins names with commas where it deletes, so a snapshot of "
        "that name cannot be deleted.",
        "name：{name}含有逗号。平台在删除时用逗号连接名称，因此无法删除这样命名的快照。",
    ),
    (
        "new_name: {name!r} has a comma. The platform joins names with commas where it deletes, so a "
        "snapshot of that name cannot be deleted.",
        "new_name：{name}含有逗号。平台在删除时用逗号连接名称，因此无法删除这样命名的快照。",
    ),
    ("server: there is no server {server!r}.", "server：没有云主机{server}。"),
    (
        "The server {server} has {number} external snapshots, and the platform allows {limit}.",
        "云主机 {server} 有 {number} 个外部快照，而平台最多允许 {limit} 个。",
    ),
    ("Delete one of them, or raise the limit on CAS.", "请删除其中一个，或在 CAS 上提高上限。"),
)
