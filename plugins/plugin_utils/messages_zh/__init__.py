# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The catalogue of the collection's messages in Chinese, by the folders whose files have them.

An entry is a message as its f-string is written, with free names of its placeholders, and the Chinese of it with the
same placeholders. See message_template.py for their forms. A test finds the messages that have no entry.
"""

from __future__ import annotations

from . import (
    baremetal,
    cloud,
    common,
    compute,
    engine,
    features,
    identity,
    images,
    infrastructure,
    login,
    model,
    module,
    network,
    playbooks,
    plugins,
    resources,
    storage,
    virtualization,
)
from .nouns import NOUNS

MESSAGES = [
    entry
    for area in (
        common,
        login,
        cloud,
        model,
        module,
        engine,
        features,
        resources,
        baremetal,
        compute,
        identity,
        images,
        infrastructure,
        network,
        storage,
        virtualization,
        plugins,
        playbooks,
    )
    for entry in area.MESSAGES
]

__all__ = ["MESSAGES", "NOUNS"]
