# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Names for the types of JSON data and of the parts of a request."""

from __future__ import annotations

import typing as t

#: a JSON object: what an API returns, a result, the options of a task
Json = dict[str, t.Any]

#: the parameters of a path
Params = t.Optional[t.Mapping[str, t.Any]]

#: the parameters of a query: by name, or pairs where a name may come twice
Query = t.Union[t.Mapping[str, t.Any], t.Sequence[tuple[str, t.Any]], None]
