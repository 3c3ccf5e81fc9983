# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What the modules can do in Ansible's terms."""

    # For all modules. STATE_MODULE, INFO_MODULE or the module itself adds the support of the first three.
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying target.
  diff_mode:
    description: Returns details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second run changes nothing.
  action_group:
    description: Use C(group/h3c.cloudos.cloudos) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - h3c.cloudos.cloudos
  action:
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the
      controller.
    support: full
    details:
      - A task with the connection C(local) runs in the process of the controller, which is faster. With another
        connection, and with C(become), C(async), C(environment) or another Python interpreter, it runs as an ordinary
        module. The result is the same.
      - The variable C(cloudos_in_process), the environment variable E(CLOUDOS_IN_PROCESS), or C(in_process) in the
        section C([h3c.cloudos]) of C(ansible.cfg) disables this.
  async:
    description: Supports being used with the C(async) keyword.
    support: full
seealso:
  - name: API coverage
    description: The guide that lists the API operations used by each module.
    link: https://galaxy.ansible.com/ui/repo/published/h3c/cloudos/docs/
"""

    # For modules that manage the state of an object.
    STATE_MODULE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details: Only GET requests and the request for a token are sent.
  diff_mode:
    support: full
  idempotent:
    support: full
"""

    # For modules that only read.
    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details: This module does not change anything.
  diff_mode:
    support: N/A
    details: This module does not change anything.
  idempotent:
    support: full
    details: This module does not change anything.
"""
