# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Waiting for work that goes on in the background. A module adds the default of wait_timeout."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the platform has finished the last step.
      - Steps before it are waited for in any case, because the next one needs them.
      - Without waiting, RV(actions) says what was begun, and the returned object is the one that is to be expected.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for each step. When they are over, the task fails and names the last status.
      - An object that ends in a failed state is reported at once, with the platform's own text.
    type: int
"""
