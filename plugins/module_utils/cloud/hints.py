# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a person can do about a refusal of the platform."""

from __future__ import annotations

import re
import typing as t

#: where the platform refuses a request that it may not know
OF_OPENSTACK = "This is an operation of OpenStack, which the published reference of CloudOS does not have."

_BY_STATUS = {
    403: "The user lacks the role for this in api_project, or the project is another one than the token's.",
    404: "Check the id, and that api_url, api_layout and api_project are right.",
    409: "The object is busy or in a state that forbids this; wait and run the task again.",
    413: "The quota of the project is used up.",
    429: "The platform asks for fewer requests; raise api_retries.",
}

_USED_UP = re.compile(
    r"quota.*(exceed|insufficient|not enough|used up)|(exceed|insufficient|not enough).*quota", re.I | re.S
)
_TAKEN = re.compile(
    r"\b(already exists?|exists already|duplicated?|already (taken|used|registered))\b|"
    r"\b(name|address|id)\b.*\b(taken|in use|not unique|must be unique)\b|"
    r"\u5df2\u5b58\u5728|\u5df2\u7ecf\u5b58\u5728",
    re.I | re.S,
)
_ATTACHED = re.compile(r"\b(in use|still (has|used|contains)|not empty|associated with|is used by)\b", re.I)


def members_of_openstack(options: t.Iterable[str]) -> t.Optional[str]:
    """The hint where the platform may not know what options ask for as members of a request; None for none of them."""
    names = ", ".join(options)
    return f"{names}: only OpenStack has this, and not the published reference of CloudOS." if names else None


def hint_for(status: int, message: str) -> t.Optional[str]:
    """The hint for a refusal. OpenStack says 403 for more than missing roles, and 409 for more than busy objects."""
    if _USED_UP.search(message):
        return _BY_STATUS[413]
    if "same cvm" in message.lower():
        return "All of these zones have to belong to one CVM (the manager of a CAS cloud)."
    if status == 403 and "protected" in message.lower():
        return None
    if status == 409 and _TAKEN.search(message):
        return "Another object has this already: use another value, or manage the object that exists."
    if status == 409 and _ATTACHED.search(message):
        return "Something else still uses the object; remove that first."
    return _BY_STATUS.get(status)
