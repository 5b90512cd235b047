# OpenICS. `make` alone prints this help.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
CORE := src/openics/edifact
ASSETS := src/openics/channels/interactive/static/vendor
PIP_INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes
# What the developer's shell may have set must not change what is installed or run.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: help setup develop run demo test lint bench fuzz docs browsers screenshots ci lock clean

help: ## Print this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/.assets ## Prepare .venv/ so that .venv/bin/openics works

run: setup ## Set up and run the whole system on the embedded database; Ctrl-C stops it
	@exec $(BIN)/openics run

demo: setup ## Play the story of one exporter on a fresh instance
	@exec $(BIN)/openics demo

test: develop ## Set up and run all tests
	@exec $(BIN)/pytest -n 2 --dist loadgroup -q

lint: develop ## Format check, lint, types, import contracts, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_migrations.py

bench: develop ## Measure speed and memory beside peers and floors
	@exec $(BIN)/openics bench

fuzz: develop ## Search for inputs that break the engine, SECONDS for each target (60)
	@$(PIP_INSTALL) -r requirements/fuzz.txt
	@exec $(BIN)/python tools/fuzz.py $(or $(SECONDS),60)

docs: develop ## Build the documentation with its reference as a site in build/docs/html
	@exec $(BIN)/python tools/build_docs.py

browsers: develop ## Go the main journeys in every browser, and write what the page Browser support shows
	@rm -f build/browsers.json
	@$(BIN)/pytest -q tests/browsers
	@cp build/browsers.json src/openics/channels/interactive/guidance/browsers.json

screenshots: develop ## Take the screenshots of the README and the docs
	@exec $(BIN)/python tools/screenshots.py

ci: ## Everything that continuous integration runs, tests last
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test

lock: develop ## Write the locked requirements anew from requirements/*.in
	$(BIN)/python tools/lock.py

clean: ## Delete what the other targets made, but no state of an instance
	rm -rf .venv node_modules build $(ASSETS) $(CORE)/_speed.*.so

develop: .venv/.develop .venv/.assets

.venv/bin/pip:
	@echo "Making .venv with $$($(PYTHON) --version)…"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml setup.py $(addprefix $(CORE)/,_speed.c _shape.h glance.py shapes.py filling.py fingerprint.py) | .venv/bin/pip
	@echo "Installing what OpenICS needs to run (about a minute the first time)…"
	@$(PIP_INSTALL) -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/.develop: requirements/dev.txt .venv/.run
	@echo "Installing what the tests and checks need…"
	@$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@

.venv/.assets: package.json package-lock.json $(wildcard src/openics/channels/interactive/styles/*.scss) tools/build_assets.py | .venv/.run
	@command -v npm >/dev/null || { echo "No npm on this machine: installing it into .venv…"; $(PIP_INSTALL) -r requirements/assets.txt; }
	@$(BIN)/python tools/build_assets.py
	@touch $@
