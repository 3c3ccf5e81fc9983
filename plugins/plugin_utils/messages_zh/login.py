# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/cloud` about the connection and the login."""

from __future__ import annotations

MESSAGES = (
    (
        "api_service_prefixes: there is no service {name!r}; the services are {known}.",
        "api_service_prefixes：没有名为{name}的服务；可用的服务有：{known:list}。",
    ),
    (
        "api_service_prefixes: {name}: {value!r} is not a prefix of paths.",
        "api_service_prefixes：{name}：{value}不是路径前缀。",
    ),
    (
        "Use the form /os/network/v1, or an empty text for none.",
        "请使用 /os/network/v1 这样的形式；没有前缀时使用空文本。",
    ),
    ("api_service_prefixes: {name}: its service has two prefixes.", "api_service_prefixes：{name}：该服务有两个前缀。"),
    (
        "Check api_url. Many installations serve logins on port 9000 only, to which nothing is sent unless "
        "you say so: set api_auth_url, such as {address}.",
        "请检查 api_url。许多环境只在 9000 端口提供登录服务，除非您明确指定，否则不会向该端口发送任何内容：请"
        "设置 api_auth_url，例如 {address}。",
    ),
    (
        "api_url {url!r} has a path. Specify scheme, host and port only, such as http://cloud.example.com:11000.",
        "api_url {url}带有路径。请只填写协议、主机和端口，例如 http://cloud.example.com:11000。",
    ),
    ("{request}: the platform does not accept the token.", "{request}：平台不接受该令牌。"),
    ("Check api_token.", "请检查 api_token。"),
    ("Check api_username, api_password and api_project.", "请检查 api_username、api_password 和 api_project。"),
    ("Nothing to authenticate with.", "没有可用的认证信息。"),
    (
        "Set api_token, or api_username and api_password, or api_application_credential_id and "
        "api_application_credential_secret, or the environment variables in their place.",
        "请设置 api_token，或 api_username 和 api_password，或 api_application_credential_id 和 "
        "api_application_credential_secret，也可以设置对应的环境变量。",
    ),
    (
        "api_project: {wanted!r} is not the project of the application credential, {known!r}.",
        "api_project：{wanted}不是该应用凭证所属的组织，其所属组织为{known}。",
    ),
    ("Leave api_project out, or use a credential of that project.", "请去掉 api_project，或使用属于该组织的应用凭证。"),
    (
        "Could not log in at {identity_url} with api_application_credential_id {credential_id!r}.",
        "无法使用 api_application_credential_id {credential_id}登录 {identity_url}。",
    ),
    (
        "Check api_application_credential_id and _secret, and that the credential has not expired.",
        "请检查 api_application_credential_id 和 api_application_credential_secret，并确认该凭证未过期。",
    ),
    (
        "at {identity_url} as api_username {username!r} (api_domain {domain!r})",
        "以 api_username {username}（api_domain {domain}）登录 {identity_url}",
    ),
    ("Could not log in {where}.", "无法{where:text}。"),
    ("Check api_username, api_password and api_domain.", "请检查 api_username、api_password 和 api_domain。"),
    ("Logged in {where}, but not in api_project {project!r}.", "已{where:text}，但无法进入 api_project {project}。"),
    ("Check that the project exists and that the user has a role in it.", "请确认该组织存在，且该用户在其中拥有角色。"),
    ("The answer of {identity_url} holds no token.", "{identity_url} 的响应中没有令牌。"),
    ("Check api_auth_url.", "请检查 api_auth_url。"),
    (
        "No identity service (Keystone v3) answers at {where}: status {status}.",
        "{where:list} 上没有可用的认证服务（Keystone v3）：状态码 {status}。",
    ),
    ("application credential", "应用凭证"),
    ("api_cloud: there is no clouds.yaml in {places}.", "api_cloud：在 {places:list} 中没有找到 clouds.yaml。"),
    ("OS_CLIENT_CONFIG_FILE names another.", "可以通过 OS_CLIENT_CONFIG_FILE 指定其他文件。"),
    (
        "api_cloud: {path} has no cloud {cloud!r}; it has {names}.",
        "api_cloud：{path} 中没有云{cloud}；其中有：{names:names}。",
    ),
    (
        "api_cloud: the Python library PyYAML is needed to read clouds.yaml.",
        "api_cloud：读取 clouds.yaml 需要 Python 库 PyYAML。",
    ),
    (
        "Install PyYAML for the Python that runs the task, or set the options of the connection instead.",
        "请为运行任务的 Python 安装 PyYAML，或改为直接设置连接参数。",
    ),
    ("api_cloud: {path} cannot be read: {strerror}.", "api_cloud：无法读取 {path}：{strerror:text}。"),
    (" (line {line})", "（第 {line} 行）"),
    ("api_cloud: {path} is not valid YAML{where}.", "api_cloud：{path} 不是有效的 YAML{where:text}。"),
    ("api_cloud: {path} has no dictionary `clouds`.", "api_cloud：{path} 中没有字典 `clouds`。"),
    ("api_cloud: {path}: {text}", "api_cloud：{path}：{text:text}"),
    ("{name}: must be a dictionary", "{name}：必须是字典"),
    (".auth.{name}: must be a text", ".auth.{name}：必须是文本"),
    (".cloudos: there is no option {unknown}", ".cloudos：没有参数 {unknown}"),
    ("{option}: {address!r} is not a valid URL.", "{option}：{address}不是有效的 URL。"),
    ("Use the form http://cloud.example.com:11000.", "请使用 http://cloud.example.com:11000 这样的形式。"),
    ("api_project: {project!r} is neither a name nor an ID.", "api_project：{project}既不是名称也不是 ID。"),
    (
        "api_token: a token has no blanks, line ends or letters beyond ASCII in it.",
        "api_token：令牌中不能有空格、换行或 ASCII 以外的字符。",
    ),
    (
        "parameters are mutually exclusive: api_password|api_application_credential_secret.",
        "参数互斥：api_password|api_application_credential_secret。",
    ),
    ("api_layout: {layout!r} is not one of {layouts}.", "api_layout：{layout}不是 {layouts:list} 之一。"),
    ("api_language: {language!r} is not a language.", "api_language：{language}不是语言。"),
    ("Use zh or en.", "请使用 zh 或 en。"),
    (
        "api_timeout: {timeout} is not between 0 and {longest_timeout} seconds.",
        "api_timeout：{timeout} 不在 0 到 {longest_timeout} 秒的范围内。",
    ),
    (
        "api_retries: {retries} is not a number of retries; it is 0 or more.",
        "api_retries：{retries} 不是有效的重试次数；应为 0 或更大。",
    ),
)
