# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the collection's modules inside the controller's worker process.

A module costs half a second before its first request: packing, a new Python, imports, a login. Here the same
definition runs in the process that already has all of it, and the items of a loop share one session. Whenever a task is
not plainly local, the ordinary module runs instead.

Ansible imports the action plugin that bears a task's name before it starts a worker for the task, and follows routes of
`meta/runtime.yml` only in the worker. So each module has an action plugin of its own name, which imports everything
that its workers then share (`make action-plugins` writes them).
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import os
import sys
import typing as t

from ansible import constants as C
from ansible import context
from ansible.errors import AnsibleActionFail
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import environment
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.session import REQUESTS_IMPORT_ERROR
from ansible_collections.h3c.cloudos.plugins.module_utils.model.check_memory import CheckMemory
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.module.cloud_entry import with_cloud
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import ModuleDefinition, execute, failure
from ansible_collections.h3c.cloudos.plugins.module_utils.module.login_options import NO_URL
from ansible_collections.h3c.cloudos.plugins.plugin_utils import loop_progress, shown, translation
from ansible_collections.h3c.cloudos.plugins.plugin_utils.known_names import BoardNames, new_board
from ansible_collections.h3c.cloudos.plugins.plugin_utils.loop_options import InvalidOptions, LoopOptions
from ansible_collections.h3c.cloudos.plugins.plugin_utils.run_files import path_of
from ansible_collections.h3c.cloudos.plugins.plugin_utils.streaks import Streak, streak_of

_NAME = "h3c.cloudos.cloudos_api"
# Whether tasks run in this process, share the names of other objects, and show their progress
_SWITCHES = _SWITCH, _SHARING, _PROGRESS = "in_process", "share_names", "progress"

C.config.initialize_plugin_configuration_definitions(
    "action",
    _NAME,
    {
        switch: {
            "type": "bool",
            "default": True,
            "ini": [{"section": "h3c.cloudos", "key": switch}],
            "env": [{"name": f"CLOUDOS_{switch.upper()}"}],
        }
        for switch in _SWITCHES
    },
)

_SAME_PYTHON = "{{ansible_playbook_python}}"

# What workers share: this is imported before they are started.
_board = new_board()
# Sessions of this process. Connections do not survive a fork, so each is kept under the process that opened it.
_clients: dict[tuple[int, Connection], Client] = {}
# What was read of the memory of a checked play, which the items of a loop share.
_memories: dict[tuple[int, Connection], CheckMemory] = {}
# What was read of the names that tasks share, by connection and place in the play.
_names: dict[tuple[Connection, Streak], BoardNames] = {}


