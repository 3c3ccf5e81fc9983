#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_image
short_description: Manage images of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates, changes, imports, saves and deletes images, from which servers are created.
  - The data of an image comes from a local file or a web server (O(src)), from an FTP or SFTP server (O(ftp)), or from
    a server snapshot (O(from_snapshot)). Without any of them, the image remains a record with the status V(queued).
  - The data of an image can never be changed. Different data is an error, unless O(replace=true). An image with the
    status V(queued) receives the data of O(src).
  - O(replace=true) deletes the old data with the old image, so it requires O(src) or O(ftp) if the image has data.
  - Server snapshots are in the same list of the platform. They are only found by O(id), never by O(name). Images whose
    status is V(killed), V(error), V(deleted) or V(pending_delete) are not found by O(name).
  - A second run sends one GET request. With O(src) and without O(checksum), the MD5 sum of the file is also compared;
    see O(remember_checksum).
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.wait
  - h3c.cloudos.plan
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  name:
    description:
      - Name of the image, 1 to 64 characters, none of them Chinese or full-width, and no backslash.
      - Required when creating an image. With O(id), it is the desired name of the image.
      - One of O(name) and O(id) is required. If several images have this name, the task fails and lists their IDs.
    type: str
  id:
    description:
      - ID of an existing image. The platform assigns the ID of a new one.
    type: str
  src:
    description:
      - File with the data, on the host where the module runs, or a URL that begins with V(http://) or V(https://). It
        is streamed, whatever its size. What a URL has passes through this host, and is not stored there.
      - A file has to be a regular one, or a link to one, and not empty.
      - If the image has data, the MD5 sum of a file is compared with it. Different data requires O(replace=true). What
        a URL has is only compared by O(checksum), and not read again.
      - The server of a URL never gets a token of the platform. Redirects are followed, but not from HTTPS to HTTP. Its
        certificate is verified as that of the platform is, see O(validate_certs) and O(ca_path). Login and query of the
        URL are not shown.
    type: path
    aliases: [filename]
  checksum:
    description:
      - MD5 sum of the data, 32 hexadecimal digits.
      - It is compared with the sum of the image, and the file O(src) is then only read if it has to be uploaded. An
        image with another sum requires O(replace=true).
      - Before an upload the file must have this sum. What a URL has is not sent to its end if it has another one, and
        the task fails.
      - Required with O(ftp).
    type: str
  remember_checksum:
    description:
      - Whether the MD5 sums of O(src) and O(dest) are remembered. A file is then only read if its size, the time of its
        last change or its inode is different from what an earlier run has seen. It takes seconds for each gigabyte.
      - The sums of the 500 latest files are in a file that only the user who runs the task can read, beside the cached
        token, on the host where the module runs. A file that has been changed in the last two seconds is not
        remembered.
      - With V(false), a file is read in each run, and nothing is stored. Use it if something changes files and then
        restores the time of their last change.
    type: bool
    default: true
  ftp:
    description:
      - Import the data from an FTP or SFTP server. Only used when creating an image.
      - The published reference names no option for the address of the server. Ask the operator of the installation.
      - O(name) and O(checksum) are required, too. The import takes neither O(availability_zone) nor O(sysdisk_type).
        They are set by a second request.
      - The published reference does not list V(VMware) as O(virt_type) for an import.
    type: dict
    suboptions:
      file_name:
        description: Name of the file on the server.
        type: str
        required: true
      local_ip:
        description: IP address of the user that is logged in, as the published reference says.
        type: str
        required: true
      username:
        description: User on the server.
        type: str
        required: true
      password:
        description: Password of the user on the server.
        type: str
        required: true
      sftp:
        description: Whether the server speaks SFTP instead of FTP.
        type: bool
        default: false
      auth_url:
        description: Address of the identity service, for a server-side upload.
        type: str
      domain_id:
        description: ID of the domain.
        type: str
      tenant_name:
        description: Name of the project. Its ID is sent automatically.
        type: str
      hypervisor_type:
        description: Type of the hypervisor.
        type: str
      vmware_adaptertype:
        description: Type of the disk adapter (VMware).
        type: str
      vmware_disktype:
        description: Type of the disk (VMware).
        type: str
  from_snapshot:
    description:
      - Server snapshot to convert into the image, by name or ID. The snapshot itself becomes the image.
      - O(name) is required, too. If an image with that name exists, the snapshot is not looked up.
      - Options that are given are set on the image if they can be changed in place.
    type: str
  dest:
    description:
      - File to save the data of the image to, on the host where the module runs.
      - A file that has the MD5 sum of the image is not changed. Any other file is overwritten when the download is
        complete.
      - A symbolic link is an error, and so is anything else that is not a regular file.
    type: path
  disk_format:
    description:
      - Format of the data.
      - Required when creating an image. Changing it requires O(replace=true).
    type: str
    choices: [qcow2, vmdk, raw, vhd, ari, aki, iso]
  container_format:
    description:
      - Container format of the data. Defaults to V(bare) when creating an image.
      - Changing it requires O(replace=true).
    type: str
  virt_type:
    description:
      - Virtualization that the image is for.
      - Required when creating an image. Can be changed in place.
    type: str
    choices: [KVM, CAS, VMware, Xen, PowerVM, BareMetal]
  cas_ostype:
    description:
      - Operating system as named by CAS, such as V(linux|Ubuntu Linux(64-bit\)).
      - Required when creating an image with O(virt_type=CAS). For all other types, this or O(vmware_ostype) is
        required.
      - Can be changed in place.
    type: str
  vmware_ostype:
    description:
      - Operating system as named by VMware, such as V(ubuntu64Guest).
      - Required when creating an image with O(virt_type=VMware). Can be changed in place.
    type: str
  min_cpu:
    description:
      - Minimum number of virtual CPUs of a server, 1 to 999999. Defaults to V(1) when creating an image.
      - Can be changed in place.
    type: int
  min_ram:
    description:
      - Minimum memory of a server, 1 to 999999. Defaults to V(1) when creating an image.
      - The unit is MB or GB, depending on the installation. The number is sent unchanged.
      - Can be changed in place.
    type: int
  min_disk:
    description:
      - Minimum disk size of a server in GB, 1 to 999999. Defaults to V(1) when creating an image.
      - It must not be smaller than the disk inside of the image. Can be changed in place.
    type: int
  visibility:
    description:
      - Whether all projects or only its own project can use the image. Defaults to V(private) when creating an image.
      - Can be changed in place.
    type: str
    choices: [public, private]
  description:
    description:
      - Description, at most 128 characters. An empty string removes it. Can be changed in place.
    type: str
  disk_bus:
    description:
      - Bus of the disk, such as V(virtio). Can be changed in place.
    type: str
  hw_vif_model:
    description:
      - Model of the network card, such as V(virtio). Can be changed in place.
    type: str
  sysdisk_type:
    description:
      - How the system disk is provisioned. Required when creating an image with O(virt_type=VMware).
      - Can be changed in place.
    type: str
    choices: [thin, thick]
  availability_zone:
    description:
      - Name of the availability zone that the image is for. It is sent unchanged.
      - Can be changed in place.
    type: str
  user_name:
    description:
      - User name inside of the image. Can be changed in place.
    type: str
  protected:
    description:
      - Whether the image cannot be deleted. A new image can if it is not given.
      - Can be changed in place. A protected image is not deleted, even with O(replace=true).
    type: bool
  tags:
    description:
      - Words that the image is tagged with, 1 to 255 characters each. Tags are OpenStack's. If the platform refuses
        them, the task fails and says so.
      - Others are kept, unless O(purge_tags=true). Can be changed in place.
    type: list
    elements: str
  purge_tags:
    description: Whether to remove the tags that O(tags) does not list.
    type: bool
    default: false
  properties:
    description:
      - Further properties of the image, such as V(hw_qemu_guest_agent), as keys and values of at most 255 characters.
        They are OpenStack's. If the platform refuses them, the task fails and says so.
      - Properties that are options of their own, or belong to the platform, are an error.
      - Keys that are not listed are kept, unless O(purge_properties=true). Can be changed in place.
      - Values whose keys say that they are secrets, such as C(password), are neither returned nor compared. See
        O(update_password).
    type: dict
  purge_properties:
    description: Whether to remove the properties that O(properties) does not list, except those of the platform.
    type: bool
    default: false
  image_password:
    description:
      - Password of the operating system inside of the image.
      - It is never returned and never compared. See O(update_password).
    type: str
  update_password:
    description:
      - When to set O(image_password).
      - With V(always) it is set in each run, which is a change each time.
    type: str
    choices: [on_create, always]
    default: on_create
  wait_timeout:
    default: 1800
seealso:
  - module: h3c.cloudos.cloudos_image_info
  - module: h3c.cloudos.cloudos_server
"""

EXAMPLES = r"""
- name: Create an image from a local file
  h3c.cloudos.cloudos_image:
    name: rocky-9
    src: "{{ playbook_dir }}/files/rocky-9.qcow2"
    disk_format: qcow2
    virt_type: CAS
    cas_ostype: linux|Ubuntu Linux(64-bit)
    min_disk: 10
  register: rocky

- name: Create an image, and read the file only if it has to be uploaded
  h3c.cloudos.cloudos_image:
    name: rocky-9
    src: "{{ playbook_dir }}/files/rocky-9.qcow2"
    checksum: b709f6e2f577e874354963a1eb0ec63f
    disk_format: qcow2
    virt_type: CAS
    cas_ostype: linux|Ubuntu Linux(64-bit)
    min_disk: 10

- name: Create an image from a web server, and protect it
  h3c.cloudos.cloudos_image:
    name: debian-12
    src: "{{ image_server }}/debian-12.raw"
    checksum: b709f6e2f577e874354963a1eb0ec63f
    disk_format: raw
    virt_type: KVM
    cas_ostype: linux
    protected: true
    tags: [debian, stable]
    properties:
      hw_qemu_guest_agent: "yes"

- name: Tag the image otherwise
  h3c.cloudos.cloudos_image:
    name: debian-12
    tags: [debian, oldstable]
    purge_tags: true

- name: Let the image be deleted
  h3c.cloudos.cloudos_image:
    name: debian-12
    protected: false

- name: Share the image with all projects and describe it
  h3c.cloudos.cloudos_image:
    name: rocky-9
    visibility: public
    description: Rocky Linux 9, with the agent

- name: Replace the data of an image
  h3c.cloudos.cloudos_image:
    name: rocky-9
    src: "{{ playbook_dir }}/files/rocky-9.1.qcow2"
    replace: true
  register: rocky

- name: Rename an image
  h3c.cloudos.cloudos_image:
    id: "{{ rocky.image.id }}"
    name: rocky-9-tested

- name: Create an image for VMware with the password of its operating system
  h3c.cloudos.cloudos_image:
    name: windows-2022
    src: "{{ playbook_dir }}/files/windows-2022.vmdk"
    disk_format: vmdk
    virt_type: VMware
    vmware_ostype: windows2019srv_64Guest
    sysdisk_type: thin
    min_cpu: 2
    min_disk: 40
    image_password: "{{ vault_image_password }}"

- name: Set that password in each run
  h3c.cloudos.cloudos_image:
    name: windows-2022
    image_password: "{{ vault_image_password }}"
    update_password: always

- name: Import an image from an SFTP server
  h3c.cloudos.cloudos_image:
    name: ubuntu-24
    checksum: e770edb9087058ee54ec56c189a2f7e5
    disk_format: qcow2
    virt_type: CAS
    cas_ostype: linux|Ubuntu Linux(64-bit)
    ftp:
      file_name: ubuntu-24.qcow2
      local_ip: 192.0.2.10
      username: images
      password: "{{ vault_ftp_password }}"
      sftp: true

- name: Convert a server snapshot into an image
  h3c.cloudos.cloudos_image:
    name: web-golden
    from_snapshot: web-1-configured
    description: web-1 with everything installed

- name: Save an image to a file
  h3c.cloudos.cloudos_image:
    name: rocky-9-tested
    dest: "{{ playbook_dir }}/files/backup.qcow2"

- name: Ensure the image is absent
  h3c.cloudos.cloudos_image:
    name: rocky-9-tested
    state: absent
"""

RETURN = r"""
actions:
  description: Actions that were taken, or would be taken in check mode, in this order.
  returned: success, and on failure the actions completed before it
  type: list
  elements: str
  sample: [create, upload]
image:
  description: The image after the task, or as it would be in check mode. Null after O(state=absent).
  returned: success
  type: dict
  contains:
    id:
      description: ID of the image. Null for an image that check mode would create.
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
id:
  description: ID of an image that was created before the task failed.
  returned: on failure after a creation
  type: str
  sample: 26c62934-5d2c-4280-981f-eca865edb19d
diff:
  description: The options of the image before and after. A password that is set is shown as asterisks.
  returned: in diff mode
  type: dict
  sample: {before: {name: rocky-9, visibility: private}, after: {name: rocky-9, visibility: public}}
plan_id:
  description:
    - Identity of the plan, which is the object, the actions and what they change. It is the same in check mode and in
      the run.
    - With O(only_plan), a run does only what was previewed. On failure, it is that of the plan that was refused.
  returned: success, and on failure if the plan was refused
  type: str
  sample: 0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: image-create}
requests:
  description: Number of requests by HTTP method.
  returned: with verbosity 2 (C(-vv)) or more
  type: dict
  sample: {GET: 2, POST: 1, PUT: 1}
retries:
  description: Requests that were retried, and the reason for each.
  returned: with verbosity 1 (C(-v)) or more, if there were any
  type: list
  elements: str
  sample:
    - "GET /os/image/v1/v2/images: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.state import state_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image import IMAGE

DEFINITION = state_module(IMAGE)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
