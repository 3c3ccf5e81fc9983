# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Options of the modules that manage the state of an object."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(present) creates the object if it does not exist, and otherwise changes what differs.
      - V(absent) deletes it.
    type: str
    choices: [present, absent]
    default: present
  replace:
    description:
      - What to do if an option differs that cannot be changed in place.
      - With V(false), the task fails and names the options. With V(true), the object is deleted and created again.
      - Options that are not given are taken over from the old object, as far as the platform returns them.
      - Nothing is deleted unless names and quota allow the successor. If its creation fails nevertheless, the result
        has C(recreate), the options that create it, without secrets.
    type: bool
    default: false
notes:
  - An option that is not given is not managed. Its current value is kept.
"""

    # The same for an object whose options can all be changed in place.
    IN_PLACE = r"""
options:
  state:
    description:
      - V(present) creates the object if it does not exist, and otherwise changes what differs.
      - V(absent) deletes it.
    type: str
    choices: [present, absent]
    default: present
notes:
  - An option that is not given is not managed. Its current value is kept.
"""
