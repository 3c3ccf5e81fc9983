# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services of the platform. Each file covers a section of the reference or a service of OpenStack, and offers

HANDLERS: functions by operation id, which take a Call and return an Answer;
ONLY: for operations that exist in one shape, the name of that shape;
FACTORIES: functions by kind of object, which complete a record.

Every file beside this one is a service if it has HANDLERS.
"""

from __future__ import annotations

import importlib
import pkgutil

from ..call import Handler
from ..world import Factory

HANDLERS: dict[str, Handler] = {}
ONLY: dict[str, str] = {}
FACTORIES: dict[str, Factory] = {}
for _name in sorted(found.name for found in pkgutil.iter_modules(__path__)):
    _module = importlib.import_module(f"{__name__}.{_name}")
    HANDLERS.update(getattr(_module, "HANDLERS", {}))
    ONLY.update(getattr(_module, "ONLY", {}))
    FACTORIES.update(getattr(_module, "FACTORIES", {}))
