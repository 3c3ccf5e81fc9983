# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How to reach the platform: the options that every module has."""

    DOCUMENTATION = r"""
requirements:
  - requests >= 2.25
options:
  api_cloud:
    description:
      - Name of an entry of C(clouds.yaml), the file in which OpenStack's programs describe clouds.
      - It has the options of the connection that are given nowhere else; options and variables take precedence.
      - The file is looked for in the current directory, in C(~/.config/openstack) and in C(/etc/openstack) of the host
        that runs the task; the environment variable E(OS_CLIENT_CONFIG_FILE) names another one.
      - It needs the Python library PyYAML.
      - If it is not given, the value of the environment variable E(CLOUDOS_CLOUD) is used.
    type: str
  api_url:
    description:
      - Address of the platform, with scheme and port. It can be that of the gateway, such as
        V(http://cloud.example.com:11000), or that of the core API, such as V(http://cloud.example.com:9000); see
        O(api_layout).
      - It can also come from O(api_cloud).
      - If it is not given, the value of the environment variable E(CLOUDOS_URL) is used.
    type: str
  api_token:
    description:
      - A token to use directly, instead of O(api_username) and O(api_password). It is not renewed.
      - If it is not given, the value of the environment variable E(CLOUDOS_TOKEN) is used.
      - One of O(api_token), O(api_username) and O(api_application_credential_id) is required.
    type: str
  api_auth_url:
    description:
      - Address of the identity service (Keystone v3). V(/auth/tokens) is appended to it.
      - By default, it is looked for at V(/os/kinton/v1/v3) and then at V(/v3) of O(api_url).
      - If it is not given, the value of the environment variable E(CLOUDOS_AUTH_URL) is used.
    type: str
  api_username:
    description:
      - User to log in as. O(api_password) is required, too.
      - If it is not given, the value of the environment variable E(CLOUDOS_USERNAME) is used.
    type: str
  api_password:
    description:
      - Password of O(api_username).
      - If it is not given, the value of the environment variable E(CLOUDOS_PASSWORD) is used.
    type: str
  api_application_credential_id:
    description:
      - ID of an application credential (Keystone v3) to log in with.
      - O(api_application_credential_secret) is required, too.
      - It has a project of its own, in which everything is done.
      - If it is not given, the value of the environment variable E(CLOUDOS_APPLICATION_CREDENTIAL_ID) is used.
    type: str
  api_application_credential_secret:
    description:
      - Secret of O(api_application_credential_id).
      - Mutually exclusive with O(api_password).
      - If it is not given, the value of the environment variable E(CLOUDOS_APPLICATION_CREDENTIAL_SECRET) is used.
    type: str
  api_domain:
    description:
      - Domain of the user, by name or ID.
      - If it is not given, the value of the environment variable E(CLOUDOS_DOMAIN) is used.
    type: str
    default: default
  api_project:
    description:
      - Project to act in, by name or ID. The platform also calls it organization or tenant.
      - By default, the project of the token is used, or the default project of the user.
      - If it is not given, the value of the environment variable E(CLOUDOS_PROJECT) is used.
    type: str
  api_layout:
    description:
      - How the platform lays out its addresses.
      - V(gateway) are those of the published reference, C(/os/<service>/v1/<path>), which the gateway serves, usually
        on port 11000.
      - V(core) are the same without C(/os/<service>/v1), which the core API serves, usually on port 9000.
      - V(auto) asks as the gateway does first, and as the core API does if the platform does not know the address. What
        it has learned is kept in the cache of tokens.
      - If it is not given, the value of the environment variable E(CLOUDOS_LAYOUT) is used.
    type: str
    choices: [auto, gateway, core]
    default: auto
  api_service_prefixes:
    description:
      - >-
        Prefixes that single services have instead of that of O(api_layout), as a dictionary such as
        V({network: /os/network/v1, volume: /os/storage/v1}). A prefix replaces C(/os/<service>/v1); an empty one leaves
        it out.
      - The services are V(compute), V(image), V(kinton) (also V(identity)), V(network) and V(storage) (also V(volume)).
      - If it is not given, the value of the environment variable E(CLOUDOS_SERVICE_PREFIXES) is used, which is JSON.
    type: dict
  api_language:
    description:
      - Language of messages, such as V(zh) or V(en).
      - It is sent as C(Accept-Language) and chooses the language of the texts that the platform itself writes, such as
        its error messages and the faults of servers. By default, the platform chooses.
      - The messages of this collection are in Chinese if it begins with V(zh), and in English otherwise. Keys, values
        and actions in results are the same in all languages.
      - If it is not given, the value of the environment variable E(CLOUDOS_LANGUAGE) is used.
    type: str
  validate_certs:
    description:
      - Whether to verify the TLS certificate of an C(https) address.
      - If it is not given, the value of the environment variable E(CLOUDOS_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificate authorities to trust, instead of the default ones.
      - If it is not given, the value of the environment variable E(CLOUDOS_CA_PATH) is used.
    type: path
  api_timeout:
    description:
      - Seconds to wait for the response to one request.
      - If it is not given, the value of the environment variable E(CLOUDOS_TIMEOUT) is used.
    type: float
    default: 30.0
  api_retries:
    description:
      - How many times a request is retried after a temporary failure.
      - A request that might already have been executed is only sent again if that is safe.
      - If it is not given, the value of the environment variable E(CLOUDOS_RETRIES) is used.
    type: int
    default: 4
"""
