# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory as users see it: through ansible-inventory and ansible-playbook."""

from __future__ import annotations

import base64
import json
import re
import subprocess

import pytest
import yaml
from integration.harness import BIN, REPOSITORY

from simulator import seeds

PLUGIN = REPOSITORY / "plugins" / "inventory" / "cloudos.py"
HOSTILE = "{{ 7*7 }}"
HEADER = "#jinja2: variable_start_string: '[[', variable_end_string: ']]'\n[[ 6*9 ]]"


@pytest.fixture
def servers(cloud):
    cloud.seed("servers", name="web-1", metadata={"role": "web"})
    cloud.seed("servers", name="db-1", metadata={"role": "db"}, status="SHUTOFF")
    cloud.seed("servers", name="other-1", project_id=seeds.DEMO_PROJECT)
    cloud.clear_log()


def documents(text: str) -> list[str]:
    return [part for part in text.split("---\n") if "plugin: h3c.cloudos.cloudos" in part]


def plugin_examples() -> list[str]:
    text = PLUGIN.read_text(encoding="utf-8")
    return documents(re.search(r'^EXAMPLES = r"""(.*?)^"""', text, re.MULTILINE | re.DOTALL).group(1))


def page_examples() -> list[str]:
    text = (REPOSITORY / "docs" / "inventory.md").read_text(encoding="utf-8")
    return re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


# --- what it lists ----------------------------------------------------------------------------------------------


@pytest.mark.smoke
def test_servers_groups_and_variables(inventory, servers):
    inventory.write(
        compose={"ansible_host": "(addresses.values() | first | first).addr", "tag": "metadata.role ~ '!'"},
        groups={"up": "power_state == 'running'"},
        keyed_groups=[{"key": "status", "prefix": "status"}, {"key": "metadata.role", "prefix": "role"}],
    )
    listed = inventory.list()
    assert set(listed.hosts) == {"web-1", "db-1"}
    assert listed.members("up") == {"web-1"}
    assert listed.members("status_SHUTOFF") == {"db-1"}
    assert listed.members("role_web") == {"web-1"}
    assert listed.hosts["web-1"]["ansible_host"].startswith("192.168.")
    assert listed.hosts["web-1"]["tag"] == "web!"
    assert listed.hosts["web-1"]["cloudos_metadata"]["role"] == "web"
    assert listed.requests == ["token-create", "server-list-detail"]


@pytest.mark.smoke
def test_names_beside_ids_conditions_and_few_variables(inventory, cloud):
    image = cloud.seed("images", name="rocky")[0]["id"]
    flavor = cloud.seed("flavors", name="small", ram=1024, vcpus=1, disk=20)[0]["id"]
    for name in ("web-1", "web-2", "db-1"):
        cloud.seed("servers", name=name, image_id=image, flavor_id=flavor, metadata={"keep": str(name != "web-2")})
    inventory.write(
        join=["flavor", "image"],
        include=["metadata.keep"],
        exclude=["name.startswith('db')"],
        host_variables=["name", "image_name", "flavor_name", "floating_ip"],
        keyed_groups=[{"key": "flavor_name", "prefix": "flavor"}],
    )
    listed = inventory.list()
    assert listed.members("flavor_small") == set(listed.hosts) == {"web-1"}
    variables = listed.hosts["web-1"]
    assert (variables["cloudos_flavor_name"], variables["cloudos_image_name"]) == ("small", "rocky")
    assert set(variables) == {
        *("ansible_host", "cloudos_id", "cloudos_name", "cloudos_image_name", "cloudos_flavor_name"),
        "cloudos_floating_ip",
    }
    assert sorted(listed.requests) == ["flavor-list-detail", "image-list", "server-list-detail", "token-create"]


def test_the_file_of_the_demonstration(inventory, servers):
    inventory.path = REPOSITORY / "tests" / "demo" / "inventory" / "demo.cloudos.yml"
    listed = inventory.list()
    assert listed.members("running") == {"web-1"}
    assert listed.members("role_db") == {"db-1"}


