# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COLLECTION := $(VENV)/collections/ansible_collections/h3c/cloudos
REQUIREMENTS := requirements.txt $(wildcard tests/requirements*.txt tests/simulator/requirements.txt)

# Most of what is installed is never imported. What is gets compiled then; the benchmark does not wait for that.
INSTALL := -m pip install --quiet --no-compile

# A signal to make has to reach it, and not a shell between.
OPENSTACK := exec env PYTHONPATH=tests $(BIN)/python -m openstack

# They wait for something that happens meanwhile.
TIME_DEPENDENT := $(addprefix tests/integration/,test_events.py test_interrupted.py)

# In this order, three at once; playbooks come after them.
CHECKS := $(filter-out $(DONE),unit sanity lint importer docs)

DOCS_SYNC := PYTHONPATH=tests:$(VENV)/collections $(BIN)/python -m tools.docs_sync

# Nothing of the caller's Ansible set-up takes part, and nothing is left behind in it.
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(VENV)/collections
export ANSIBLE_CONFIG := $(CURDIR)/tests/tools/ansible.cfg
export ANSIBLE_HOME := $(CURDIR)/$(VENV)/ansible
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Without it, each of many processes would compile the same files.
unexport PYTHONDONTWRITEBYTECODE
# Ansible refuses to start without UTF-8.
ifneq (,$(filter C POSIX,$(LC_ALL)))
export LC_ALL := C.UTF-8
endif

.DEFAULT_GOAL := help
.PHONY: help demo cast new action-plugins test lint sanity unit integration importer docs ansible-test test-busy test-openstack openstack-up \
	openstack-down openstack-status requests matrix coverage bench simulator contract api-coverage docs-sync format changelog build clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/ready ## See the collection work, against a simulated cloud
	$(BIN)/python tests/tools/demo.py

cast: $(VENV)/ready ## Record the demonstration as a picture that moves, docs/images/demo.svg
	$(BIN)/python tests/tools/cast.py

new: $(VENV)/ready ## Write the first version of a resource and all that belongs to it (RESOURCE=security_label, SECTION=compute)
	PYTHONPATH=tests $(BIN)/python -m tools.new_resource "$(RESOURCE)" --section "$(or $(SECTION),compute)"
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	@$(MAKE) --no-print-directory contract docs-sync changelog

test: ## Run every check: lint, sanity, unit, importer, docs, integration (DONE=importer for all but this)
	@$(MAKE) --no-print-directory --jobs 3 --output-sync=target $(CHECKS)
	@$(MAKE) --no-print-directory integration
	@echo "make test: $(CHECKS) and integration passed"

lint: $(VENV)/ready ## Check style, documentation, changelog and licences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python tests/contract/generate.py --check
	$(BIN)/yamllint --strict .
	$(BIN)/shellcheck .ci/run tests/openstack/drivers/bin/ipmitool tests/integration/targets/setup_simulator/run.sh
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	$(BIN)/antsibull-changelog lint
	$(DOCS_SYNC) --check
	$(BIN)/python tests/tools/action_plugins.py --check
	HOME=$(CURDIR)/$(VENV) $(BIN)/antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self .
	XDG_CACHE_HOME=$(CURDIR)/$(VENV)/cache $(BIN)/ansible-lint --profile production --offline

sanity: $(VENV)/ready ## Run ansible-test sanity (ARGS="--test pep8" for one test)
	$(BIN)/python tests/tools/sanity.py $(ARGS)

unit: $(VENV)/ready ## Run the unit tests (ARGS="-k retry" for some)
	$(BIN)/python -m pytest -n auto --dist worksteal tests/unit $(ARGS)

integration: $(VENV)/ready ## Run playbooks against the simulator (ARGS="-k server" for some, TIMED=later without test-busy's)
	$(BIN)/python -m pytest -n auto --dist worksteal $(if $(TIMED),$(addprefix --ignore=,$(TIME_DEPENDENT))) tests/integration $(ARGS)

importer: $(VENV)-importer/ready ## Put the archive through the importer of Galaxy and Automation Hub
	$(VENV)-importer/bin/python tests/tools/importer.py

docs: $(VENV)/docs-ready ## Build the documentation site into build/docs/html
	HOME=$(CURDIR)/$(VENV) $(BIN)/python docs/site/build.py

ansible-test: $(VENV)/ready ## Run a unit test folder and an integration target with ansible-test (ARGS="units tests/unit/" for others)
	$(BIN)/python tests/tools/ansible_test.py $(ARGS)

