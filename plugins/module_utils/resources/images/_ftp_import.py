# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Importing an image from an FTP server."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...model.context import Context

FTP_OPTIONS = {
    "file_name": {"type": "str", "required": True},
    "local_ip": {"type": "str", "required": True},
    "username": {"type": "str", "required": True},
    "password": {"type": "str", "required": True, "no_log": True},
    "sftp": {"type": "bool", "default": False},
    "auth_url": {"type": "str"},
    "domain_id": {"type": "str"},
    "tenant_name": {"type": "str"},
    "hypervisor_type": {"type": "str"},
    "vmware_adaptertype": {"type": "str"},
    "vmware_disktype": {"type": "str"},
}
# Properties that the import does not take; they are set afterwards.
NOT_IMPORTED = ("availability_zone", "sysdisk_type")


def ftp_body(image: Json, ftp: Json, checksum: str, run: Context) -> Json:
    """The members of `glance`: those of an image, and where its data comes from."""
    source = {
        "file_name": ftp["file_name"],
        "localIp": ftp["local_ip"],
        "md5_hash": checksum,
        "os_username": ftp["username"],
        "os_password": ftp["password"],
        "sftp": "1" if ftp["sftp"] else "0",
        "is_public": image["visibility"] == "public",
        "os_tenant_id": run.client.project_id,
        "os_tenant_name": ftp.get("tenant_name"),
        "os_auth_url": ftp.get("auth_url"),
        "os_domain_id": ftp.get("domain_id"),
        "hypervisor_type": ftp.get("hypervisor_type"),
        "vmware_adaptertype": ftp.get("vmware_adaptertype"),
        "vmware_disktype": ftp.get("vmware_disktype"),
    }
    return {**image, **{name: value for name, value in source.items() if value is not None}}
