# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A node that is deployed once more: when it has to be, and with which config drive (OpenStack's Ironic)."""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.secrets import without_secrets
from ...model.context import Context
from ...model.observation import Observation
from ...model.plan import Step
from .. import _instances
from . import _provision as states
from ._ironic import at_version
from ._node_members import as_texts
from ._patch import member_path, same_texts

#: the member of instance_info that says for which state of a node a rebuild was due when it was last changed
REBUILD_MARK = "h3c_cloudos_rebuild"

_PARTS = ("meta_data", "network_data", "user_data")
# The minor versions of Ironic's API that take a config drive with a rebuild, and that make one of its parts.
_WITH_REBUILD, _OF_PARTS = 35, 56


# --- the rebuild -------------------------------------------------------------------------------------------------


def is_due(run: Context, current: Json) -> bool:
    """Whether a node is to be deployed once more, in place.

    What is deployed cannot be read. What shall be is written first, with a mark of the state in which that was done. If
    the node is still in that state, the rebuild after it was cut off.
    """
    if not run.options["rebuild"]:
        return False
    state = states.rest_of(current)
    wanted = without_secrets(as_texts(run.options["instance_info"] or {}))
    differs = not same_texts(current["instance_info"], wanted)
    return state == "deploy failed" or (state == "active" and (differs or _is_marked(current)))


def mark(current: Json) -> Json:
    """The operation of a JSON patch that says that a rebuild of the node as it is now is due."""
    return {"op": "add", "path": member_path("/instance_info", REBUILD_MARK), "value": _age(current)}


def _is_marked(current: Json) -> bool:
    raw = current.raw if isinstance(current, Observation) else {}
    return bool((raw.get("instance_info") or {}).get(REBUILD_MARK) == _age(current))


def _age(node: Json) -> str:
    """When the node came into its present state, which is another moment after each rebuild."""
    return node.get("provision_updated_at") or "never"


# --- the config drive --------------------------------------------------------------------------------------------


def check_config_drive(run: Context) -> None:
    """Refuse what Ironic takes for no config drive. What is in it may be secret, and is not shown.

    Raises:
        OptionError: it is neither a text in base64, nor a URL, nor a dictionary of its parts.
    """
    drive = run.options["configdrive"]
    if drive is None:
        return
    if isinstance(drive, dict):
        _check_parts(drive)
        run.client.redactor.add(json.dumps(drive.get("user_data"))[1:-1])  # as a refusal would repeat it
    elif not isinstance(drive, str) or not drive.strip():
        raise OptionError("configdrive: it is a text or a dictionary.")
    elif "://" not in drive:
        _instances.check_base64("configdrive", "".join(drive.split()))


def _check_parts(drive: Json) -> None:
    unknown = sorted(str(name) for name in drive if name not in _PARTS)
    if unknown:
        raise OptionError(f"configdrive: it has no {', '.join(unknown)}; it may have {', '.join(_PARTS)}.")
    for name in ("meta_data", "network_data"):
        if drive.get(name) is not None and not isinstance(drive[name], dict):
            raise OptionError(f"configdrive: {name} is a dictionary.")
    if drive.get("user_data") is not None and not isinstance(drive["user_data"], str):
        raise OptionError("configdrive: user_data is a text.")


def with_config_drive(step: Step, drive: t.Any) -> Step:
    """A verb that deploys, with the config drive, in the version of Ironic's API that takes it."""
    if not drive or step.action not in states.DEPLOYING:
        return step
    if isinstance(drive, dict):
        drive = {name: value for name, value in drive.items() if value is not None}
        operation = at_version(step.operation, _OF_PARTS)
    else:
        operation = at_version(step.operation, _WITH_REBUILD) if step.action == "rebuild" else step.operation
    return dataclasses.replace(step, operation=operation, body={**step.body, "configdrive": drive}, hint=OF_OPENSTACK)
