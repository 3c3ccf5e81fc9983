# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the first version of a resource and of all that belongs to it: `make new RESOURCE=security_label`.

It is a small working example, whose tests pass; docs/adding-a-resource.md shows how to make something of it.
"""
