# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the site: the first page, all guides, and a page of each module, plugin and role, into ``build/docs/html``.

The pages stand where they stand in the repository, so that their links hold there and here. A warning is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
OUTPUT = REPOSITORY / "build" / "docs"
SOURCE = OUTPUT / "source"
BIN = Path(sys.executable).parent

CHINESE = "中文"

# Guides by what they are about. One that is not named here stands under the last heading.
GROUPS = {
    "First steps": [
        *("getting-started", "simulator", "application", "authentication", "idempotence", "plans", "reliability"),
        *("errors", "inventory"),
    ],
    "Servers": ["servers", "vm-snapshots", "virtualization", "metrics"],
    "Bare metal": ["baremetal", "baremetal-instances"],
    "Projects and quotas": ["quotas", "onboarding", "zones-and-norms"],
    "Many at once": ["fleets", "stacks", "performance", "in-process", "brownfield"],
    "Automation platforms": ["awx", "events"],
    "Coming from other collections": ["coming-from-openstack", "coming-from-hcloud"],
    CHINESE: [],
    "Behind the modules": ["api-coverage", "real-services"],
    "Working on the collection": ["adding-a-resource"],
}
OTHERS = "More guides"

# The Chinese guides in the same order; those that do not exist are left out
GROUPS[CHINESE] = [f"{name}.zh-CN" for names in GROUPS.values() for name in names]

# Pages of the repository's root, as what they appear
ABOUT_WORK = ["CONTRIBUTING", "TESTING", "SECURITY", "CODE_OF_CONDUCT"]
PAGES = {"README.md": "index.md", **{f"{page}.md": f"{page}.md" for page in ("README.zh-CN", *ABOUT_WORK)}}


def main() -> int:
    lay_out()
    shutil.rmtree(OUTPUT / "html", ignore_errors=True)
    os.umask(0o022)  # antsibull-docs refuses directories that others may write to
    settings = ["--config-file", str(HERE / "antsibull-docs.cfg")]
    pages = ["collection", "--use-current", "--fail-on-error", "--cleanup", "everything", "--dest-dir", str(SOURCE)]
    subprocess.run([str(BIN / "antsibull-docs"), *settings, *pages, "h3c.cloudos"], check=True)
    strict = ["--fail-on-warning", "--keep-going", "--quiet", "--jobs", "auto"]
    folders = ["--doctree-dir", str(OUTPUT / "doctrees"), "--conf-dir", str(HERE), str(SOURCE), str(OUTPUT / "html")]
    built = subprocess.run([str(BIN / "sphinx-build"), *strict, *folders], check=False)
    if built.returncode == 0:
        print(f"The site is at {(OUTPUT / 'html' / 'index.html').relative_to(REPOSITORY)}")
    return built.returncode


def lay_out() -> None:
    """Put the pages that people write where Sphinx finds them."""
    SOURCE.mkdir(parents=True, exist_ok=True)
    for old in [*SOURCE.glob("*.md"), *SOURCE.glob("docs/*.md")]:
        old.unlink()
    for name, page in PAGES.items():
        copy(REPOSITORY / name, SOURCE / page)
    for guide in guides():
        copy(guide, SOURCE / "docs" / guide.name)
    shutil.copy2(REPOSITORY / "LICENSE", SOURCE / "LICENSE")
    shutil.copytree(REPOSITORY / "docs" / "images", SOURCE / "docs" / "images", dirs_exist_ok=True)
    with (SOURCE / "index.md").open("a", encoding="utf-8") as index:
        index.write(contents([guide.stem for guide in guides()]))


def guides() -> list[Path]:
    return sorted((REPOSITORY / "docs").glob("*.md"))


def copy(page: Path, target: Path) -> None:
    """Copy a page; what links to README.md leads to the first page."""
    target.parent.mkdir(exist_ok=True)
    text = page.read_text(encoding="utf-8")
    target.write_text(re.sub(r"\]\((\.\./)?README\.md", r"](\1index.md", text), encoding="utf-8")


def contents(guides: list[str]) -> str:
    """The tables of contents, for the column beside each page."""
    grouped = {title: [name for name in names if name in guides] for title, names in GROUPS.items()}
    known = {name for names in grouped.values() for name in names}
    grouped[OTHERS] = [name for name in guides if name not in known]
    tables = {title: [f"docs/{name}" for name in names] for title, names in grouped.items()}
    tables["Reference"] = [
        "Modules, plugins and roles <collections/h3c/cloudos/index>",
        "Environment variables <collections/environment_variables>",
    ]
    tables[CHINESE].insert(0, "README.zh-CN")
    tables["Working on the collection"][:0] = ABOUT_WORK
    return "".join(table(title, pages) for title, pages in tables.items() if pages)


def table(title: str, pages: list[str]) -> str:
    lines = ["", "```{toctree}", ":hidden:", ":maxdepth: 1", f":caption: {title}", "", *pages, "```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
