# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run an entry as an ordinary Ansible module."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from . import options
from .client import Client
from .entry import Entry, execute, failure
from .errors import CloudError
from .transport import REQUESTS_IMPORT_ERROR


def run_module(entry: Entry) -> None:
    """Read the options, do the work, exit with its result."""
    module = AnsibleModule(argument_spec=entry.spec, supports_check_mode=True, **entry.all_constraints)
    if REQUESTS_IMPORT_ERROR is not None:
        module.fail_json(msg=missing_required_lib("requests"), exception=str(REQUESTS_IMPORT_ERROR))
    # What is secret only by its key inside of a free-form option, core cannot know.
    module.no_log_values.update(value for value in entry.secrets(module.params) if isinstance(value, str))
    try:
        client = Client(options.connection(module.params))
    except CloudError as error:
        module.fail_json(**failure(error))
    result = execute(entry, client, module.params, module.check_mode, module._diff, module._verbosity)
    client.close()
    for warning in result.pop("warnings", []):
        module.warn(warning)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
