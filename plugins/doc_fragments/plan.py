# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The plan that a task is held to."""

    DOCUMENTATION = r"""
options:
  only_plan:
    description:
      - The RV(plan_id) of a preview in check mode. If anything else would be done now, the task fails before anything
        is sent, and reports what it would be.
      - A task that has nothing to do succeeds with every value.
      - See the guide on plans for what belongs to a plan.
    type: str
  plan_file:
    description:
      - File with the plans of several tasks, on the machine where the task runs.
      - In check mode, the plan of the task is added to it. Secrets are not part of it, and only its owner can read it.
      - Otherwise, the file has to exist, and the task is held to it. If it would do anything that is not in the file,
        it fails before anything is sent, and reports what was previewed and what it would do.
    type: path
"""

    # The same for many objects at once.
    AT_ONCE = r"""
options:
  only_plan:
    description:
      - The RV(plan_id) of a preview of all members in check mode. If anything else would be done now, the task fails
        before anything is sent, and reports what it would be. A member has an option of this name, too.
      - A task that has nothing to do succeeds with every value.
      - If only a part of the plan is left to do, because an earlier run was interrupted, it is another plan. Preview it
        again, use O(plan_file), or give each member its own.
    type: str
  plan_file:
    description:
      - File with the plans of several tasks, on the machine where the task runs.
      - In check mode, the plans of all members are added to it. Secrets are not part of it, and only its owner can read
        it.
      - Otherwise, the file has to exist, and the task is held to it. If any member would do anything that is not in the
        file, the task fails before anything is sent, and reports what was previewed and what it would do.
    type: path
"""
