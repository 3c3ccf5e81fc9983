# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tasks of a play follow each other directly, so that no other task can have changed the cloud between them.

What a task of the play does by other means (a command, another collection) is seen by all tasks after it. So tasks
share what they have read only within a streak: tasks of this collection, one after the other, in one list of tasks.
"""

from __future__ import annotations

import typing as t

from ansible.playbook.handler import Handler
from ansible.playbook.play import Play
from ansible.playbook.task import Task

_OWN = "h3c.cloudos."
# What changes nothing but variables.
_HARMLESS = frozenset({"debug", "set_fact", "assert", "fail", "include_vars"})
# Strategies in which all hosts are done with a task before the next one begins.
_IN_STEP = frozenset({"linear", "debug"})

#: what tasks have in common between which no other task has run: the first of them, and the hosts
Streak = tuple[str, t.Optional[str]]


def streak_of(task: Task, play: Play, host: str, batch: t.Sequence[str]) -> t.Optional[Streak]:
    """The streak that a task of a play is in; None for one that may run at any time, or of which nothing is known.

    Args:
        host: that it runs for.
        batch: the hosts for which the play runs at present. Those that come later begin anew.
    """
    if isinstance(task, Handler):
        return None
    first = _first_of(task)
    if first is None or not batch:
        return None
    return first, batch[0] if _plain(play.strategy) in _IN_STEP else host


def _first_of(task: Task) -> t.Optional[str]:
    """The task that a streak begins with."""
    for name in ("block", "rescue", "always"):
        first = None
        for other in getattr(task._parent, name, None) or ():
            first = (first or other._uuid) if _is_harmless(other) else None
            if other._uuid == task._uuid:
                return first
    return None


def _is_harmless(task: t.Any) -> bool:
    """Whether what a task changes is known to those after it."""
    if not isinstance(task, Task):
        return False
    # The property warns where the name of an action is a template; before ansible-core 2.19 it is an attribute.
    action = vars(task).get("_resolved_action") or vars(task).get("resolved_action") or ""
    return action.startswith(_OWN) or _plain(action) in _HARMLESS


def _plain(name: str) -> str:
    """The name of something that comes with Ansible, as it is mostly written."""
    for prefix in ("ansible.builtin.", "ansible.legacy."):
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name
