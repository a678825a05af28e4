# Yhdyspinta. `make run` and `make test` need nothing before them but make and Python 3.11 or newer; `make help` lists the rest.

SHELL := /bin/sh
.NOTPARALLEL:
.DEFAULT_GOAL := help

UV_VERSION := 0.13.9
PORT ?= 8000
HOST ?= 127.0.0.1

# By relative paths alone, so that the folder may have spaces in its name
PY := .venv/bin/python
YHDYSPINTA := .venv/bin/yhdyspinta
# The machine's own certificates where it has them: many an office looks into its traffic with a certificate of its own
CERTS := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),UV_SYSTEM_CERTS=true)
UV := $(CERTS) VIRTUAL_ENV=.venv UV_PYTHON_DOWNLOADS=never $(PY) -m uv

.PHONY: help
help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

# --- To prepare ------------------------------------------------------------------------------------------------------

.PHONY: setup
setup: .venv/.ready ## the virtual environment, the locked dependencies, the compiled translations
	@$(PY) tools/translations.py compile

.venv/.ready: requirements.lock pyproject.toml tools/venv.sh
	@sh tools/venv.sh
	@echo "Installing the locked dependencies …"
	@$(PY) -m pip install -q --disable-pip-version-check --no-input --root-user-action=ignore uv==$(UV_VERSION)
	@$(UV) pip sync -q --require-hashes requirements.lock
	@$(UV) pip install -q --no-deps --no-build-isolation -e .
	@touch $@

# --- To run ----------------------------------------------------------------------------------------------------------

.PHONY: prepare
prepare: setup
	@$(YHDYSPINTA) manage migrate --verbosity 0
	@$(YHDYSPINTA) manage collectstatic --noinput --verbosity 0

.PHONY: run
run: prepare ## serve the agreement of Central Finland at http://localhost:8000 (PORT=…, HOST=…)
	@$(YHDYSPINTA) load keski-suomi-2023
	@$(YHDYSPINTA) createadmin --if-none
	@exec $(YHDYSPINTA) serve --with-worker --host $(HOST) --port $(PORT)

.PHONY: demo
demo: export YHDYSPINTA_DATA = var-demo
demo: prepare ## the same with an imaginary region and an invented history of three years
	@$(YHDYSPINTA) demo
	@$(YHDYSPINTA) createadmin --if-none
	@exec $(YHDYSPINTA) serve --with-worker --host $(HOST) --port $(PORT)

.PHONY: backup
backup: setup ## a copy of the database and the files
	@$(YHDYSPINTA) backup

# --- To test ---------------------------------------------------------------------------------------------------------

.PHONY: test
test: setup chromium node lint ## every check and test, on SQLite and on PostgreSQL
	$(PY) -m pytest -n 2 --dist worksteal
	YHDYSPINTA_TEST_DATABASE=postgres $(PY) -m pytest -n 2 --dist worksteal

.PHONY: chromium
chromium:
	@sh tools/chromium.sh

.PHONY: node
node:
	@sh tools/node.sh

.PHONY: lint
lint: setup ## style, types, floors, templates, translations, lock
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	YHDYSPINTA_DATA=.mypy_cache/data $(PY) -m mypy
	.venv/bin/lint-imports
	find src -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(PY) tools/translations.py check
	$(PY) tools/lock.py

.PHONY: bench
bench: setup ## the measurements, as multiples of the floor of this machine
	$(PY) -m bench

# --- To maintain -----------------------------------------------------------------------------------------------------

.PHONY: format
format: setup ## put code and templates into their form
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format
	find src -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

.PHONY: messages
messages: setup ## collect what is to be translated
	$(PY) tools/translations.py collect

.PHONY: lock
lock: .venv/.ready ## lock the newest dependencies that pyproject.toml allows: names, versions and hashes only
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --upgrade -q -o requirements.lock
	$(PY) tools/lock.py

.PHONY: clean
clean: ## remove what can be made again; data in var stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
