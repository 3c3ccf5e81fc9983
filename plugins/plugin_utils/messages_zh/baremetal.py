# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/baremetal`."""

from __future__ import annotations

MESSAGES = (
    (
        "availability_zone: a new bare-metal instance on a certain node needs it.",
        "availability_zone：在指定的节点上新建裸金属实例时需要它。",
    ),
    ("gpu_monitoring: the platform has no key for it.", "gpu_monitoring：平台没有对应的键。"),
    ("networks: an instance needs at least one.", "networks：实例至少需要一个网络。"),
    (
        "networks: gateway is for networks of tenants, where each network has a port.",
        "networks：gateway 用于多租户组网，此时每个网络都有 port。",
    ),
    ("In a flat network, the gateway is a matter of interfaces.", "在 flat 组网中，网关由 interfaces 指定。"),
    (
        "networks: where one network has a port, all need one; it is missing for {without}.",
        "networks：只要有一个网络指定了 port，所有网络都必须指定；缺少的是 {without}。",
    ),
    (
        "interfaces: they are for flat networks; a network with a port is configured by the platform.",
        "interfaces：它用于 flat 组网；指定了 port 的网络由平台配置。",
    ),
    (
        "networks: only one of them can be the gateway, not {gateways}.",
        "networks：只能有一个网络作为网关，不能是 {gateways:names}。",
    ),
    ("networks: the node has no port or port group {wanted!r}", "networks：该节点没有 port 或 portgroup {wanted}"),
    ("The MAC addresses of its ports: {addresses}.", "其 port 的 MAC 地址为：{addresses:names}。"),
    ("its provision state is {provision_state}", "其部署状态为 {provision_state}"),
    ("it has the instance {instance_uuid}", "已有实例 {instance_uuid}"),
    ("it is in maintenance", "处于维护模式"),
    ("node: {node!r} takes no instance now; {state}.", "node：{node}目前不能创建实例；{state:text}。"),
    (
        "It has to be available, without an instance, and not in maintenance.",
        "它必须为 available 状态、没有实例，且不处于维护模式。",
    ),
    ("{problem} A real run needs it to be available.", "{problem:text}实际运行时它必须可用。"),
    (
        "compute_node: the platform does not report which compute node serves the node",
        "compute_node：平台没有报告该节点由哪个计算节点管理",
    ),
    (
        "Specify it, or run the task again later: a node is reported some time after it has become available.",
        "请指定它，或稍后重新运行任务：节点变为可用之后，过一段时间才会被报告。",
    ),
    ("{option_name}: {text!r} is no MAC address.", "{option_name}：{text}不是 MAC 地址。"),
    ("{option_name}: the node has several port groups {wanted!r}.", "{option_name}：该节点有多个 portgroup {wanted}。"),
    ("{option_name}: the node has no port group {wanted!r}.", "{option_name}：该节点没有 portgroup {wanted}。"),
    ("Make it first, with cloudos_baremetal_portgroup.", "请先用 cloudos_baremetal_portgroup 创建它。"),
    ("The bare-metal node {node} runs the instance {instance_id}.", "裸金属节点 {node} 正在运行实例 {instance_id}。"),
    (
        "An instance is managed by cloudos_baremetal_instance; the platform takes the node back when it goes.",
        "实例由 cloudos_baremetal_instance 管理；实例删除后，平台会收回该节点。",
    ),
    (
        "ipmi: the node {node} cannot get the address {address}; another node has it: {others}.",
        "ipmi：节点 {node} 不能使用地址 {address}；另一个节点已在使用：{others}。",
    ),
    (
        "provision_state: image_source is missing in instance_info.",
        "provision_state：instance_info 中缺少 image_source。",
    ),
    (
        "{pinned}: it can only be changed in maintenance while the node is {state}.",
        "{pinned}：节点处于 {state} 状态时，只能在维护模式下更改。",
    ),
    ("Set maintenance: true, and end it in another task.", "请设置 maintenance: true，并在另一个任务中结束维护模式。"),
    (
        "resource_class: the node is {state}; it has to be given back before that can be changed.",
        "resource_class：节点处于 {state} 状态；必须先收回节点才能更改。",
    ),
    ("It was to read {names}. {hint}", "需要读取 {names:list}。{hint:text}"),
    ("{name}: the name of a member is blank.", "{name}：成员的名称为空白。"),
    (
        "{name}: {key} is a list. The platform takes texts, numbers and dictionaries.",
        "{name}：{key} 是列表。平台接受文本、数字和字典。",
    ),
    (
        "{name}: {key} consists of asterisks; that is how the platform hides what it has.",
        "{name}：{key} 全是星号；平台用星号隐藏已有的值。",
    ),
    (
        "name: {name!r} may have up to 255 letters, digits and characters of '._~-'.",
        "name：{name}最多 255 个字符，只能包含字母、数字和 ._~- 这些字符。",
    ),
    ("driver_info: {doubled} are set by the option ipmi.", "driver_info：{doubled:list} 由参数 ipmi 设置。"),
    (
        "maintenance_reason: there is no reason for maintenance: false.",
        "maintenance_reason：maintenance: false 时不需要原因。",
    ),
    (
        "adopt: a node is adopted to be active; set provision_state: active.",
        "adopt：接管节点是为了使其成为 active；请设置 provision_state: active。",
    ),
    (
        "{leaving}: the node is manageable after it, and no verb leads back to enroll.",
        "{leaving}：执行之后节点为 manageable，没有操作可以回到 enroll。",
    ),
    ("it is {state!r}, to which no options lead", "其状态为{state}，没有参数能使其达到该状态"),
    ("it is on; a new node is left as its cleaning leaves it", "它已开机；新节点的电源状态由清理结果决定"),
    ("it is a secret; a new node needs it", "属于机密；新节点需要它"),
    (
        "clean_steps: the node is active; a cleaning would take what runs on it.",
        "clean_steps：节点处于 active 状态；清理会清除其上运行的内容。",
    ),
    (
        "provision_state: the node is in maintenance ({reason}); it cannot take the verbs {verbs} then.",
        "provision_state：节点处于维护模式（{reason:text}），此时不能执行操作 {verbs:list}。",
    ),
    ("without a reason", "未说明原因"),
    ("Set maintenance: false.", "请设置 maintenance: false。"),
    ("The raid_interface of the node has to support it. {hint}", "节点的 raid_interface 必须支持它。{hint:text}"),
    (
        "target_raid_config: it has logical_disks, a list of dictionaries, or is empty.",
        "target_raid_config：应含有字典列表 logical_disks，或为空。",
    ),
    (
        "target_raid_config: logical_disks is empty. An empty dictionary means no RAID.",
        "target_raid_config：logical_disks 为空。空字典表示没有 RAID。",
    ),
    ("target_raid_config: a logical disk needs {missing}.", "target_raid_config：逻辑磁盘需要 {missing:list}。"),
    ("configdrive: it is a text or a dictionary.", "configdrive：应为文本或字典。"),
    (
        "configdrive: it has no {unknown}; it may have {parts}.",
        "configdrive：没有 {unknown:list}；可以有 {parts:list}。",
    ),
    ("configdrive: {name} is a dictionary.", "configdrive：{name} 应为字典。"),
    ("configdrive: user_data is a text.", "configdrive：user_data 应为文本。"),
    (
        "A node is deployed or adopted only if its instance_info says what runs on it, an image_source at "
        "least. CloudOS itself deploys a node when a bare-metal instance is created.",
        "只有 instance_info 说明了运行的内容（至少要有 image_source），节点才能部署或接管。创建裸金属实例时，"
        "CloudOS 会自行部署节点。",
    ),
    (
        "provision_state: no verb leads a node from {current!r} to {wanted!r}.",
        "provision_state：没有操作可以使节点从{current}变为{wanted}。",
    ),
    ("it is gone", "它已不存在"),
    ("it is in maintenance, and pauses in {state!r} until that ends", "处于维护模式，停留在{state}状态，直到维护结束"),
    ("its provision state is {state!r}: {why}", "其部署状态为{state}：{why:text}"),
    ("no reason is given", "没有给出原因"),
    ("it did not come to rest in {rest!r}", "它没有稳定在{rest}状态"),
    (
        "reboot: the bare-metal node is off; only one that runs can be rebooted.",
        "reboot：该裸金属节点已关机；只有运行中的才能重启。",
    ),
    ("its disks included", "包括其磁盘"),
    ("the platform does not report how they are wired to ports of the node", "平台不报告它们与节点 port 的连接关系"),
    ("gone, its node {provision_state}", "已删除，其节点为 {provision_state}"),
    ("its node could not be cleaned: {why}", "无法清理其节点：{why}"),
    ("has the IPMI address {address}", "IPMI 地址为 {address}"),
    (
        "ipmi: there are several nodes with the address {address}: {ids}.",
        "ipmi：有多个节点使用地址 {address}：{ids:names}。",
    ),
    (
        "ipmi: its address is needed to find a node by, where neither name nor id is given.",
        "ipmi：没有给出 name 和 id 时，需要用其地址来查找节点。",
    ),
    ("to be deleted", "待删除"),
    ("has the address {address}", "地址为 {address}"),
    (
        "address: the port {address} ({id}) cannot get the address {address2}; the port {port} of the node "
        "{node} has it.",
        "address：port {address}（{id}）不能使用地址 {address2}；节点 {node} 的 port {port} 已在使用。",
    ),
    ("ports: {twice} is there more than once.", "ports：{twice:list} 出现了不止一次。"),
    (
        "ports: a port has no {unknown}; it may have {allowed}.",
        "ports：port 没有 {unknown:list}；可以有 {allowed:list}。",
    ),
    (
        "ports: pxe_enabled is true or false, not {pxe_enabled!r}.",
        "ports：pxe_enabled 应为 true 或 false，而不是{pxe_enabled}。",
    ),
    (
        "Remove the ports from it first: cloudos_baremetal_port with port_group: ''.",
        "请先从中移除 port：cloudos_baremetal_port 加 port_group: ''。",
    ),
    ("lists do not return it", "列表中不返回它"),
    (
        "The port group {name} cannot be deleted; it has the ports {bound}.",
        "无法删除 portgroup {name}；其中有 port {bound:names}。",
    ),
    (
        "{name}: the port group {id} cannot get {wanted}; {other} of the node {node} has it.",
        "{name}：portgroup {id} 不能使用 {wanted}；节点 {node} 的 {other} 已在使用。",
    ),
)
