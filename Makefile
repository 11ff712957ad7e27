# Every command builds what it needs first; what is there already is not done again.
PYTHON ?= python3
RUN := .venv/bin/python
SETTINGS := --settings tests.settings
# Bytecode is kept even where the machine says otherwise: each of the many processes would compile everything again.
export PYTHONDONTWRITEBYTECODE :=
# One test process per core; a file stays in one of them, and the order (journeys last) is kept.
PYTEST := $(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations 40 --durations-min 5

.PHONY: help demo test check lint unit bench bench-lake bench-network bench-streams bench-matching messages doctor stop clean

help:
	@echo "make demo      everything on this machine: database, demo city, web, worker (PORT=…, DATABASE_URL=…, ARGS='--scale 10')"
	@echo "make test      all tests, browser journeys included"
	@echo "make check     format, lint, types, import contracts, migrations, tests but journeys and exhaustive ones"
	@echo "make bench     loads 100,000 referrals, measures the production server, prints JSON (ARGS='--referrals 10000 --seconds 2')"
	@echo "make bench-lake  makes lakes of care data, measures what the numbers cost over them (ARGS='--encounters 1e6,1e7')"
	@echo "make bench-network   timeline, directory, board, finder and booking over 60 members"
	@echo "make bench-streams   how soon 500 open pages hear of a change"
	@echo "make bench-matching  duplicates among patients: time of a look-up, precision, recall (ARGS='--patients 1000000')"
	@echo "make stop      stop what make demo left running"
	@echo "make doctor    what is missing or misconfigured, in plain words"
	@echo "make messages  bring the English catalogue up to date"
	@echo "make clean     stop everything and remove what was built; data in var/ stays"

demo:
	@$(PYTHON) bootstrap.py
	@exec $(RUN) -m yilian.config.cli demo $(ARGS)

test:
	@$(PYTHON) bootstrap.py browser
	$(PYTEST) $(ARGS)

check: lint unit

lint:
	@$(PYTHON) bootstrap.py develop
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	.venv/bin/lint-imports --no-cache
	$(RUN) -W ignore manage.py makemigrations --check --dry-run $(SETTINGS)

unit:
	@$(PYTHON) bootstrap.py develop
	$(PYTEST) -m "not e2e and not exhaustive" $(ARGS)

bench:
	@$(PYTHON) bootstrap.py
	@$(RUN) -m bench $(ARGS)

bench-lake:
	@$(PYTHON) bootstrap.py
	@$(RUN) -m bench.lake $(ARGS)

bench-network bench-streams bench-matching:
	@$(PYTHON) bootstrap.py
	@$(RUN) -m bench.$(@:bench-%=%) $(ARGS)

messages:
	@$(PYTHON) bootstrap.py develop
	$(RUN) -m tools.messages $(ARGS)

doctor:
	@$(PYTHON) bootstrap.py
	@$(RUN) -m yilian.config.cli doctor

stop:
	@$(RUN) -m yilian.config.cli stop

clean:
	@if [ -x $(RUN) ]; then $(RUN) -m yilian.config.cli stop; fi
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name "*.mo" -delete
