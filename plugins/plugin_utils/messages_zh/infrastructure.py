# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/infrastructure`."""

from __future__ import annotations

MESSAGES = (
    ("vswitches: {name} of entry {number} is empty.", "vswitches：第 {number} 个条目的 {name} 为空。"),
    (
        "vswitches: the platform takes {longest_text} characters at most, of a network in base64.",
        "vswitches：平台最多接受 {longest_text} 个字符的网络名称（base64 编码后）。",
    ),
    ("vswitches: the network {name!r} is given more than once.", "vswitches：网络{name}出现了不止一次。"),
    ("service: several services are named {wanted!r}.", "service：有多个名为{wanted}的服务。"),
    ("service: there is no service {wanted!r}.", "service：没有名为{wanted}的服务。"),
    (
        "sub_norms: {name} is {value!r}; a number or a text of 1 to 255 characters is wanted.",
        "sub_norms：{name} 为{value}；应为数字或 1 到 255 个字符的文本。",
    ),
    ("sub_norms: this service has no {unknown}.", "sub_norms：该服务没有 {unknown:names}。"),
    ("sub_norms: a single norm has exactly one of {allowed}.", "sub_norms：单项规格只能有 {allowed:names} 中的一项。"),
    ("sub_norms: {missing} is missing.", "sub_norms：缺少 {missing:names}。"),
    ("A combined norm has every sub-norm.", "组合规格包含所有子规格。"),
    (
        "name: {name!r} may have 1 to 16 letters, digits and underscores, and is not 'nova'.",
        "name：{name}应为 1 到 16 个字符，只能包含字母、数字和下划线，且不能是 nova。",
    ),
    (
        'alias: {alias!r} may have 1 to 32 characters, none full-width and none of / : * ? " < > |, no dot '
        "at its ends.",
        'alias：{alias}应为 1 到 32 个字符，不能含有全角字符和 / : * ? " < > |，首尾不能是点。',
    ),
    ("name: the host name of a compute node cannot be empty.", "name：计算节点的主机名不能为空。"),
    ("{name}: asterisks stand for a secret and are none.", "{name}：星号只是机密的替代显示，不是机密本身。"),
    (
        "password: it is needed to change {changes} of the compute node {name}.",
        "password：要更改计算节点 {name} 的 {changes:list}，需要它。",
    ),
    (
        "The platform takes a compute node only as a whole, with the password of its management.",
        "平台只接受完整的计算节点，并须带有其管理密码。",
    ),
    (
        "validate: the platform validates {asked} only, not {vm_type}.",
        "validate：平台只能校验 {asked:list}，不能校验 {vm_type}。",
    ),
    ("the platform cannot use {host_ip} as {username}", "平台无法以 {username} 的身份使用 {host_ip}"),
    ("gather: available_config needs {missing}.", "gather：available_config 需要 {missing:list}。"),
    (
        "gather: the platform returns available_config of {asked} only.",
        "gather：平台只返回 {asked:list} 的 available_config。",
    ),
    (
        "storage_zone: several zones have the alias {wanted!r}: {named}.",
        "storage_zone：有多个别名为{wanted}的可用域：{named:names}。",
    ),
    ("metadata: {zone_key} is an option of its own.", "metadata：{zone_key} 有专门的参数。"),
    (
        "availability_zone: {zone!r} cannot be the zone of an aggregate.",
        "availability_zone：{zone}不能作为主机集合的可用域。",
    ),
    (
        "availability_zone: {hosts} cannot be in the zone {zone}; the host aggregate {name} ({id}) has it in "
        "{availability_zone}.",
        "availability_zone：{hosts:names} 不能属于可用域 {zone}；主机集合 {name}（{id}）已将其划入 "
        "{availability_zone}。",
    ),
    (
        "The host aggregate {name} ({id}) is not empty, and only an empty one can be deleted. It has: {hosts}.",
        "主机集合 {name}（{id}）不为空，而只有空的才能删除。其中有：{hosts:names}。",
    ),
    ("hosts_exact: true removes its hosts first.", "hosts_exact: true 会先移除其中的主机。"),
    (
        "CloudOS documents no way to take a host out of an aggregate; OpenStack's own was tried, and this "
        "platform refuses it.",
        "CloudOS 的文档没有将主机移出主机集合的接口；已尝试 OpenStack 自身的接口，但被该平台拒绝。",
    ),
    (
        "sub_norms: there are {number} norms of these values: {ids}. Specify `id`.",
        "sub_norms：有 {number} 个具有这些值的资源规格：{ids:names}。请指定 `id`。",
    ),
    (
        "{name}: only a combined norm has a price, and it is not below 0.",
        "{name}：只有组合规格才有价格，且不能小于 0。",
    ),
)
