# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of one run of Ansible, in the temporary directory that it removes at its end."""

from __future__ import annotations

import os

from ansible import constants as C


def path_of(name: str) -> str:
    """The path of a file of this run."""
    # The lookup ansible.builtin.config would make another directory in each process.
    directory: str = C.DEFAULT_LOCAL_TMP  # type: ignore[attr-defined]  # set from the configuration
    return os.path.join(directory, name)
