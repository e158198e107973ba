# The two commands people need are `make run` and `make test`; the rest is for developers.

PYTHON ?=
HOST ?= 127.0.0.1
PORT ?= 8000
MODE ?= dev
export PYTHON HOST PORT MODE
# Of `make bench`; more by its own --help.
SIZES ?= 1000 20000 100000 1000000
DATABASES ?= sqlite postgres
BENCH ?=

.DEFAULT_GOAL := help
.PHONY: help run venv venv-dev test test-postgres fuzz audit sites lint format typecheck messages check-messages check-migrations matrix package screenshots bench chaos

help: ## Show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: venv ## Start the site on http://127.0.0.1:8000 (HOST, PORT; MODE=production as it would be deployed)
	@scripts/pango || true  # says what lacks; the site runs without PDFs too
	@exec .venv/bin/python scripts/run.py

test: venv-dev ## Run every test: unit, integration, journeys in a browser
	@exec scripts/test

test-postgres: venv-dev ## Run every test on a throw-away PostgreSQL
	@exec scripts/with-postgres scripts/test

sites: venv-dev ## Install the plugin into fresh sites that know nothing of it, as the README says
	@exec scripts/sites

fuzz: venv-dev ## Send hostile input by the thousand (FUZZ_EXAMPLES=300, FUZZ_SEED=a number, to have a find again)
	@exec scripts/fuzz

audit: venv-dev ## Ask a public database about weaknesses of the pinned packages (needs the network)
	@exec .venv/bin/python scripts/audit.py

lint: venv-dev ## Check style and format
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

format: venv-dev ## Correct style and format where that is safe
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

typecheck: venv-dev ## Check the types of the core and the services
	.venv/bin/mypy

messages: venv-dev ## Bring the translation catalogues up to date with the source, and compile them
	@exec .venv/bin/python scripts/messages.py

check-messages: venv-dev ## Check that every text is translated and the compiled catalogues are fresh
	@exec .venv/bin/python scripts/messages.py --check

check-migrations: venv-dev ## Check that no model change lacks its migration
	DJANGO_SETTINGS_MODULE=site_project.settings.test .venv/bin/python manage.py makemigrations --check --dry-run

chaos: venv-dev ## Kill the running product 200 times under load, on each database, and count what is lost
	@exec scripts/chaos $(CHAOS)

matrix: venv-dev ## Run the suite on the other supported versions of Python and Wagtail
	.venv/bin/python -m nox

screenshots: venv-dev ## Take the pictures of docs/ and the README anew, from the running product
	@CHROMIUM_PATH=$$(scripts/browser) .venv/bin/python -m scripts.screenshots

package: venv-dev ## Build the wheel of the plugin into dist/
	@exec .venv/bin/python scripts/package.py

bench: venv-dev ## Measure every operation at a thousand to a million tickets (SIZES, DATABASES; BENCH=--reuse)
	@exec .venv/bin/python -m bench.speed --sizes $(SIZES) --databases $(DATABASES) $(BENCH)

venv:
	@scripts/venv requirements.txt

venv-dev:
	@scripts/venv requirements-dev.txt
