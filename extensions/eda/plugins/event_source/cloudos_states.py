# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Event source for ansible-rulebook: changes of servers and bare metal of H3C CloudOS."""

from __future__ import annotations

DOCUMENTATION = r"""
---
short_description: Receive changes of servers, bare-metal instances and bare-metal nodes of H3C CloudOS
description:
  - An ansible-rulebook event source plugin that polls the platform, and sends an event for each machine that was
    created, changed its state, failed or was deleted since the last poll.
  - An event is C(event.cloudos), with the same keys for all kinds. C(change) is V(created), V(changed), V(failed),
    V(deleted) or V(found); C(kind), C(id), C(name), C(project), C(status), C(power_state), C(provision_state),
    C(maintenance), C(failed) and C(fault) describe the machine after the change, V(null) if its kind has no such
    property; C(changed) lists the properties that differ, and C(before) has their previous values.
  - The plugin uses the client of the collection, with its login, its token cache and its retries. A poll sends one
    request for each 1000 servers of each project, and one for the nodes.
requirements:
  - ansible-core >= 2.16
  - requests >= 2.25
options:
  api_cloud:
    description: Entry of C(clouds.yaml) with the options that are given nowhere else; E(CLOUDOS_CLOUD) if not given.
    type: str
  api_url:
    description: Address of the platform, with scheme and port; the environment variable E(CLOUDOS_URL) if not given.
    type: str
    required: true
  api_token:
    description: A token to use directly, which is not renewed; E(CLOUDOS_TOKEN) if not given.
    type: str
  api_auth_url:
    description: Address of the identity service; E(CLOUDOS_AUTH_URL) if not given.
    type: str
  api_username:
    description: User to log in as; E(CLOUDOS_USERNAME) if not given.
    type: str
  api_password:
    description: Password of the user; E(CLOUDOS_PASSWORD) if not given.
    type: str
  api_application_credential_id:
    description:
      - ID of an application credential to log in with, instead of a user.
      - E(CLOUDOS_APPLICATION_CREDENTIAL_ID) if not given.
    type: str
  api_application_credential_secret:
    description: Secret of the application credential; E(CLOUDOS_APPLICATION_CREDENTIAL_SECRET) if not given.
    type: str
  api_domain:
    description: Domain of the user; E(CLOUDOS_DOMAIN) if not given.
    type: str
    default: default
  api_project:
    description: Project to poll, if O(projects) is not given; E(CLOUDOS_PROJECT) if not given.
    type: str
  api_layout:
    description:
      - Whether addresses are those of the V(gateway), C(/os/<service>/v1/<path>), or of the V(core) API, C(/<path>).
      - V(auto) finds it out. E(CLOUDOS_LAYOUT) if not given.
    type: str
    choices: [auto, gateway, core]
    default: auto
  api_service_prefixes:
    description:
      - "Prefixes that single services have instead of C(/os/<service>/v1), such as V({network: /os/network/v1});
        E(CLOUDOS_SERVICE_PREFIXES), which is JSON, if not given."
    type: dict
  api_language:
    description:
      - Language of the texts of the platform, and with V(zh) of the errors and warnings of the source itself.
      - E(CLOUDOS_LANGUAGE) if not given.
    type: str
  validate_certs:
    description: Whether to verify TLS certificates; E(CLOUDOS_VALIDATE_CERTS) if not given.
    type: bool
    default: true
  ca_path:
    description: File with the certificate authorities to trust; E(CLOUDOS_CA_PATH) if not given.
    type: path
  api_timeout:
    description: Seconds to wait for the response to one request; E(CLOUDOS_TIMEOUT) if not given.
    type: float
    default: 30.0
  api_retries:
    description: How many times a request is retried within one poll; E(CLOUDOS_RETRIES) if not given.
    type: int
    default: 4
  kinds:
    description:
      - Kinds of machines to poll.
      - Only administrators can poll V(baremetal_node).
    type: list
    elements: str
    choices: [server, baremetal_instance, baremetal_node]
    default: [server, baremetal_instance]
  projects:
    description: Projects whose servers and instances to poll, by name or ID. Nodes do not belong to a project.
    type: list
    elements: str
    default: []
  interval:
    description: Seconds between two polls.
    type: float
    default: 60.0
  longest_pause:
    description:
      - Maximum number of seconds between two polls while the platform does not respond. The pause is about doubled
        after each failure.
      - A rejected login stops the source immediately, since accounts can be locked.
    type: float
    default: 900.0
  emit_existing:
    description:
      - Whether to start with an event V(found) for each existing machine.
      - It has no effect if O(marker) already exists.
    type: bool
    default: false
  marker:
    description:
      - File for the last states, so that a restart reports what has changed in between, and reports nothing twice.
      - It is created by the plugin, is readable only by its user, and contains no secrets. Its directory has to exist.
      - If it is not given, each start begins without a state, and changes in between are not reported.
    type: path
"""

EXAMPLES = r"""
- h3c.cloudos.cloudos_states:
    api_url: http://cloud.example.com:11000
    api_username: admin
    api_password: "{{ cloudos_password }}"
    projects: [web, db]
    kinds: [server, baremetal_instance, baremetal_node]
    interval: 30
    marker: /var/lib/eda/cloudos.json
"""

import asyncio
import dataclasses
import logging
import sys
import typing as t
from pathlib import Path

# ansible-rulebook runs this file by its path, without Ansible's loader of collections.
_COLLECTIONS = str(Path(__file__).absolute().parents[7])
if _COLLECTIONS not in sys.path:
    sys.path.append(_COLLECTIONS)

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import login
from ansible_collections.h3c.cloudos.plugins.module_utils.module.cloud_entry import with_cloud
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from ansible_collections.h3c.cloudos.plugins.module_utils.resources._instances import is_bare_metal, is_going
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.plugin_utils import snapshots as states
from ansible_collections.h3c.cloudos.plugins.plugin_utils import translation