test-busy: $(VENV)/ready ## Run the tests that depend on time while all cores are busy (ARGS="-k events" for some)
	$(BIN)/python tests/tools/busy.py $(BIN)/python -m pytest -n auto --dist worksteal $(TIME_DEPENDENT) $(ARGS)

test-openstack: $(VENV)/ready ## Run the playbooks against real OpenStack services, on Debian 12 as root (SUBSET=ci, ARGS="-k baremetal" for some)
	$(OPENSTACK) test $(if $(SUBSET),--subset $(SUBSET)) $(ARGS)

openstack-up: $(VENV)/ready ## Start real OpenStack services for a person (FRESH=1 forgets all but the seed)
	$(OPENSTACK) up $(if $(FRESH),--fresh)

openstack-down: $(VENV)/ready ## Stop them, and keep their data (WIPE=1 deletes the data, too)
	$(OPENSTACK) down $(if $(WIPE),--wipe)

openstack-status: $(VENV)/ready ## Show the processes of these services
	$(OPENSTACK) status

requests: $(VENV)/ready $(VENV)-bench/ready ## Count the requests of each case on these services, and write them into docs/performance.md
	$(OPENSTACK) request-table

matrix: $(VENV)/ready ## Run what depends on ansible-core on each of them from 2.16 on (SUBSET=smoke, SANITY=1, CORES="2.16 2.21", ON=3.12)
	$(BIN)/python tests/tools/matrix.py $(if $(SUBSET),--subset $(SUBSET)) $(if $(SANITY),--sanity) $(if $(ON),--python $(ON)) \
		$(CORES)

coverage: $(VENV)/ready ## Measure which lines and branches of plugins/ the unit tests reach (ARGS="-k retry" for some)
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered --cov-report=html tests/unit $(ARGS)

bench: $(VENV)/ready $(VENV)-bench/ready ## Measure the collection beside others (ARGS="--runs 1 --only loop" for a quick look)
	PYTHONPATH=tests $(BIN)/python -m benchmark $(ARGS)

simulator: $(VENV)-simulator/ready ## Start the simulated cloud for a person, and print how to use it (ARGS=--help for its options)
	@PYTHONPATH=tests exec $(VENV)-simulator/bin/python -m simulator $(ARGS)

contract: $(VENV)/ready ## Write tests/contract/openapi.yaml from the reference, the corrections and the extensions
	$(BIN)/python tests/contract/generate.py

api-coverage: $(VENV)/ready ## Write docs/api-coverage.md: which module sends what, and what drives it
	PYTHONPATH=tests:$(VENV)/collections $(BIN)/python -m unit.operations.page

docs-sync: $(VENV)/ready ## Write into the documentation of modules what their declarations say
	$(DOCS_SYNC)

action-plugins: $(VENV)/ready ## Write an action plugin for each module
	$(BIN)/python tests/tools/action_plugins.py

format: $(VENV)/ready ## Bring Python files into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

changelog: $(VENV)/ready ## Write CHANGELOG.rst of the version in galaxy.yml from changelogs/fragments
	$(BIN)/antsibull-changelog release --update-existing --refresh --reload-plugins

build: $(VENV)/ready ## Build the collection's archive
	$(BIN)/ansible-galaxy collection build --force

clean: ## Remove all that make has made
	[ ! -e build/openstack ] || $(OPENSTACK) down --wipe
	rm -rf $(VENV) .venv-* .ansible .cache .coverage .hypothesis .nox .pytest_cache .ruff_cache build tests/output h3c-cloudos-*.tar.gz
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready: $(REQUIREMENTS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) $(addprefix -r ,$(filter tests/requirements.txt tests/simulator/%,$^))
	mkdir -p $(dir $(COLLECTION))
	ln -sfn ../../../.. $(COLLECTION)
	touch $@

$(VENV)-simulator/ready: tests/simulator/requirements.txt
	$(PYTHON) -m venv $(VENV)-simulator
	$(VENV)-simulator/bin/python $(INSTALL) -r $<
	touch $@

$(VENV)-importer/ready: tests/galaxy/requirements.txt
	$(PYTHON) -m venv $(VENV)-importer
	$(VENV)-importer/bin/python $(INSTALL) -r $<
	touch $@

$(VENV)/docs-ready: docs/site/requirements.txt $(VENV)/ready
	$(BIN)/python $(INSTALL) -r $<
	touch $@

$(VENV)-bench/ready: tests/benchmark/requirements.txt
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet -r $<
	touch $@
