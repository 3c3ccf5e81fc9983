# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time for tests that do not wait."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import urllib3.util.retry

from simulator import Simulator

_MODULE_UTILS = "ansible_collections.h3c.cloudos.plugins.module_utils"


class Clock:
    """Time for the collection: waiting lets the platform's time pass, and takes none."""

    def __init__(self, cloud: Simulator) -> None:
        self._cloud, self._passed = cloud, 0.0
        #: how long a pause really takes, for what the platform does in real time: answers that are late
        self.real_pause = 0.0

    def sleep(self, seconds: float) -> None:
        self._passed += seconds
        self._cloud.advance(seconds)
        if self.real_pause:
            time.sleep(self.real_pause)

    def monotonic(self) -> float:
        return time.monotonic() + self._passed

    def time(self) -> float:
        return time.time() + self._passed

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Wherever the collection, or what it uses for its requests, looks at the time."""
        users = [module for name, module in list(sys.modules.items()) if name.startswith(_MODULE_UTILS)]
        with ExitStack() as stack:
            for module in [*users, urllib3.util.retry]:
                if vars(module).get("time") is time:
                    stack.enter_context(mock.patch.object(module, "time", self))
            yield
