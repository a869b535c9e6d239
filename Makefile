# `make run` serves the demo site, `make test` runs the tests. Each target sets up what it needs.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench requirements

PYTHON := .venv/bin/python
TEMPLATES = $$(git ls-files --cached --others --exclude-standard 'templates/*.html')
# The oldest Python that has to do is Debian 12's, 3.11.2: some dependencies refuse it or want others beside them there.
OLDEST ?= /usr/bin/python3.11
COMPILE = .venv/oldest/bin/python -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

help: ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## make .venv and install the pinned dependencies
	@sh deploy/find_python.sh deploy/setup.py

run: setup ## serve the site and its worker on 127.0.0.1:8000 (PORT=8001 make run for another port)
	@$(PYTHON) deploy/run.py

test: setup ## run the test suite; ARGS="-k health" chooses
	@$(PYTHON) -m pytest -n 2 --dist loadgroup $(ARGS)

check: setup ## format, lint, types, import contract, migrations, deployment
	@sh deploy/check.sh

format: setup ## format code and templates, and fix what can be fixed
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format --quiet . ; .venv/bin/djade $(TEMPLATES)

bench: setup ## measure speed and weight, and write docs/benchmarks.md
	@$(PYTHON) -m bench --mailing --wordpress

requirements: setup ## pin the dependencies of pyproject.toml anew; UPGRADE=--upgrade takes newer releases
	$(OLDEST) -m venv .venv/oldest
	.venv/oldest/bin/python -m pip install --quiet "$$($(PYTHON) -m pip freeze | grep ^pip-tools)"
	$(COMPILE) $(UPGRADE) --output-file requirements/base.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements/base.txt --output-file requirements/dev.txt pyproject.toml
