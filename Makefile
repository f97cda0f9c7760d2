# Everything sets itself up: `make run` and `make test` work on a fresh clone with Python 3.11 or newer.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
# Compiled once, not by every process that the tests start.
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
HISTORY := $(SHARED)/history
LABELLED = $(patsubst $(HISTORY)/turns-%.jsonl,%,$(wildcard $(HISTORY)/turns-*.jsonl))
# The locks name everything, so that nothing is to be resolved; what is used is compiled when it is used.
INSTALLED := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
# Counting lines makes everything three times slower. What says the same a thousand times, with whole histories,
# in browsers or in processes that are killed, is run without; the floors hold for the others alone.
UNTRACED := tests/history tests/browser tests/stories tests/sandbox/test_story.py \
	tests/cli/test_serve.py tests/cli/test_worker_process.py tests/cli/test_store_dies.py tests/cli/test_outside_features.py \
	tests/engine/test_crashes.py tests/engine/test_duplicate_writes.py tests/engine/test_command_quota.py \
	tests/engine/test_hostile_configs.py tests/db/test_rescue.py tests/db/test_texts.py \
	tests/db/test_forgetting_properties.py tests/domain/test_turns_properties.py \
	tests/features/mentoring/test_properties.py tests/github/test_payloads_examples.py \
	tests/test_package.py
LOCKED := $(BIN)/uv pip compile -q --universal --python-version 3.11 --no-annotate --generate-hashes

.DEFAULT_GOAL := help
.PHONY: help run install look setup pictures check test checks untraced-tests lint bench bench-long history chaos accuracy docs what-it-says translations lock image clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name what; \
		do printf '  make %-12s %s\n' "$$name" "$$what"; done

run: $(VENV)/installed ## Start the bot: the sandbox, or the real thing where .env has credentials
	@$(BIN)/mentorbot serve

install: $(VENV)/installed ## Install the command, to be called as .venv/bin/mentorbot
	@echo 'Installed: $(BIN)/mentorbot --help tells what it can do.'

look: $(VENV)/installed ## Whose turn is it in a project, with your own token: make look REPO=owner/name
	@test -n "$(REPO)" || { echo 'Which repository? make look REPO=owner/name'; exit 2; }
	@$(BIN)/mentorbot look "$(REPO)"

setup: $(VENV)/installed ## Make the GitHub App with two clicks in a browser, then run the bot
	@$(BIN)/mentorbot setup

check: $(VENV)/installed-for-tests ## The inner loop: lint, types, and the tests of what is pure (under a minute)
	@$(MAKE) --no-print-directory checks
	@$(BIN)/pytest -n 2 -q tests/core tests/config tests/domain tests/feature_api tests/features tests/github tests/test_house.py

test: $(VENV)/installed-for-tests ## Lint, type-check and test everything
	@$(MAKE) --no-print-directory -j 2 checks untraced-tests
	@$(BIN)/pytest -n 3 --dist loadgroup -q -m 'not long' $(UNTRACED:%=--ignore=%) --cov --cov-report=term:skip-covered
	@$(BIN)/coverage report --include='*/rules.py,*/rules/*.py' --fail-under=100 >$(VENV)/rules-coverage 2>&1 || \
		{ cat $(VENV)/rules-coverage; echo 'Every branch of rules.py needs a test.'; exit 1; }

checks:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

untraced-tests:
	@$(BIN)/pytest -n 3 --dist loadgroup -q -m 'not long' $(UNTRACED)

lint: $(VENV)/installed-for-tests ## Mend what can be mended, then report the rest
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/installed-for-tests ## Measure acknowledgement, throughput, requests, memory (ten minutes)
	@$(BIN)/python bench/run.py

bench-long: $(VENV)/installed-for-tests ## Replay a whole history, and measure how cost grows (half an hour)
	@$(BIN)/python bench/history.py --archive $(HISTORY)/secp256k1.jsonl.gz
	@$(BIN)/python bench/curve.py

history: $(VENV)/installed-for-tests ## Replay a whole project's history through the bot (minutes)
	@HISTORY_ARCHIVE=$(HISTORY)/secp256k1.jsonl.gz $(BIN)/pytest -q tests/history/test_replay.py
	@$(BIN)/pytest -q -m long

chaos: $(VENV)/installed-for-tests ## Kill the bot again and again while GitHub fails (ten minutes)
	@$(BIN)/python bench/chaos.py

accuracy: $(VENV)/installed-for-tests ## Measure how often "whose turn is it?" and nudges are right
	@$(BIN)/python bench/accuracy.py $(foreach project,$(LABELLED),\
		--archive $(HISTORY)/$(project).jsonl.gz --labels $(HISTORY)/turns-$(project).jsonl)

docs: $(VENV)/installed-for-tests ## Write what is generated: app.yaml, the references, README's tables
	@$(BIN)/python docs/generate.py

what-it-says: $(VENV)/installed-for-tests ## Have the stories tell what the bot says, and write that page (minutes)
	@WHAT_IT_SAYS=write $(BIN)/pytest -n 2 -q tests/stories
	@$(BIN)/python docs/generate.py

pictures: $(VENV)/installed-for-tests ## Take the pictures of README and the docs anew (needs Chromium)
	@PICTURES=write $(BIN)/pytest -q tests/browser/test_pictures.py

translations: $(VENV)/installed-for-tests ## Put new texts into the catalogues of all languages, for translators
	@$(BIN)/python docs/translations.py

lock: $(VENV)/installed-for-tests ## Lock the newest versions of all dependencies, with hashes
	@$(LOCKED) --upgrade pyproject.toml -o requirements.lock
	@$(LOCKED) --upgrade --extra sandbox --constraint requirements.lock pyproject.toml -o requirements-sandbox.lock
	@$(LOCKED) --upgrade --extra sandbox --extra dev --constraint requirements-sandbox.lock pyproject.toml \
		-o requirements-dev.lock

image: ## Build the container image
	docker build --tag mentorbot .

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage *.egg-info

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed: https://www.python.org/downloads/'; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'Python lacks venv; on Debian: apt install python3-venv'; exit 2; }

$(VENV)/installed: requirements-sandbox.lock pyproject.toml | $(BIN)/python
	@echo 'Installing (once) …'
	@$(INSTALLED) --require-hashes --requirement requirements-sandbox.lock
	@$(INSTALLED) --editable .
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo 'Installing, with what the tests need (once) …'
	@$(INSTALLED) --require-hashes --requirement requirements-dev.lock
	@$(INSTALLED) --editable .
	@touch $(VENV)/installed $@
