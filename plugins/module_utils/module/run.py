# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Run an entry as an ordinary Ansible module."""

from __future__ import annotations

import typing as t

# First: it arranges how all that follows is imported.
from . import archives  # noqa: F401  # isort: skip  # pylint: disable=unused-import
from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ..cloud.client import Client
from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.session import REQUESTS_IMPORT_ERROR
from ..model.check_memory import CheckMemory
from . import argument_spec
from .cloud_entry import with_cloud
from .definition import ModuleDefinition, execute, failure
from .templates import without_templates


class _Module(AnsibleModule):
    """A module that also hides what is secret only by its key inside of a free-form option; core cannot know that."""

    def __init__(self, entry: ModuleDefinition) -> None:
        self._entry = entry
        super().__init__(argument_spec=entry.spec, supports_check_mode=True, **entry.all_constraints)
        self._hide_secrets()

    def _load_params(self) -> None:
        """Read the options. Those that the validator would stumble over, or take for something else, end it here."""
        super()._load_params()
        try:
            self.params = self._read(self.params)
        except OptionError as error:
            self.fail_json(**failure(error))

    def _read(self, params: Json) -> Json:
        return self._entry.given(with_cloud(params))

    def _hide_secrets(self) -> None:
        self.no_log_values.update(value for value in self._entry.secrets(self.params) if isinstance(value, str))

    def _log_invocation(self) -> None:
        """Leave the options out of the system's log; that is written before anything can be hidden."""

    def fail_json(self, msg: str, **result: t.Any) -> t.NoReturn:
        """Fail. The options may be wrong, and are reported all the same."""
        self._hide_secrets()
        super().fail_json(msg, **result)


class _LintedModule(_Module):
    """A module whose options are those of a task as it is written, with templates, and without the environment."""

    def _read(self, params: Json) -> Json:
        return without_templates(self._entry.spec, self._entry.given(params))


def check_options(entry: ModuleDefinition) -> None:
    """Check the options of a task as ansible-lint reads it. Nothing is sent."""
    _LintedModule(entry)


def run_module(entry: ModuleDefinition) -> None:
    """Read the options, do the work, exit with its result."""
    module = _Module(entry)
    if REQUESTS_IMPORT_ERROR is not None:
        module.fail_json(msg=missing_required_lib("requests"), exception=str(REQUESTS_IMPORT_ERROR))
    try:
        entry.check(module.params)
        client = Client(argument_spec.login(module.params))
    except CloudError as error:
        module.fail_json(**failure(error))
    knows_nothing = CheckMemory()
    result = execute(
        entry, client, module.params, module.check_mode, module._diff, module._verbosity, memory=knows_nothing
    )
    client.close()
    for warning in result.pop("warnings", []):
        module.warn(warning)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
