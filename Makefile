# What can be done here? Each verb makes what it needs, starting from Python 3.11+ and make alone.

PYTHON ?= python3
BIN := .venv/bin
STAGE ?=
CLOUD ?=
ARGS ?=
SEEDS ?= 200
OF ?=

export CLOUD
export PYTHONDONTWRITEBYTECODE := 1

# All tests run in two halves side by side, which must collect them in one order; those that are named run alone.
export PYTHONHASHSEED := 0
HALVES := $(if $(ARGS),,-n 2)

.PHONY: help run test check generate build deploy bench bench-growth migrate matrix swarm defects replay

help:
	@echo "make run                     run the whole shop here, with a demo shop and its accounts"
	@echo "make test [ARGS=tests/infra] run the tests; they start what they need"
	@echo "make check                   lint, types, template, generated files, tests: what CI runs"
	@echo "make generate                write what is generated from the declarations"
	@echo "make build                   build the packages for AWS into build/"
	@echo "make deploy STAGE=name       build and deploy to AWS (or CLOUD=localstack, CLOUD=embedded)"
	@echo "make bench                   measure what requests cost"
	@echo "make bench-growth            show that reads cost the same with 100,000 products (some minutes)"
	@echo "make migrate [STAGE=name]    bring stored items to the current schema"
	@echo "make matrix                  let every call of a purchase go wrong in every way (many minutes)"
	@echo "make swarm [SEEDS=2000]      play so many random scenarios with faults and races"
	@echo "make defects [ARGS=name]     plant defects in copies, and say which of them are noticed"
	@echo "make replay OF=17            play one scenario of these again, with its trace"
	@echo "CLOUD=localstack (or aws)    with run, test and deploy: use that cloud"

run: .venv/ready
	@exec $(BIN)/python -m infra.run

test: .venv/ready
	$(BIN)/python -m pytest $(HALVES) $(ARGS)

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cfn-lint template.yaml
	$(BIN)/python -m infra.generate --check
	$(BIN)/python -m pytest $(HALVES) $(ARGS)

generate: .venv/ready
	$(BIN)/python -m infra.generate

build: .venv/ready
	$(BIN)/python -m infra.building

deploy: build
	@test -n "$(STAGE)" || { echo "Say which stage: make deploy STAGE=staging"; exit 2; }
	$(BIN)/python -m infra.deployment --stage $(STAGE) $(ARGS)

bench: .venv/ready
	$(BIN)/python -m infra.bench $(ARGS)

bench-growth: .venv/ready
	$(BIN)/python -m infra.bench.growth $(ARGS)

migrate: .venv/ready
	$(BIN)/python -m infra.migrate $(if $(STAGE),--stack nexus-$(STAGE)) $(ARGS)

matrix: .venv/ready
	$(BIN)/python -m tests.ring matrix $(ARGS)

swarm: .venv/ready
	$(BIN)/python -m tests.ring swarm --seeds $(SEEDS) $(ARGS)

defects: .venv/ready
	$(BIN)/python -m tests.ring.defects $(ARGS)

replay: .venv/ready
	$(BIN)/python -m tests.ring replay "$(OF)"

.venv/ready: requirements.txt requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