def test_a_renamed_server_keeps_its_host(inventory, ansible, servers, cloud):
    inventory.write(hostnames=["id"], filters={"status": "ACTIVE"})
    before = inventory.list().hosts
    ((host, variables),) = before.items()
    rename = {"h3c.cloudos.cloudos_server": {"id": variables["cloudos_id"], "name": "renamed"}}
    assert ansible.play([rename]).rc == 0
    after = inventory.list().hosts
    assert (list(after), after[host]["cloudos_name"]) == ([host], "renamed")
    done = inventory.run("ansible", host, "-m", "ansible.builtin.debug", "-a", "var=cloudos_name")
    assert "renamed" in done.stdout, done.stdout + done.stderr


def test_a_play_runs_on_the_hosts(inventory, servers):
    inventory.write()
    done = inventory.run("ansible", "web-1", "-m", "ansible.builtin.debug", "-a", "var=cloudos_power_state")
    assert "running" in done.stdout, done.stdout + done.stderr


def test_options_come_from_the_environment(inventory, servers):
    inventory.write()
    listed = inventory.list(
        CLOUDOS_INVENTORY_PROJECTS="admin, demo",
        CLOUDOS_INVENTORY_FILTERS='{"name_pattern": "-1$", "status": "ACTIVE"}',
        CLOUDOS_INVENTORY_JOIN="flavor,image",
        CLOUDOS_INVENTORY_INCLUDE="['web' in name, \"project == 'demo'\"]",
        CLOUDOS_INVENTORY_EXCLUDE="name in ['nothing', 'at-all']",
        CLOUDOS_INVENTORY_HOST_VARIABLES="name,flavor_name",
        CLOUDOS_INVENTORY_HOSTNAMES="metadata.missing, name ~ '.' ~ project",
        CLOUDOS_INVENTORY_COMPOSE="{doubled: name ~ name}",
        CLOUDOS_INVENTORY_GROUPS='{"up": "power_state == \'running\'"}',
        CLOUDOS_INVENTORY_KEYED_GROUPS='[{"key": "metadata.role", "parent_group": "roles"}]',
        CLOUDOS_INVENTORY_LEADING_SEPARATOR="false",
        CLOUDOS_INVENTORY_PAGE_SIZE="1",
        CLOUDOS_INVENTORY_STRICT="false",
        CLOUDOS_INVENTORY_EQUAL_NAMES="error",
    )
    assert listed.members("up") == {"web-1.admin", "other-1.demo"}
    assert listed.members("web") == {"web-1.admin"}
    assert listed.data["roles"]["children"] == ["web"]
    assert listed.hosts["web-1.admin"]["doubled"] == "web-1web-1"
    assert set(listed.hosts["web-1.admin"]) == {
        *("ansible_host", "doubled", "cloudos_id", "cloudos_name", "cloudos_flavor_name")
    }


def test_extra_variables_are_known_when_asked_for(inventory, servers):
    inventory.write(
        use_extra_vars=True, api_project="{{ where }}", compose={"place": "name ~ '@' ~ where"}, hostnames=["name"]
    )
    listed = inventory.list("-e", "where=demo", CLOUDOS_PROJECT="nowhere")
    assert listed.hosts["other-1"]["place"] == "other-1@demo"
    inventory.write(use_extra_vars=True, hostnames=["status"], filters={"name_pattern": "^web"})
    assert set(inventory.list("-e", "status=over").hosts) == {"over"}


def test_a_template_in_the_file_may_look_up_the_password(inventory, servers):
    inventory.write(api_password="{{ lookup('ansible.builtin.env', 'SOME_SECRET') }}")
    listed = inventory.list(CLOUDOS_PASSWORD=None, SOME_SECRET=seeds.ADMIN_PASSWORD)
    assert "web-1" in listed.hosts


def test_a_password_of_the_environment_is_never_a_template(inventory, cloud):
    inventory.write()
    failed = inventory.list(CLOUDOS_PASSWORD="{{ 'cloudos' }}-secret", warns="Could not log in")
    assert failed.hosts == {}


# --- texts of the platform --------------------------------------------------------------------------------------


