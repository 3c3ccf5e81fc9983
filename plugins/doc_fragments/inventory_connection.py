# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How the inventory reaches the platform: the options of modules, with the variables that Ansible reads itself."""

    DOCUMENTATION = r"""
options:
  api_cloud:
    description:
      - Name of an entry of C(clouds.yaml), which has the options of the connection that are given nowhere else.
      - It needs the Python library PyYAML, which Ansible has.
    type: str
    env:
      - name: CLOUDOS_CLOUD
  api_url:
    description:
      - Address of the platform, with scheme and port, such as V(http://cloud.example.com:11000) for the gateway or
        V(http://cloud.example.com:9000) for the core API.
      - Required, unless O(api_cloud) is given.
    type: str
    env:
      - name: CLOUDOS_URL
  api_token:
    description: A token to use instead of O(api_username) and O(api_password).
    type: str
    env:
      - name: CLOUDOS_TOKEN
  api_auth_url:
    description:
      - Identity endpoint (Keystone v3). By default, it is looked for at C(/os/kinton/v1/v3) and then at C(/v3) of
        O(api_url).
    type: str
    env:
      - name: CLOUDOS_AUTH_URL
  api_username:
    description: User to log in as.
    type: str
    env:
      - name: CLOUDOS_USERNAME
  api_password:
    description: Password of the user.
    type: str
    env:
      - name: CLOUDOS_PASSWORD
  api_application_credential_id:
    description:
      - ID of an application credential (Keystone v3) to log in with, instead of a user.
      - It has a project of its own.
    type: str
    env:
      - name: CLOUDOS_APPLICATION_CREDENTIAL_ID
  api_application_credential_secret:
    description: Secret of the application credential.
    type: str
    env:
      - name: CLOUDOS_APPLICATION_CREDENTIAL_SECRET
  api_domain:
    description: Domain of the user, by name or ID.
    type: str
    default: default
    env:
      - name: CLOUDOS_DOMAIN
  api_project:
    description: Project to list the servers of, by name or ID, if no others are given.
    type: str
    env:
      - name: CLOUDOS_PROJECT
  api_layout:
    description:
      - Whether addresses are those of the V(gateway), C(/os/<service>/v1/<path>), or of the V(core) API, C(/<path>).
      - V(auto) asks as the gateway does first, and as the core API does if the platform does not know the address.
    type: str
    choices: [auto, gateway, core]
    default: auto
    env:
      - name: CLOUDOS_LAYOUT
  api_service_prefixes:
    description:
      - "Prefixes that single services have instead of C(/os/<service>/v1), such as V({network: /os/network/v1})."
      - A dictionary; in the environment variable it is written in JSON.
    type: raw
    env:
      - name: CLOUDOS_SERVICE_PREFIXES
  api_language:
    description:
      - Language of messages, such as V(zh) or V(en).
      - It chooses the language of the texts that the platform itself writes. By default, the platform chooses.
      - The messages of this plugin are in Chinese if it begins with V(zh), and in English otherwise.
    type: str
    env:
      - name: CLOUDOS_LANGUAGE
  validate_certs:
    description: Whether to verify the TLS certificate of the platform.
    type: bool
    default: true
    env:
      - name: CLOUDOS_VALIDATE_CERTS
  ca_path:
    description: File or directory with the certificate authorities to trust.
    type: path
    env:
      - name: CLOUDOS_CA_PATH
  api_timeout:
    description: Seconds to wait for the response to one request.
    type: float
    default: 30.0
    env:
      - name: CLOUDOS_TIMEOUT
  api_retries:
    description: How many times a request is retried after a temporary failure.
    type: int
    default: 4
    env:
      - name: CLOUDOS_RETRIES
"""
