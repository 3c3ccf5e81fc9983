# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/identity`."""

from __future__ import annotations

MESSAGES = (
    (
        "{option}: {cidr!r} is no network; write one like 10.0.0.0/16.",
        "{option}：{cidr}不是网络；请写成 10.0.0.0/16 的形式。",
    ),
    ("{option}: {start} to {end} is not in {network}.", "{option}：{start} 到 {end} 不在 {network} 中。"),
    ("{option}: {start} stands behind {end}.", "{option}：{start} 在 {end} 之后。"),
    ("{option}: {text!r} is not a valid IP address.", "{option}：{text}不是有效的 IP 地址。"),
    (
        "The project {name} ({id}) has child projects: {children}. It was not deleted.",
        "组织 {name}（{id}）有下级组织：{children:names}。没有删除它。",
    ),
    (
        "Delete them first. The platform deletes no project that has children, also with force: true.",
        "请先删除下级组织。即使指定 force: true，平台也不会删除有下级组织的组织。",
    ),
    (
        "The project {name} ({id}) is not empty. It has {left}. It was not deleted.",
        "组织 {name}（{id}）不为空，其中有{left:kinds}。没有删除它。",
    ),
    (
        "Delete them first. With force: true only the project is deleted, and they stay without one.",
        "请先删除它们。指定 force: true 时只删除组织，它们会留下来，不再属于任何组织。",
    ),
    (
        "The project still has ports of routers and networks: {own}. A real run needs none.",
        "该组织中仍有路由器和网络的端口：{own:names}。实际运行时不能有。",
    ),
    (
        "The platform has no list of {noun}s, so it is unknown whether any are left.",
        "平台没有{noun}列表，因此不知道是否还有剩余。",
    ),
    (
        "It is unknown whether {noun}s are left in the project. force: true deletes it all the same.",
        "不知道该组织中是否还有{noun}。force: true 仍会删除该组织。",
    ),
    (
        "Only CloudOS assigns zones to projects; this platform, like OpenStack Keystone, does not. Omit zones.",
        "只有 CloudOS 会为组织分配可用域；该平台与 OpenStack Keystone 一样不支持。请去掉 zones。",
    ),
    ("{section}.{name}: {used} used, wanted {wanted}", "{section}.{name}：已用 {used}，期望 {wanted}"),
    ("The quota would be lower than what the project uses ({below}).", "配额将低于该组织的使用量（{below:text}）。"),
    (
        "Use allow_below_usage: true to lower it all the same; what is used stays.",
        "使用 allow_below_usage: true 仍可降低配额；已使用的资源会保留。",
    ),
    (
        "This is the word for a group of roles of CloudOS; this platform has roles of OpenStack Keystone.",
        "这是 CloudOS 中角色组的名称；该平台使用 OpenStack Keystone 的角色。",
    ),
    (
        "Only CloudOS has these quotas; this platform, like OpenStack, does not have the addresses for them.",
        "只有 CloudOS 有这些配额；该平台与 OpenStack 一样，没有相应的接口。",
    ),
    (
        "Check that there is a project {project_id!r}, and that this user may see its quota.",
        "请确认组织{project_id}存在，且该用户可以查看其配额。",
    ),
    (
        "The domain may have a project of that name where this user cannot see it.",
        "该域中可能已有同名的组织，只是该用户看不到。",
    ),
    ("project: the platform returns no quota of {wanted!r}.", "project：平台没有返回{wanted}的配额。"),
    (
        "{section}.{name}: {value!r} is not valid; 0 or more, or -1 for unlimited.",
        "{section}.{name}：{value}无效；应为 0 或更大，-1 表示不限。",
    ),
    (
        "{names}: the platform returns no value, so nothing is sent. force: true sends it.",
        "{names:names}：平台没有返回值，因此不会发送。force: true 会发送。",
    ),
    ("The platform does not let the document of a quota be read: {message}", "平台不允许读取配额：{message:text}"),
    ("{name}: {value} is not between -1 and {largest}.", "{name}：{value} 不在 -1 到 {largest} 的范围内。"),
    (
        "it is not changed, and there is another one named {name!r}: {ids}",
        "它没有更改，并且另有一个名为{name}的配额模板：{ids}",
    ),
    (
        "The domain may have a user of that name where this user cannot see it.",
        "该域中可能已有同名的用户，只是该用户看不到。",
    ),
    (
        "The user {name} ({id}) cannot be replaced without password: the platform does not return the old one.",
        "没有 password 就无法重建用户 {name}（{id}）：平台不返回原来的密码。",
    ),
)