@pytest.fixture
def hostile(cloud, inventory):
    """A server whose texts want to be evaluated wherever they go."""
    metadata = {
        "role": "{{ 6*7 }}",
        "{{ 5*5 }}": "key",
        "one": "{% set x = 1 %}",
        "brace": "a{b",
        "header": HEADER,
        "hidden": base64.b64encode(b"{{ 33*3 }}").decode(),
    }
    cloud.seed("servers", name=HOSTILE.replace("{", "{{").replace("}", "}}"), metadata=metadata)
    cloud.seed("servers", name="web-1", metadata={"role": "web", "hidden": ""})
    inventory.write(
        compose={
            "plain": "metadata.role",
            "joined": "name ~ '-x'",
            "pairs": "metadata | dict2items",
            "all": "metadata",
            "decoded": "metadata.hidden | b64decode",
            "literal": "'text'",
            "header": "metadata.header | default('')",
        },
        keyed_groups=[{"key": "metadata.role", "prefix": "role"}, {"key": "metadata", "prefix": "m"}],
        groups={"up": "power_state == 'running'"},
    )


@pytest.mark.smoke
def test_templates_of_the_platform_are_exported_as_they_are(inventory, hostile):
    listed = inventory.list(warns="a pattern cannot address")
    variables = listed.hosts[HOSTILE]
    assert variables["cloudos_name"] == {"__ansible_unsafe": HOSTILE}
    assert variables["plain"] == {"__ansible_unsafe": "{{ 6*7 }}"}
    assert variables["joined"] == {"__ansible_unsafe": "{{ 7*7 }}-x"}
    assert variables["decoded"] == {"__ansible_unsafe": "{{ 33*3 }}"}
    assert variables["header"] == {"__ansible_unsafe": HEADER}
    assert "role____6_7___" in listed.data


@pytest.mark.smoke
def test_all_other_texts_are_exported_plainly(inventory, hostile):
    listed = inventory.list(warns="a pattern cannot address")
    assert "__ansible_unsafe" not in json.dumps(listed.hosts["web-1"])
    assert listed.hosts["web-1"]["literal"] == "text"
    marked = re.findall(r'"__ansible_unsafe": "(.*?)"\n', listed.text)
    assert [text for text in marked if "{" not in text and not text.startswith("#jinja2:")] == []


