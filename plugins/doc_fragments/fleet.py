# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What the modules have in common that bring many objects to their wanted states at once."""

    DOCUMENTATION = r"""
options:
  defaults:
    description:
      - Options for all members. What a member gives itself comes before it; lists and dictionaries are not merged.
    type: dict
  state:
    description: State of all members that do not give one themselves.
    type: str
    choices: [present, absent]
    default: present
  wait:
    description:
      - Whether to wait until the platform has finished the last step of each member that does not say it itself.
      - All of them wait together. One list in a while serves all that wait.
    type: bool
    default: true
  wait_timeout:
    description: Seconds to wait for each step of a member that does not give its own time.
    type: int
  concurrency:
    description:
      - How many requests are under way at the same time, from 1 to 100. A member that waits for the platform does not
        count.
      - There are fewer of them while the platform asks for it (status 429 or 503).
    type: int
    default: 10
  on_failure:
    description:
      - What happens to the other members when one fails.
      - With V(continue) they go on. With V(stop) those that have begun go on, and no other begins.
      - With V(rollback) it is the same, and then the objects that this run has made are deleted. What was there before
        stays as it is then, changed or replaced as it may be.
      - Where members fail before anything is changed, because a name is wrong or a difference cannot be changed in
        place, nothing is begun with V(stop) and V(rollback).
    type: str
    choices: [continue, stop, rollback]
    default: continue
  progress:
    description:
      - Whether to show lines in the output while the task runs, with the number of members by state, the time that has
        gone by, the slowest one, and the first errors.
      - They are shown where the task runs in the controller's process (see the attribute C(action)), and never with
        C(no_log).
    type: bool
    default: true
notes:
  - Wrong options fail the task before anything is sent. Otherwise the task goes through all members, and fails at the
    end if any of them failed. RV(results) tells what became of each.
  - An option that is not given is not managed. What an object has there stays as it is.
"""
