# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/cloud` about requests and responses."""

from __future__ import annotations

MESSAGES = (
    ("{id}: there is no data to download.", "{id}：没有可以下载的数据。"),
    ("the answer is a page", "响应是一个网页"),
    ("the answer is empty", "响应为空"),
    (
        "{id}: the data has the MD5 sum {digest}, the platform says {md5}.",
        "{id}：数据的 MD5 校验和为 {digest}，而平台给出的是 {md5}。",
    ),
    (
        "It was damaged on the way; nothing was kept. Run the task again.",
        "数据在传输中损坏，没有保留任何内容。请重新运行任务。",
    ),
    ("{id}: the download broke off: {error}.", "{id}：下载中断：{error}。"),
    ("{id}: {path} cannot be written: {strerror}.", "{id}：无法写入 {path}：{strerror:text}。"),
    (
        "{id}: not sent, because the process that asked for it has ended.",
        "{id}：没有发送，因为发起请求的进程已经结束。",
    ),
    ("{what}: status {status_code}", "{what}：状态码 {status_code}"),
    ("{what}, trying again ({left} tries left)", "{what:text}，正在重试（还可重试 {left} 次）"),
    ("TLS to {url}: {error}.", "与 {url} 的 TLS 连接：{error}。"),
    (
        "Set ca_path, or the variable REQUESTS_CA_BUNDLE, to a file or directory that is there.",
        "请将 ca_path 或环境变量 REQUESTS_CA_BUNDLE 设置为存在的文件或目录。",
    ),
    (
        "{request}: the proxy {proxy} wants a login (407). Nothing was sent.",
        "{request}：代理 {proxy} 要求登录（407）。没有发送任何内容。",
    ),
    ("{what}: no answer from {where}: {why}.", "{what}：{where} 没有响应：{why:text}。"),
    (
        "{what}: cannot reach {where} through the proxy {proxy}: {why}. Nothing was sent.",
        "{what}：无法通过代理 {proxy} 连接 {where}：{why:text}。没有发送任何内容。",
    ),
    ("{what}: cannot reach {where}: {why}.", "{what}：无法连接 {where}：{why:text}。"),
    (
        "Check api_url and api_auth_url, and that the platform is up.",
        "请检查 api_url 和 api_auth_url，并确认平台正在运行。",
    ),
    (
        "Check scheme and port of api_url and api_auth_url; it may be http there.",
        "请检查 api_url 和 api_auth_url 的协议和端口；那里也许是 http。",
    ),
    ("No TLS connection to {where}: {why}.", "无法与 {where} 建立 TLS 连接：{why:text}。"),
    ("The TLS certificate of {where} does not verify: {why}.", "{where} 的 TLS 证书校验失败：{why:text}。"),
    (
        "Set ca_path to the authority that signed it, or validate_certs: false if you know what you do.",
        "请将 ca_path 设置为签发该证书的 CA；如果清楚其中的风险，也可以设置 validate_certs: false。",
    ),
    ("The body cannot be written as JSON: {error}.", "请求体无法写成 JSON：{error}。"),
    (
        "This is an operation of OpenStack, which the published reference of CloudOS does not have.",
        "这是 OpenStack 的接口，CloudOS 公开的接口文档中没有。",
    ),
    (
        "The user lacks the role for this in api_project, or the project is another one than the token's.",
        "用户在 api_project 中没有执行此操作的角色，或者该组织不是令牌所属的组织。",
    ),
    (
        "Check the id, and that api_url, api_layout and api_project are right.",
        "请检查 ID，并确认 api_url、api_layout 和 api_project 正确。",
    ),
    (
        "The object is busy or in a state that forbids this; wait and run the task again.",
        "对象正忙，或其状态不允许此操作；请稍后重新运行任务。",
    ),
    ("The quota of the project is used up.", "该组织的配额已用完。"),
    ("The platform asks for fewer requests; raise api_retries.", "平台要求减少请求；请增大 api_retries。"),
    (
        "{names}: only OpenStack has this, and not the published reference of CloudOS.",
        "{names}：只有 OpenStack 支持，CloudOS 公开的接口文档中没有。",
    ),
    (
        "All of these zones have to belong to one CVM (the manager of a CAS cloud).",
        "这些可用域必须全部属于同一个 CVM（CAS 云的管理平台）。",
    ),
    (
        "Another object has this already: use another value, or manage the object that exists.",
        "其他对象已经占用了它：请换一个值，或直接管理已有的对象。",
    ),
    ("Something else still uses the object; remove that first.", "该对象仍被其他资源使用；请先移除占用者。"),
    ("{name}: the answer is no list: {answer}.", "{name}：响应不是列表：{answer}。"),
    ("list_key: the answer has no {key!r}; it has {members}.", "list_key：响应中没有{key}；其中有：{members:names}。"),
    (
        "{id}: the platform returned {known} entries, and none behind them when it was asked. If it returns "
        "no more than that at once, others are missing.",
        "{id}：平台返回了 {known} 个条目，继续查询时后面没有更多条目。如果平台一次最多只返回这么多，则还有条目缺失。",
    ),
    (
        "list_key: the entries have no id, so that those behind the limit cannot be asked for.",
        "list_key：条目没有 ID，无法查询超出上限的条目。",
    ),
    ("Leave limit out of the query.", "请从 query 中去掉 limit。"),
    ("is not valid in a URL path", "不能用在 URL 路径中"),
    ("is longer than {longest_part} characters", "超过 {longest_part} 个字符"),
    ("has leading or trailing spaces", "首尾有空格"),
    ("has control characters", "含有控制字符"),
    ("has characters that are not valid Unicode", "含有无效的 Unicode 字符"),
    ("is a word of the API, not an id", "是接口保留的词，不是 ID"),
    (
        "{name}: has characters that are not valid Unicode (lone surrogates).",
        "{name}：含有无效的 Unicode 字符（孤立的代理项）。",
    ),
    ("path: {way!r} has a part that is empty, blank, '.' or '..'.", "path：{way}中有一段为空、空白、. 或 ..。"),
    ("path: {way!r} has control characters.", "path：{way}含有控制字符。"),
    ("the answer is not JSON: {excerpt}", "响应不是 JSON：{excerpt}"),
    ("{request}: the answer ended {missing} bytes early.", "{request}：响应提前结束，缺少 {missing} 字节。"),
    ("another address", "另一个地址"),
    ("{request}: redirected to {target}.", "{request}：被重定向到 {target:text}。"),
    (
        "The token is only sent to api_url and api_auth_url; set them to the final address.",
        "令牌只会发送到 api_url 和 api_auth_url；请将它们设置为最终地址。",
    ),
    ("Check that api_url ({gateway}) is that of CloudOS.", "请确认 api_url（{gateway}）是 CloudOS 的地址。"),
    ("{request} answered {status}: {message}", "{request} 返回 {status}：{message:text}"),
    ("(no text)", "（没有文本）"),
    ("Run the task again, or raise api_timeout or api_retries.", "请重新运行任务，或增大 api_timeout 或 api_retries。"),
    (
        "The platform may have carried it out all the same; run the task again, or raise api_timeout.",
        "平台可能仍然执行了该请求；请重新运行任务，或增大 api_timeout。",
    ),
    ("Set api_project (or CLOUDOS_PROJECT).", "请设置 api_project（或 CLOUDOS_PROJECT）。"),
    ("The user has no default project.", "该用户没有默认组织。"),
    ("belongs to no project", "不属于任何组织"),
    ("is of a project that the platform does not return", "所属的组织没有被平台返回"),
    ("api_token {why}.", "api_token {why:text}。"),
    ("names several projects: {ids}. Specify the id", "对应多个组织：{ids:names}。请指定 ID"),
    ("names no project. Check it", "不对应任何组织。请检查"),
    ("api_project: {wanted!r} {problem}.", "api_project：{wanted}{problem:text}。"),
    (
        "Install requests[socks] (PySocks) for the Python that runs the task, or correct the environment "
        "variables {proxy_variables}.",
        "请为运行任务的 Python 安装 requests[socks]（PySocks），或修正环境变量 {proxy_variables:list}。",
    ),
    (
        "Correct the environment variables {proxy_variables}; no_proxy lists the hosts to reach directly.",
        "请修正环境变量 {proxy_variables:list}；no_proxy 列出直接连接的主机。",
    ),
    ("{option}: a URL has to begin with http:// or https://.", "{option}：URL 必须以 http:// 或 https:// 开头。"),
    ("Anything else has to be a file on the host where the module runs.", "其他值必须是运行模块的主机上的文件。"),
    ("{option}: is not a valid URL.", "{option}：不是有效的 URL。"),
    ("cannot be fetched: status {status_code}", "无法获取：状态码 {status_code}"),
    ("leads to an address without TLS", "指向没有 TLS 的地址"),
    ("is empty", "为空"),
    ("cannot be fetched: {error}", "无法获取：{error}"),
    ("broke off: {error}", "已中断：{error}"),
    ("broke off after {size} of {length} bytes", "在传输 {size}/{length} 字节后中断"),
    (
        "checksum: {url} has the MD5 sum {hexdigest}, not {md5}.",
        "checksum：{url} 的 MD5 校验和为 {hexdigest}，而不是 {md5}。",
    ),
    ("The upload was broken off.", "上传已中止。"),
)
