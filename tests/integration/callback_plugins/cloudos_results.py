# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write what happens in a play to a file, as lines of JSON, for the tests to read."""

from __future__ import annotations

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: cloudos_results
type: aggregate
short_description: Results of tasks as lines of JSON
description:
  - Appends a line for each task that starts, and for each result of a task or of an item of its loop.
  - The file is named by the environment variable E(CLOUDOS_TEST_RESULTS).
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "cloudos_results"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._write("start", task, {})

    def v2_playbook_on_handler_task_start(self, task):
        self._write("start", task, {})

    def v2_runner_on_ok(self, result):
        self._tell("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._tell("failed", result)

    def v2_runner_on_skipped(self, result):
        self._tell("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._tell("unreachable", result)

    def v2_runner_item_on_ok(self, result):
        self._tell("item", result)

    def v2_runner_item_on_failed(self, result):
        self._tell("item", result)

    def v2_runner_item_on_skipped(self, result):
        self._tell("item", result)

    def _tell(self, event, told):
        is_new = hasattr(told, "result")  # ansible-core 2.19 and later
        result = told.result if is_new else told._result
        task, host = (told.task, told.host) if is_new else (told._task, told._host)
        self._write(event, task, {"host": host.get_name(), "result": result})

    def _write(self, event, task, more):
        line = {
            "event": event,
            "time": time.time(),
            "uuid": str(task._uuid),
            "task": str(task.name),
            "action": str(task.action),
            "check_mode": bool(task.check_mode),
            **more,
        }
        with open(os.environ["CLOUDOS_TEST_RESULTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line, default=str) + "\n")
