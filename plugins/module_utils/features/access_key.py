# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The access key of the compute service's user (section 1.12 of the reference, item 21).

Both of its halves are secrets, so no result holds them. Whoever needs them gets them in a file of their own.
"""

from __future__ import annotations

import json
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..engine.diff import HIDDEN
from ..model import files
from ..model.context import Context
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources.baremetal import _ironic

_SPEC = {**CONNECTION, "dest": {"type": "path"}}
_PRIVATE = 0o600


def read_access_key(run: Context) -> Json:
    """What may be returned of the key; with `dest`, the key goes into that file, unless it is there already.

    Raises:
        CloudError: the platform refused, failed, or has no key for the file.
        OptionError: there cannot be such a file.
    """
    dest = run.options["dest"]
    before = files.look("dest", dest) if dest else None
    key = run.client.call(_ironic.ACCESS_KEY)
    key = key if isinstance(key, dict) else {}
    halves = {"access_id": key.get("accessId"), "access_key": key.get("accessKey")}
    run.client.redactor.add(halves)
    there = all(halves.values())
    returned = {"id": key.get("id"), "user_id": key.get("userId")} if there else None
    result = {"changed": False, "actions": [], "access_key": returned}
    if not dest:
        return result
    if not there:
        raise CloudError("access-key-get: the platform has no access key.", operation=_ironic.ACCESS_KEY.id)
    content = json.dumps(halves, indent=2) + "\n"
    result["dest"] = dest
    result["diff"] = _diff(before, content)
    if before != (content, _PRIVATE):
        result.update(changed=True, actions=["write"])
        if not run.check_mode:
            files.write("dest", dest, content)
            run.journal.completed_actions.append("write")
    return result


def _diff(before: t.Optional[tuple[t.Optional[str], int]], content: str) -> Json:
    """Before and after; of the content only that it is set."""
    after = {"mode": f"{_PRIVATE:04o}"}
    if before is None or before[0] != content:
        after["content"] = HIDDEN
    return {"before": {"mode": f"{before[1]:04o}"} if before else {}, "after": after}


ACCESS_KEY = ModuleDefinition(_SPEC, read_access_key)
