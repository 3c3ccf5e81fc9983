#!/usr/bin/env bash
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# runme.sh of each target: its role, against a cloud
set -eu
exec python ../setup_simulator/play.py "$(basename "$PWD")" "$@"
