#!/usr/bin/python
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudos_norm_info
short_description: List resource norms of a CloudOS cloud
version_added: "1.0.0"
description:
  - Lists the norms of one resource service or of all, the services, and the configurations of their norms.
  - Sends one GET request for the configurations and one for the norms of each service. V(services) of O(gather) takes
    one more.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.info_module
options:
  service:
    description:
      - Return only norms and configurations of this service, such as V(server), V(volume) or V(public_ip).
        M(h3c.cloudos.cloudos_norm) lists the names.
      - Any other service is given by the name or the ID of its norm.
    type: str
  kind:
    description: Return only norms of this kind.
    type: str
    choices: [combined, single]
  sub_norms:
    description: Return only norms that have these values, possibly among others.
    type: dict
  id:
    description: Return only the norm with this ID.
    type: str
  gather:
    description:
      - Information to gather. Without V(norms) the list of norms is empty.
      - V(services) are the resource services, V(configurations) the types of sub-norms that each service has, with
        their units.
    type: list
    elements: str
    choices: [norms, services, configurations]
    default: [norms]
seealso:
  - module: h3c.cloudos.cloudos_norm
"""

EXAMPLES = r"""
- name: List the sizes of servers
  h3c.cloudos.cloudos_norm_info:
    service: server
    kind: combined
  register: sizes

- name: Show them
  ansible.builtin.debug:
    msg: "{{ sizes.norms | map(attribute='sub_norms') }}"

- name: List the sizes with 8 CPUs
  h3c.cloudos.cloudos_norm_info:
    service: server
    sub_norms: {cpu: 8}

- name: List the configurations of norms
  h3c.cloudos.cloudos_norm_info:
    gather: [configurations]
  register: made_up

- name: Show the sub-norms of each service
  ansible.builtin.debug:
    msg: "{{ item.service }}: {{ item.sub_norm_types | map(attribute='name') }}"
  loop: "{{ made_up.configurations }}"
  loop_control:
    label: "{{ item.service }}"

- name: List the resource services
  h3c.cloudos.cloudos_norm_info:
    gather: [services]
"""

RETURN = r"""
norms:
  description: The norms. The list is empty if there are none, and without V(norms) in O(gather).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the norm itself.
      type: str
      sample: 005ce23d-24bc-481b-94d4-0e05ef3f68e5
    service:
      description: The service, by the name that O(service) takes.
      type: str
      sample: server
    kind:
      description: V(combined) or V(single).
      type: str
      sample: combined
    sub_norms:
      description: The values by the names of the sub-norms. A sub-norm without a name has its ID. Numbers are numbers.
      type: dict
      sample: {cpu: 8, memory: 16, system_disk: 60, storage_type: SSD}
    service_id:
      description: ID of the resource service.
      type: str
      sample: 17037211-2c0c-4703-98e8-81d0202a46e7
    norm_id:
      description: ID that all norms of the service share, which is used in server templates.
      type: str
      sample: 38e42432-06a5-47a3-b47d-f078ed03795d
services:
  description: The resource services. Their names are in the language of the platform.
  returned: with V(services) in O(gather)
  type: list
  elements: dict
  contains:
    id:
      description: ID of the service.
      type: str
      sample: 17037211-2c0c-4703-98e8-81d0202a46e7
    name:
      description: Name of the service.
      type: str
      sample: 主机
    description:
      description: Description. Null if there is none.
      type: str
      sample: servers
    has_norms:
      description: Whether the service has norms.
      type: bool
      sample: true
    is_charged:
      description: Whether it is charged.
      type: bool
      sample: true
    needs_approval:
      description: Whether orders are approved.
      type: bool
      sample: true
    has_lease:
      description: Whether what is ordered has a lease.
      type: bool
      sample: true
    has_system_parameters:
      description: Whether it has system parameters.
      type: bool
      sample: true
configurations:
  description: The configurations of the norms of the services.
  returned: with V(configurations) in O(gather)
  type: list
  elements: dict
  contains:
    service:
      description: Name of the service that O(service) takes.
      type: str
      sample: server
    id:
      description: ID of the configuration, which nothing else takes.
      type: str
      sample: 987e587d-1688-4c4a-9228-790765cc65b4
    norm_id:
      description: ID that all norms of the service share.
      type: str
      sample: 38e42432-06a5-47a3-b47d-f078ed03795d
    service_id:
      description: ID of the resource service.
      type: str
      sample: 17037211-2c0c-4703-98e8-81d0202a46e7
    name:
      description: Name of the norm.
      type: str
      sample: ComputeNorm
    description:
      description: Description. Null if there is none.
      type: str
      sample: servers
    created:
      description: When it was created.
      type: str
      sample: "2021-12-17T07:28:30Z"
    sub_norm_types:
      description: The types of its sub-norms.
      type: list
      elements: dict
      contains:
        name:
          description: Name to use in O(sub_norms). Null for a type that has none.
          type: str
          sample: cpu
        id:
          description: ID of the type.
          type: str
          sample: 2481e874-00d8-457e-899c-e628356ea5a1
        title:
          description: Name in the language of the platform.
          type: str
          sample: CPU
        value_types:
          description: Kinds of values that it accepts.
          type: list
          elements: str
          sample: [dispersed]
        max:
          description: Largest value. Null if there is none.
          type: int
          sample: 64
        min:
          description: Smallest value. Null if there is none.
          type: int
          sample: 1
        step:
          description: Smallest increment. Null if there is none.
          type: int
          sample: 1
        unit:
          description: Unit, in the language of the platform. Null if there is none.
          type: str
          sample: GB
error:
  description:
    - Error response of the platform.
    - C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published
      reference. Each is only present if it is known.
  returned: on failure, if a request failed
  type: dict
  sample: {status: 403, operation: norm-list}
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
    - "GET /os/kinton/v1/cloudos/resource/normConfig: status 503, trying again (3 tries left)"
"""

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import run_module
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.norm import NORM

DEFINITION = info_module(NORM)


def main() -> None:
    run_module(DEFINITION)


if __name__ == "__main__":
    main()
