# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: translated
short_description: Translate messages of the collection
version_added: "1.0.0"
description:
  - Returns messages of the collection in the language that the user has chosen. Other texts stay as they are.
  - The language is that of the environment variable E(CLOUDOS_LANGUAGE), or else that of the entry of C(clouds.yaml)
    that E(CLOUDOS_CLOUD) names. A filter does not know C(api_language) of a task or of C(module_defaults).
  - Modules return translated messages. The filter is for those that no module of the collection returns in the end,
    such as the results of tasks with C(async), which M(ansible.builtin.async_status) reads.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description: A text in English, or a list of texts.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Ensure the server that was created in the background is there
  ansible.builtin.assert:
    that: created.server is defined
    fail_msg: "{{ created.msg | default('') | h3c.cloudos.translated }}"
  vars:
    created:
      failed: true
      msg: There is no server 'web-l'. Did you mean 'web-1'?
"""

RETURN = r"""
_value:
  description: The translated text, or the list of translated texts.
  type: raw
  sample: 没有结果。
"""

import typing as t

from ansible_collections.h3c.cloudos.plugins.plugin_utils.translation import Words, words_of_environment


def translated(texts: t.Any) -> t.Any:
    """A text in the language of the environment, or several; what is no text stays as it is."""
    return _spoken(texts, words_of_environment())


def _spoken(texts: t.Any, speak: Words) -> t.Any:
    if isinstance(texts, str):
        return speak(texts)
    return [_spoken(text, speak) for text in texts] if isinstance(texts, (list, tuple)) else texts


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"translated": translated}
