# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Waiting for background tasks of the platform. A module adds the default of wait_timeout."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the platform has finished the last step.
      - Earlier steps are always waited for, because the next step requires them.
      - With V(false), RV(actions) lists the actions that were started, and the expected object is returned.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for each step. After that, the task fails and reports the last status.
      - An object that ends in a failed state is reported immediately, with the error message of the platform.
    type: int
    aliases: [timeout]
  progress:
    description:
      - Whether to show what the platform is doing while the task waits, and how much of a file is transferred, if that
        takes longer than some seconds. Lines are shown at least every 30 seconds, and at the end.
      - They are shown if the task runs in the process of the controller (see the attribute C(action)), and never with
        C(no_log). An ordinary module cannot show anything before it ends.
      - The variable C(cloudos_progress), the environment variable E(CLOUDOS_PROGRESS), or C(progress) in the section
        C([h3c.cloudos]) of C(ansible.cfg) disables the progress of all tasks.
    type: bool
    default: true
"""
