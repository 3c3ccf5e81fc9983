# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Options of the modules that manage many objects at once."""

    DOCUMENTATION = r"""
options:
  defaults:
    description:
      - Options for all members. The options of a member take precedence; lists and dictionaries are not merged.
    type: dict
  state:
    description: State of all members that do not specify their own.
    type: str
    choices: [present, absent]
    default: present
  wait:
    description:
      - Whether to wait until the platform has finished the last step of each member that does not specify its own.
      - The module waits for all members together, with one list request per interval.
    type: bool
    default: true
  wait_timeout:
    description: Seconds to wait for each step of a member that does not specify its own time.
    type: int
    aliases: [timeout]
  concurrency:
    description:
      - Maximum number of concurrent requests, from 1 to 100. A member that waits for the platform does not count.
      - If the platform refuses requests because there are too many (status 429, or 503 with C(Retry-After)), none is
        sent for as long as it asks for, and then no more in a second than it has accepted before.
    type: int
    default: 10
  on_failure:
    description:
      - What to do with the other members when one fails.
      - With V(continue), they are processed. With V(stop), members in progress are finished, and no others are started.
      - V(rollback) is like V(stop), and then deletes the objects that this run has created. Objects that existed
        before are not restored, even if they were changed or replaced.
      - If members fail before anything is changed, because a name is wrong or a difference cannot be changed in place,
        no member is started with V(stop) and V(rollback).
    type: str
    choices: [continue, stop, rollback]
    default: continue
  progress:
    description:
      - Whether to show the progress while the task runs, with the number of members by state, the elapsed time, the
        slowest member, and the first errors.
      - It is shown if the task runs in the process of the controller (see the attribute C(action)), and never with
        C(no_log). An ordinary module cannot show anything before it ends.
      - The variable C(cloudos_progress), the environment variable E(CLOUDOS_PROGRESS), or C(progress) in the section
        C([h3c.cloudos]) of C(ansible.cfg) disables the progress of all tasks.
    type: bool
    default: true
  result_detail:
    description:
      - What the result contains if the task fails. Ansible prints the whole result of a failed task in one line.
      - With V(failed), RV(results) contains the members that failed, RV(counts) the number of members by outcome, and
        the objects themselves are not returned.
      - With V(all), everything is returned as in a successful result, such as for a playbook that continues with the
        members that exist.
    type: str
    choices: [failed, all]
    default: failed
notes:
  - If options are invalid, the task fails before anything is sent. Otherwise, the task processes all members, and fails
    at the end if any of them failed. RV(results) reports the outcome of each.
  - An option that is not given is not managed. Its current value is kept.
"""