_SPEC = {
    **CONNECTION,
    "kinds": {
        "type": "list",
        "elements": "str",
        "choices": list(states.KINDS),
        "default": [states.SERVER, states.INSTANCE],
    },
    "projects": {"type": "list", "elements": "str", "default": []},
    "interval": {"type": "float", "default": 60.0},
    "longest_pause": {"type": "float", "default": 900.0},
    "emit_existing": {"type": "bool", "default": False},
    "marker": {"type": "path"},
}
# What ansible-rulebook itself puts among the arguments.
_OF_THE_ENGINE = "eda_feedback_queue"
_PAGE = 1000
# A login or a role that is missing does not come by waiting.
_REFUSED = frozenset({401, 403})

_logger = logging.getLogger(__name__)


class SourceError(Exception):
    """The source cannot go on; the message is for people, and without secrets."""


class Platform:
    """The machines to look at."""

    def __init__(self, options: t.Mapping[str, t.Any]) -> None:
        self.redactor = Redactor()
        self._kinds = frozenset(options["kinds"])
        api = login(options, "among the arguments of the source")
        projects = list(dict.fromkeys(options["projects"])) or [api.project]
        self._clients = {
            project: Client(dataclasses.replace(api, project=project), self.redactor) for project in projects
        }
        account = api.username or api.application_credential_id
        self.subject = [api.url, api.identity_url(), account, api.domain, projects, sorted(self._kinds)]

    def look(self) -> dict[str, dict]:
        """The states of all machines, by kind and id. It blocks."""
        for client in self._clients.values():
            client.retries.clear()  # nobody reads them, and a source goes on for months
        found = []
        if self._kinds & {states.SERVER, states.INSTANCE}:
            for project, client in self._clients.items():
                found += self._machines(client, project)
        if states.NODE in self._kinds:
            context = Context(next(iter(self._clients.values())), {})
            BAREMETAL_NODE.invalidate(context)  # the list of the last look
            found += [states.of_node(BAREMETAL_NODE.read(raw)) for raw in BAREMETAL_NODE.search(context)]
        return states.by_key(found)

    def _machines(self, client: Client, project: t.Optional[str]) -> t.Iterator[dict]:
        for page in client.pages(SERVER.list_operation, SERVER.plural, page_size=_PAGE):
            for raw in map(SERVER.unwrap, page):
                resource = BAREMETAL_INSTANCE if is_bare_metal(raw) else SERVER
                if resource.name in self._kinds and not is_going(raw):
                    yield states.of_machine(resource.read(raw), resource.name, project)

    def close(self) -> None:
        for client in self._clients.values():
            client.close()


async def main(queue: asyncio.Queue, args: dict[str, t.Any]) -> None:
    """Look at the platform until somebody ends it, and put what has changed into the queue."""
    speak = translation.words_of(args)
    try:
        await _look_on(queue, args, speak)
    except SourceError as error:
        raise SourceError(speak(str(error))) from None


async def _look_on(queue: asyncio.Queue, args: t.Mapping[str, t.Any], speak: translation.Words) -> None:
    options = _options(args)
    try:
        platform = Platform(options)
    except CloudError as error:
        raise SourceError(str(error)) from None
    try:
        await _watch(queue, platform, options, speak)
    except states.MarkerError as error:
        raise SourceError(str(error)) from None
    finally:
        platform.close()


def _options(args: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    given = {name: value for name, value in args.items() if name != _OF_THE_ENGINE}
    try:
        given = with_cloud(given)
    except OptionError as error:
        raise SourceError(str(error)) from None
    result = ArgumentSpecValidator(_SPEC).validate(given)
    if result.error_messages:
        raise SourceError("; ".join(result.error_messages))
    options = result.validated_parameters
    if options["interval"] <= 0:
        raise SourceError(f"interval: must be more than 0, not {options['interval']}.")
    return options


async def _watch(
    queue: asyncio.Queue, platform: Platform, options: t.Mapping[str, t.Any], speak: translation.Words
) -> None:
    marker = states.Marker(options["marker"], platform.subject) if options["marker"] else None
    seen = kept = marker.read() if marker else None
    failures, has_looked = 0, False
    while True:
        try:
            found = await asyncio.to_thread(platform.look)
        except CloudError as error:
            message = platform.redactor.text(str(error))
            # Options that were right once are so still: it is the platform's TLS, for instance, that fails.
            if error.status in _REFUSED or (isinstance(error, OptionError) and not has_looked):
                raise SourceError(message) from None
            failures += 1
            pause = states.pause_after(failures, options["interval"], options["longest_pause"])
            warning = f"The platform could not be looked at, the next try is in {pause:.0f} s: {message}"
            _logger.warning("%s", speak(warning))
        else:
            failures, pause, has_looked = 0, options["interval"], True
            if seen is None and not options["emit_existing"]:
                seen = found
            else:
                seen = await _tell(queue, seen, found, marker)
            if marker and seen != kept:
                marker.write(seen)
                kept = seen
        await asyncio.sleep(pause)


async def _tell(
    queue: asyncio.Queue, seen: t.Optional[states.States], found: states.States, marker: t.Optional[states.Marker]
) -> dict[str, states.State]:
    """Put what has changed into the queue. What was put counts as reported, even if the rest is no longer put."""
    new = "found" if seen is None else "created"
    known = dict(seen or {})
    try:
        for change in states.changes(dict(known), found, new):
            await queue.put(change.event)
            if change.state is None:
                del known[change.key]
            else:
                known[change.key] = change.state
    except asyncio.CancelledError:
        if marker:
            marker.write(known)
        raise
    return known
