# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hypervisor without guests: Nova's own fake driver, and what it lacks.

nova.virt.fake forgets its guests when nova-compute restarts, does not suspend or pause them, remembers the interfaces
of those that are gone or come from another host, and never uploads a snapshot. Each of these would turn something
ordinary into an error that no cloud shows.
"""

import io
import os
import time

from nova import context as nova_context
from nova import objects
from nova.compute import power_state, task_states
from nova.image import glance
from nova.virt import fake

SPAWN_SECONDS = float(os.environ.get("OPENSTACK_SPAWN_SECONDS", "0"))
SNAPSHOT = b"a snapshot of CloudOS\n" * 1024


class CloudosDriver(fake.FakeDriver):
    capabilities = dict(fake.FakeDriver.capabilities, supports_migrate_to_same_host=True)

    def init_host(self, host):
        super().init_host(host)
        context = nova_context.get_admin_context()
        for instance in objects.InstanceList.get_by_host(context, host, expected_attrs=["flavor", "info_cache"]):
            self._adopt(instance)

    def _adopt(self, instance):
        if instance.vm_state == "building":
            return
        state = power_state.NOSTATE if instance.power_state is None else instance.power_state
        self.instances[instance.uuid] = fake.FakeInstance(instance.name, state, instance.uuid)
        self.resources.claim(vcpus=instance.flavor.vcpus, mem=instance.flavor.memory_mb, disk=instance.flavor.root_gb)
        for vif in instance.get_network_info():
            self._interfaces[vif["id"]] = vif

    def spawn(self, *args, **kwargs):
        time.sleep(SPAWN_SECONDS)
        super().spawn(*args, **kwargs)

    def suspend(self, context, instance):
        self.instances[instance.uuid].state = power_state.SUSPENDED

    def resume(self, context, instance, network_info, block_device_info=None):
        self.instances[instance.uuid].state = power_state.RUNNING

    def pause(self, instance):
        self.instances[instance.uuid].state = power_state.PAUSED

    def unpause(self, instance):
        self.instances[instance.uuid].state = power_state.RUNNING

    def attach_interface(self, context, instance, image_meta, vif):
        self._interfaces[vif["id"]] = vif

    def detach_interface(self, context, instance, vif):
        self._interfaces.pop(vif["id"], None)

    def snapshot(self, context, instance, image_id, update_task_state):
        update_task_state(task_state=task_states.IMAGE_PENDING_UPLOAD)
        update_task_state(task_state=task_states.IMAGE_UPLOADING, expected_state=task_states.IMAGE_PENDING_UPLOAD)
        metadata = {"disk_format": "raw", "container_format": "bare"}
        images = glance.get_default_image_service()
        images.update(context, image_id, metadata, data=io.BytesIO(SNAPSHOT), purge_props=False)