class InProcessAction(ActionBase):
    """Runs the definition of a module.

    Attributes:
        definition: what the module does.
        options: validates its options, and takes time to make.
        _language: what the task, its environment, or its entry of clouds.yaml asks for, the first of them that does.
    """

    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = True
    definition: t.ClassVar[ModuleDefinition]
    options: t.ClassVar[LoopOptions]
    _language: t.Optional[str] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.options = LoopOptions(cls.definition)
        for switch in _SWITCHES:
            _configured(switch)  # here, so that no worker has to find it out

    def run(self, tmp: t.Optional[str] = None, task_vars: t.Optional[Json] = None) -> Json:
        super().run(tmp, task_vars)
        args = _plain(self._task.args)
        self._language = args.get(translation.OPTION) or self._language_of_environment()
        result = self._result(args, task_vars or {})
        if not self._task.no_log:
            shown.lines(result.get(self.definition.lines, ()))
        return self._translated(result)

    def _result(self, args: Json, variables: Json) -> Json:
        try:
            given = self.definition.given(args)
        except OptionError as error:
            return failure(error)  # whichever way it would run
        shows = self._shows_progress(given, variables)
        loop = loop_progress.of_task(self._task, self._templar.template, self._show) if shows else None
        why_not = self._why_not_in_process(variables)
        if why_not:
            Display().vvv(f"{self._task.action}: running as a module: {why_not}")
            with contextlib.suppress(OptionError):  # the module says so, if it is so where it runs
                self._with_entry(given)
            result = self._run_module(variables)
        else:
            result = self._run_definition(given, variables, shows)
        if loop:
            loop.note(result)
        return result

    def _language_of_environment(self) -> t.Optional[str]:
        """The language that the environment of the task, or of this process, asks for."""
        for variables in reversed(self._task.environment or []):
            found = self._templar.template(variables) if variables else None
            if isinstance(found, dict) and translation.VARIABLE in found:
                return str(found[translation.VARIABLE])
        return environment.value(translation.VARIABLE)

    def _with_entry(self, given: Json) -> Json:
        """The options, with those of an entry of clouds.yaml. Its language counts where nothing else chooses one.

        Raises:
            OptionError: the entry, or one of its options, cannot be used.
        """
        found = with_cloud(given)
        self._language = self._language or found.get(translation.OPTION)
        return given if found == given else self.definition.given(found)

    def _shows_progress(self, given: Json, variables: Json) -> bool:
        is_wanted = boolean(given.get("progress", True), strict=False)
        return is_wanted and not self._task.no_log and self._is_on(_PROGRESS, variables)

    def _run_module(self, variables: Json) -> Json:
        """Run the ordinary module. It may change anything, and does not say so to other workers."""
        _note_write()
        try:
            result: Json = self._execute_module(
                module_name=self._task.action, task_vars=variables, wrap_async=bool(self._task.async_val)
            )
        finally:
            _note_write()
        return self._with_place(result, variables)

    def _with_place(self, result: Json, variables: Json) -> Json:
        """A result that says where the module ran, if it found no platform there."""
        if not str(result.get("msg", "")).startswith(NO_URL) or self._is_local:
            return result
        host = self._task.delegate_to or variables.get("inventory_hostname")
        place = (
            f"This task ran on host {host}, which does not see the controller's environment; "
            "use delegate_to: localhost."
        )
        return {**result, "msg": f"{result['msg']} {place}"}

    def _run_definition(self, given: Json, variables: Json, shows: bool) -> Json:
        try:
            given = self._with_entry(given)
        except OptionError as error:
            return failure(error)
        params = self._validated(given)
        display = Display()
        try:
            self.definition.check(params)
            client = _client(argument_spec.login(params))
        except CloudError as error:
            return failure(error)
        earlier = len(client.retries)
        report = self._show if shows else None
        task, memory = self._task, self._memory(client.connection)
        how = (task.check_mode, task.diff, display.verbosity)
        is_item, known = "ansible_loop_var" in variables, self._known_names(client.connection, variables)
        result = execute(self.definition, client, params, *how, report, memory, is_item, known)
        for retry in client.retries[earlier:]:
            display.v(f"{self._task.action}: {self._said(retry)}")
        if result.get("failed") and result.get("diff") and not task.no_log:
            shown.diffs(self._translated(result)["diff"])
        return result

    def _show(self, text: str) -> None:
        shown.line(self._said(text))

    def _said(self, text: str) -> str:
        speak = translation.words(self._language)
        return speak(text) if speak else text

    def _translated(self, result: Json) -> Json:
        speak = translation.words(self._language)
        return translation.translated(result, speak) if speak else result

    def _memory(self, connection: Connection) -> t.Optional[CheckMemory]:
        """What earlier tasks would have done, where the whole play is checked; else they really did it."""
        play = _play_of(self._task)
        if context.CLIARGS.get("check"):
            checked = "check"
        elif play is not None and play.check_mode is True:
            checked = f"check-{play._uuid}"
        else:
            return None
        key = (os.getpid(), connection)
        if key not in _memories:
            _memories[key] = CheckMemory(path_of(f"h3c.cloudos.{checked}.json"), connection)
        return _memories[key]

    def _known_names(self, connection: Connection, variables: Json) -> t.Optional[BoardNames]:
        """The names that this task shares with those directly before and after it."""
        play = _play_of(self._task)
        if _board is None or play is None or not self._is_on(_SHARING, variables):
            return None
        host, batch = variables.get("inventory_hostname", ""), variables.get("ansible_play_batch") or ()
        streak = streak_of(self._task, play, host, batch)
        if streak is None:
            return None
        key = (connection, streak)
        if key not in _names:
            _names[key] = BoardNames(_board, (dataclasses.astuple(connection), streak))
        return _names[key]

    def _validated(self, given: Json) -> Json:
        try:
            return self.options.validated(given)
        except InvalidOptions as error:
            raise AnsibleActionFail(self._said(str(error))) from None  # whose English Ansible would show, too

    def _why_not_in_process(self, variables: Json) -> str:
        """Why the ordinary module has to run, empty if it does not."""
        task = self._task
        reasons = (
            (REQUESTS_IMPORT_ERROR is not None, "the controller's Python has no requests"),
            (not self._is_on(_SWITCH, variables), f"cloudos_{_SWITCH} is off"),
            (not self._is_local, "the connection is not local"),
            (self._connection.become is not None, "become is set"),
            (bool(task.async_val), "async is set"),
            (any(task.environment or []), "environment is set"),
            (self._wants_another_python(variables), "another Python interpreter is set"),
        )
        return next((reason for applies, reason in reasons if applies), "")

    @property
    def _is_local(self) -> bool:
        return self._connection.transport in ("local", "ansible.builtin.local")

    def _is_on(self, switch: str, variables: Json) -> bool:
        """What the variable of a switch says, else the environment or ansible.cfg."""
        variable = f"cloudos_{switch}"
        if variable in variables:
            return bool(boolean(self._templar.template(variables[variable])))
        return _configured(switch)

    def _wants_another_python(self, variables: Json) -> bool:
        if self._task.delegate_to:
            variables = variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to, variables)
        python = variables.get("ansible_python_interpreter") or "auto"
        if python in ("auto", sys.executable) or python.replace(" ", "") == _SAME_PYTHON:
            return False  # what the implicit localhost has; not worth a template for each item of a loop
        python = self._templar.template(python)
        return not python.startswith("auto") and python != sys.executable


@functools.cache
def _configured(switch: str) -> bool:
    """What the environment or ansible.cfg say of a switch; to find it out for each item of a loop takes time."""
    return bool(C.config.get_config_value(switch, plugin_type="action", plugin_name=_NAME))


def _play_of(task: t.Any) -> t.Any:
    """The play of a task, which its outermost blocks know."""
    while task is not None and getattr(task, "_play", None) is None:
        task = getattr(task, "_parent", None)
    return task and task._play


def _client(connection: Connection) -> Client:
    """The session for a connection. A refused login is not tried for each item of a loop: accounts get locked."""
    key = (os.getpid(), connection)
    if key not in _clients:
        _clients[key] = Client(connection, Redactor())
        _clients[key].on_write = _note_write
    return _clients[key]


def _note_write() -> None:
    """Have no task use what was read before."""
    if _board is not None:
        _board.drop()


def _plain(value: t.Any) -> t.Any:
    """Task arguments as the JSON that a module would get: no tags, no vault objects, no template wrappers.

    Bytes, which JSON does not have, stay what they are.
    """
    if value is None or isinstance(value, (bool, int, float, bytes)):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str.__str__(value) if isinstance(value, str) else str(value)
