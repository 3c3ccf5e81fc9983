# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/resources/network`."""

from __future__ import annotations

MESSAGES = (
    (
        "{option}: {value!r} is not a valid network such as 192.0.2.0/24.",
        "{option}：{value}不是有效的网络，应写成 192.0.2.0/24 的形式。",
    ),
    ("gateway_ip: {router} is not an address of {cidr}.", "gateway_ip：{router} 不是 {cidr} 中的地址。"),
    ("allocation_pools: {start} to {end}", "allocation_pools：{start} 到 {end}"),
    ("{shown} is not inside of {cidr}.", "{shown:text}不在 {cidr} 之内。"),
    ("{shown} ends before it starts.", "{shown:text}的终点在起点之前。"),
    ("{shown} has the gateway {router} in it.", "{shown:text}中含有网关 {router}。"),
    ("Specify allocation_pools without that address.", "请指定不含该地址的 allocation_pools。"),
    ("has no port", "没有端口"),
    ("has no port with the address {wanted}", "没有地址为 {wanted} 的端口"),
    (
        "server: {server} {problem}; its addresses are: {known}.",
        "server：{server} {problem:text}；其地址为：{known:names}。",
    ),
    (
        "server: {server} has {number} ports, with the addresses {known}.",
        "server：{server} 有 {number} 个端口，地址为 {known:names}。",
    ),
    ("Specify fixed_address or port.", "请指定 fixed_address 或 port。"),
    ("fixed_ips: each entry needs subnet or ip_address.", "fixed_ips：每个条目都需要 subnet 或 ip_address。"),
    (
        "external_gateway.network: {name} ({id}) is not external.",
        "external_gateway.network：{name}（{id}）不是外部网络。",
    ),
    (
        "rules: {value!r} is not a protocol; use its name, such as tcp, or its number, 0 to 255.",
        "rules：{value}不是协议；请使用其名称（例如 tcp）或 0 到 255 的编号。",
    ),
    ("port_range_min {least} and port_range_max {most}", "port_range_min {least} 和 port_range_max {most}"),
    ("rules: {shown} need a protocol, such as tcp.", "rules：{shown:text} 需要协议，例如 tcp。"),
    (
        "rules: {shown} are not a type and a code of ICMP, each 0 to 255.",
        "rules：{shown:text} 不是 ICMP 的类型和代码，两者均为 0 到 255。",
    ),
    (
        "rules: {shown} are not a range of ports, from 0 to {all_ports}.",
        "rules：{shown:text} 不是端口范围，应为 0 到 {all_ports}。",
    ),
    (
        "rules: remote_ip_prefix {value!r} is not an IP address or network.",
        "rules：remote_ip_prefix {value}不是 IP 地址或网络。",
    ),
    (
        "rules: ether_type of {value} is IPv{version}, not {ether_type}.",
        "rules：{value} 的 ether_type 为 IPv{version}，而不是 {ether_type}。",
    ),
    (
        "A floating IP leads to a port only if a router connects the subnet of that with the external network.",
        "只有当路由器连接了端口所在的子网与外部网络时，浮动 IP 才能绑定到该端口。",
    ),
    (
        "The address is taken, or the port has a floating IP of this network already.",
        "该地址已被占用，或该端口已有此网络的浮动 IP。",
    ),
    ("leads to the {noun} {name}", "绑定到{noun} {name}"),
    ("There are several floating IPs: {addresses}.", "有多个浮动 IP：{addresses:names}。"),
    ("Specify address, or network.", "请指定 address 或 network。"),
    ("{name}: {value!r} is not an IP address.", "{name}：{value}不是 IP 地址。"),
    (
        "network: it does not say which floating IP is meant, and a second run would make a second one.",
        "network：没有说明是哪个浮动 IP，再次运行会再申请一个。",
    ),
    (
        "Specify server, port or address; state: unbound makes sure that there is one that is not in use.",
        "请指定 server、port 或 address；state: unbound 可确保有一个未使用的浮动 IP。",
    ),
    (
        "mac_address: {mac!r} is not a MAC address such as fa:16:3e:0a:0b:0c.",
        "mac_address：{mac}不是 MAC 地址，应写成 fa:16:3e:0a:0b:0c 的形式。",
    ),
    (
        "port_security_enabled: a port with {secured} cannot be without it.",
        "port_security_enabled：带有 {secured:list} 的端口不能关闭它。",
    ),
    ("Specify empty lists for them.", "请将它们指定为空列表。"),
    (
        "allowed_address_pairs: {ip_address!r} is not a valid IP address or network.",
        "allowed_address_pairs：{ip_address}不是有效的 IP 地址或网络。",
    ),
    (
        "allowed_address_pairs: {own!r} is not a MAC address such as fa:16:3e:0a:0b:0c.",
        "allowed_address_pairs：{own}不是 MAC 地址，应写成 fa:16:3e:0a:0b:0c 的形式。",
    ),
    ("The port {name} ({id}) is in use by {user}.", "端口 {name}（{id}）正在被{user:text}使用。"),
    ("Detach it first.", "请先将其分离。"),
    ("the server {server_id}", "云主机 {server_id}"),
    ("the server {name} ({server_id})", "云主机 {name}（{server_id}）"),
    (
        "interfaces: the subnet {name} ({id}) has no gateway_ip, which would be the address of the router.",
        "interfaces：子网 {name}（{id}）没有 gateway_ip，而它应是路由器的地址。",
    ),
    (
        "rules: remote_ip_prefix and remote_group exclude each other; use two rules.",
        "rules：remote_ip_prefix 和 remote_group 互斥；请使用两条规则。",
    ),
    ("The security group {name} of a project cannot be deleted.", "组织的安全组 {name} 不能删除。"),
    ("name: the security group {name} of a project cannot be renamed.", "name：组织的安全组 {name} 不能改名。"),
    (
        "name: {name} is the security group that each project has; it cannot be created.",
        "name：{name} 是每个组织自带的安全组，不能创建。",
    ),
    (
        "ip_version: {cidr} is a network of IPv{version}, not of IPv{version2}.",
        "ip_version：{cidr} 是 IPv{version} 网络，不是 IPv{version2} 网络。",
    ),
)
