#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_image_info
short_description: List images of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the images that the project can use, all of them or those with a given name, ID or owner.
  - Server snapshots are in the same list of the platform. Their RV(images[].image_type) is V(snapshot). Images whose
    status is V(killed), V(error), V(deleted) or V(pending_delete) are left out, except with O(id).
  - Sends one GET request for each 1000 images.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  name:
    description: Return only images with exactly this name.
    type: str
  id:
    description: Return only the image with this ID.
    type: str
  owner:
    description: Return only images of the project with this ID. Not used with O(id).
    type: str
seealso:
  - module: h3c.cloudos.cloudos_image
"""

EXAMPLES = r"""
- name: List all images
  h3c.cloudos.cloudos_image_info:
  register: all

- name: Get an image by name
  h3c.cloudos.cloudos_image_info:
    name: rocky-9
  register: rocky

- name: Show its MD5 sum
  ansible.builtin.debug:
    msg: "{{ rocky.images[0].checksum }}"

- name: List the images of one project
  h3c.cloudos.cloudos_image_info:
    owner: "{{ project_id }}"

- name: Show the names of all server snapshots
  ansible.builtin.debug:
    msg: "{{ all.images | selectattr('image_type', 'equalto', 'snapshot') | map(attribute='name') }}"
"""

RETURN = r"""
images:
  description: The images. The list is empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the image.
      type: str
      sample: 26c62934-5d2c-4280-981f-eca865edb19d
    name:
      description: Name of the image.
      type: str
      sample: rocky-9
    disk_format:
      description: Format of the data.
      type: str
      sample: qcow2
    container_format:
      description: Container format of the data.
      type: str
      sample: bare
    virt_type:
      description: Virtualization that the image is for.
      type: str
      sample: CAS
    cas_ostype:
      description: Operating system as named by CAS.
      type: str
      sample: linux|Ubuntu Linux(64-bit)
    vmware_ostype:
      description: Operating system as named by VMware.
      type: str
      sample: ubuntu64Guest
    min_cpu:
      description: Minimum number of virtual CPUs of a server.
      type: int
      sample: 1
    min_ram:
      description: Minimum memory of a server, in the unit of the installation (MB or GB).
      type: int
      sample: 1024
    min_disk:
      description: Minimum disk size of a server in GB.
      type: int
      sample: 10
    visibility:
      description: Who can use the image.
      type: str
      sample: private
    description:
      description: Description. Null if there is none.
      type: str
      sample: Rocky Linux 9
    disk_bus:
      description: Bus of the disk.
      type: str
      sample: virtio
    hw_vif_model:
      description: Model of the network card.
      type: str
      sample: virtio
    sysdisk_type:
      description: How the system disk is provisioned (VMware).
      type: str
      sample: thin
    availability_zone:
      description: Availability zone that the image is for. Null if there is none.
      type: str
      sample: nova11
    user_name:
      description: User name inside of the image.
      type: str
      sample: admin
    checksum:
      description: MD5 sum of the data. Null if there is none yet.
      type: str
      sample: e770edb9087058ee54ec56c189a2f7e5
    status:
      description: Status, such as V(queued) for a record without data and V(active) for an image that can be used.
      type: str
      sample: active
    size:
      description: Size of the data in bytes. Null if there is none yet.
      type: int
      sample: 1684013056
    virtual_size:
      description: Size of the disk in bytes, if the platform returns it.
      type: int
      sample: 10737418240
    image_type:
      description: V(snapshot) for a server snapshot. Otherwise V(image) or null.
      type: str
      sample: image
    owner:
      description: ID of the project that it belongs to.
      type: str
      sample: 9052ae85792143ff955c35c52e8e41bd
    protected:
      description: Whether it is protected from deletion.
      type: bool
      sample: false
    tags:
      description: Tags.
      type: list
      elements: str
      sample: [debian, stable]
    properties:
      description: Properties that are no keys of their own here, without secrets.
      type: dict
      sample: {hw_qemu_guest_agent: "yes"}
    created_at:
      description: When it was created.
      type: str
      sample: "2026-01-31T07:32:13.000Z"
    updated_at:
      description: When it was last changed.
      type: str
      sample: "2026-01-31T07:33:00.000Z"
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: image-list}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/image/v1/v2/images: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image import IMAGE

DEFINITION = info_module(IMAGE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
