# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: run_file
short_description: Name a file that lasts as long as a run of Ansible
version_added: "1.0.0"
description:
  - Returns a path in the temporary directory that Ansible makes for each run, and removes at its end, however it ends.
  - The file is on the controller. The filter does not create it.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description: The name of the file, without a directory.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Show where a file would be
  ansible.builtin.debug:
    msg: "{{ 'notes.json' | h3c.cloudos.run_file }}"
"""

RETURN = r"""
_value:
  description: The path, which is the same for all tasks of a run.
  type: str
  sample: /home/alice/.ansible/tmp/ansible-local-4711x0y1z2/notes.json
"""

import os
import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.h3c.cloudos.plugins.plugin_utils.run_files import path_of
from ansible_collections.h3c.cloudos.plugins.plugin_utils.translation import words_of_environment


def run_file(name: str) -> str:
    """The path of a file of this run."""
    if not name or os.path.basename(name) != name:
        raise AnsibleFilterError(words_of_environment()(f"run_file: {name!r} is not the name of a file."))
    return path_of(name)


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"run_file": run_file}