@pytest.mark.smoke
def test_templates_of_the_platform_are_not_evaluated_in_plays(inventory, hostile, tmp_path):
    texts = [
        *("inventory_hostname", "group_names", "groups.up", "hostvars[inventory_hostname]", "cloudos_name"),
        *("cloudos_metadata", "cloudos_metadata | dict2items", "plain", "joined", "pairs", "all", "decoded", "header"),
    ]
    show = {
        "ansible.builtin.debug": {"msg": "{{ item }}"},
        "loop": [f"{{{{ {text} }}}}" for text in texts],
    }
    keep = {"ansible.builtin.set_fact": {"kept": "{{ cloudos_metadata | dict2items }}", "named": "{{ cloudos_name }}"}}
    again = {"ansible.builtin.debug": {"msg": "{{ kept }} {{ named }} {{ decoded }}"}}
    play = [{"hosts": "up", "gather_facts": False, "tasks": [show, keep, again]}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump(play))
    done = inventory.run("ansible-playbook", str(tmp_path / "play.yml"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7*7" in done.stdout and "33*3" in done.stdout
    for value in (49, 42, 25, 99, 54):
        assert not re.search(rf"(?<![\w.:-]){value}(?![\w.:-])", done.stdout), done.stdout


# --- the cache --------------------------------------------------------------------------------------------------


def test_a_warm_cache_sends_nothing(inventory, servers, cloud, tmp_path):
    folder = tmp_path / "kept"
    inventory.write(cache=True, cache_plugin="ansible.builtin.jsonfile", cache_connection=str(folder))
    cold = inventory.list()
    assert cold.requests == ["token-create", "server-list-detail"]
    warm = inventory.list(CLOUDOS_PASSWORD=None)
    assert (warm.requests, warm.data) == ([], cold.data)
    before = len(cloud.log())
    (tmp_path / "play.yml").write_text("[{hosts: all}]")
    inventory.run("ansible-playbook", str(tmp_path / "play.yml"), "--list-hosts", "--flush-cache")
    assert [entry["operation"] for entry in cloud.log()[before:]] == ["server-list-detail"]
    assert set(inventory.list(CLOUDOS_PROJECT="demo").hosts) == {"other-1"}
    files = list(folder.iterdir())
    kept = "".join(path.name + path.read_text() for path in files)
    assert len(files) == 2
    secrets = [seeds.ADMIN_PASSWORD, *(server["admin_pass"] for server in cloud.state("servers"))]
    assert not [secret for secret in secrets if secret in kept]


# --- errors -----------------------------------------------------------------------------------------------------


def test_missing_credentials_are_told(inventory, cloud):
    inventory.write()
    failed = inventory.list(
        CLOUDOS_USERNAME=None, CLOUDOS_PASSWORD=None, warns="Set api_token, or api_username and api_password"
    )
    assert failed.requests == []


def test_a_misspelt_option_is_told_and_asks_nothing(inventory, servers):
    inventory.write(fliters={"status": "ACTIVE"})
    failed = inventory.list(warns="There is no option 'fliters'. Did you mean 'filters'?")
    assert (failed.hosts, failed.requests) == ({}, [])


def test_a_dictionary_in_hostnames_is_told(inventory, servers):
    inventory.write(hostnames=[{"name": "tag:Name", "prefix": "web"}])
    failed = inventory.list(warns="hostnames: entry 1 is")
    assert failed.hosts == {}


def test_a_value_that_join_does_not_have_is_told(inventory, servers):
    inventory.write(join=["flavour"])
    assert inventory.list(warns="flavor").hosts == {}


def test_a_missing_address_is_told(inventory, cloud):
    inventory.write()
    inventory.list(CLOUDOS_URL=None, warns="api_url")


def test_names_that_files_and_patterns_cannot_hold(inventory, cloud):
    """Half of a character in a name, and a blank."""
    cloud.seed("servers", name="half \ud800")
    inventory.write()
    asyaml = inventory.run("ansible-inventory", "--list", "--yaml")
    assert asyaml.returncode == 0, asyaml.stderr
    assert set(yaml.safe_load(asyaml.stdout)["all"]["children"]["ungrouped"]["hosts"]) == {"half \ufffd"}
    listed = inventory.list(warns="hostnames: a pattern cannot address 'half \ufffd'")
    assert set(listed.hosts) == {"half \ufffd"}
    addressed = inventory.run("ansible", "half??", "--list-hosts")
    assert "half \ufffd" in addressed.stdout


def test_empty_variables_count_as_not_set(inventory, servers):
    """AWX sets one for each field of a form."""
    inventory.write()
    empty = ("DOMAIN", "TIMEOUT", "RETRIES", "VALIDATE_CERTS", "CA_PATH", "AUTH_URL", "TOKEN", "INVENTORY_PAGE_SIZE")
    listed = inventory.list(**{f"CLOUDOS_{name}": "" for name in (*empty, "INVENTORY_COMPOSE", "INVENTORY_PROJECTS")})
    assert set(listed.hosts) == {"web-1", "db-1"}
    inventory.list(CLOUDOS_URL="", warns="api_url")


def test_no_secret_is_in_the_output_at_the_highest_verbosity(inventory, servers):
    inventory.write()
    done = inventory.run("ansible-inventory", "--list", "-vvvv")
    assert "web-1" in done.stdout
    assert seeds.ADMIN_PASSWORD not in done.stdout + done.stderr


# --- documentation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", [*plugin_examples(), *page_examples()])
def test_the_examples_run(inventory, servers, example):
    inventory.write(example)
    listed = inventory.list()
    assert len(listed.hosts) > 0 and "web-1" in listed.text


def test_the_documentation_is_readable(ansible):
    command = [str(BIN / "ansible-doc"), "-t", "inventory", "h3c.cloudos.cloudos"]
    shown = subprocess.run(command, env=ansible.environment(), capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    assert "CLOUDOS_INVENTORY_KEYED_GROUPS" in shown.stdout
