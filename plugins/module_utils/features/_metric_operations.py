# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The operations that return metrics (sections 1.9, 1.12 and 1.13 of the reference)."""

from __future__ import annotations

from ..cloud.operation import Operation

_RESOURCE = "/os/compute/v1/v1/resource"

MEASURES = Operation(
    "server-metric-measures", "GET", f"{_RESOURCE}/generic/{{resource_id}}/metric/{{meter_parameter}}/measures"
)
SAMPLES = Operation("server-meter-samples", "GET", "/os/compute/v1/v2/meters/{countName}")
GPU_MEASURES = Operation(
    "server-gpu-metric-measures",
    "GET",
    f"{_RESOURCE}/instance_vgpu/{{resource_id}}/metric/{{meter_parameter}}/measures",
)
SEARCH = Operation("resource-search", "POST", "/os/compute/v1/v1/search/resource/generic", reads=True)
SENSORS = Operation("baremetal-metric-resources", "GET", f"{_RESOURCE}/{{type}}")
SENSOR_MEASURES = Operation("baremetal-metric-measures", "GET", "/os/compute/v1/v1/metric/{metric_id}/measures")
PERFORMANCE = Operation(
    "vmware-perf-get", "GET", "/os/compute/v1/cloudos/vrm/{tenant_id}/{compute_node_name}/perf/{type}/{morId}"
)
