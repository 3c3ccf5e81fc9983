# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Sphinx makes the site with. ``build.py`` lays out the pages beforehand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = {path.stem for path in (REPOSITORY / "plugins" / "modules").glob("cloudos_*.py")}

project = "h3c.cloudos"
copyright = "2026, H3C CloudOS collection contributors"
release = yaml.safe_load((REPOSITORY / "galaxy.yml").read_text(encoding="utf-8"))["version"]
version = release

extensions = ["myst_parser", "sphinx_antsibull_ext"]
default_role = "any"
highlight_language = "YAML+Jinja"
myst_heading_anchors = 3
pygments_style = "ansible"

html_theme = "sphinx_ansible_theme"
html_title = f"h3c.cloudos {release}"
html_short_title = "h3c.cloudos"
html_theme_options = {"documentation_home_url": "index.html", "topbar_links": {}}
html_static_path = ["static"]
html_css_files = ["tables.css"]
html_copy_source = False
html_show_sphinx = False
html_use_index = False

# What Ansible's own documentation has, and the pages here refer to
ANSIBLE = "https://docs.ansible.com/projects/ansible/latest"
ANSIBLE_PAGES = {
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}
_OTHER_PLUGIN = re.compile(r"ansible_collections\.(\w+)\.(\w+)\.(\w+)$")


def link_to_ansible(_app: Sphinx, _env: Any, reference: pending_xref, content: nodes.Element) -> nodes.reference | None:
    """Lead to Ansible's own documentation, without fetching its inventory; None for what it does not have."""
    target = reference.get("reftarget", "")
    plugin = _OTHER_PLUGIN.match(target)
    page = "collections/{}/{}/{}.html".format(*plugin.groups()) if plugin else ANSIBLE_PAGES.get(target)
    if page is None or target.startswith("ansible_collections.h3c."):
        return None
    return nodes.reference("", "", content, internal=False, refuri=f"{ANSIBLE}/{page}")


def link_modules(_app: Sphinx, tree: nodes.document) -> None:
    """Make a name of a module in a guide a link to its page; in headings it stays a name."""
    if str(tree.settings.env.docname).startswith("collections/"):
        return
    for literal in list(tree.findall(nodes.literal)):
        name = literal.astext().removeprefix("h3c.cloudos.")
        if name in MODULES and not isinstance(literal.parent, (nodes.title, nodes.reference, pending_xref)):
            target = {"reftarget": f"ansible_collections.h3c.cloudos.{name}_module", "refexplicit": True}
            link = pending_xref("", refdomain="std", reftype="ref", refwarn=True, **target)
            link["refdoc"] = tree.settings.env.docname
            literal.replace_self(link)
            link += literal


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", link_modules)
    app.connect("missing-reference", link_to_ansible)
    return {"parallel_read_safe": True}
