# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured. Each file is a scenario and offers

NAME: how it is chosen with --only;
run: a function that takes the Choice of the caller and yields tables.
"""
