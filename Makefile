# Everything runs in .venv, which the first target makes; it takes Python 3.11 to 3.13 with venv, and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: all generate facts demo demo-adopt demo-guard docs pictures test test-long test-packets test-docs lint format bench \
        bench-fleet bench-peers profile clean
all: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and "Wiretik needs Python 3.11 to 3.13; PYTHON=python3.12 make ... chooses another")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	$(BIN)/python -m compileall -q provider sdk  # as pip does where it copies
	touch $@

demo: .venv/ready
	$(BIN)/python -m tools.demo

# A router that was made by hand becomes a program, is changed by it, and is given back.
demo-adopt: .venv/ready
	$(BIN)/python -m tools.demo_adopt

# A program closes our own way in, and the router takes that back: two minutes for each engine that is there.
demo-guard: .venv/ready
	$(BIN)/python -m tools.demo_guard

# A worker waits for a quarter of its time, for routers and processes, so there are three for two cores.
test: .venv/ready
	$(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder

# Each law at length, and each one's share of the time; WIRETIK_LONG=0.1 is a tenth of that length; CI takes a fiftieth.
test-long: .venv/ready
	WIRETIK_LONG=$${WIRETIK_LONG:-1} $(BIN)/python -m pytest -n 2 --dist loadgroup --timeout 3600

# As root, with iproute2, nftables, wireguard-go and wireguard-tools; elsewhere it says what is missing.
test-packets: .venv/ready
	WIRETIK_PACKETS=$${WIRETIK_PACKETS:-500} $(BIN)/python -m pytest tests/packets -n 0

.venv/docs-ready: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	touch $@

# The site, from the pages of docs/, README and the examples: build/site/index.html.
docs: .venv/docs-ready
	$(BIN)/python -m tools.pages
	$(BIN)/zensical build --strict

# The pictures of the pages, drawn by the commands on an embedded router.
pictures: .venv/ready
	$(BIN)/python -m tools.pictures

# The site in a browser: Debian's chromium; where there is none, links and anchors alone are looked at.
test-docs: docs
	$(BIN)/python -m pytest tests/docs/site -n 0

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pyright

format: .venv/ready
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The typed classes and the reference pages, from the menus' descriptors; a test says when it must be run.
generate: .venv/ready
	$(BIN)/python -m tools.generate

# The file of all menus, from a folder of facts: make facts FACTS=folder. Made of the same facts it is the same file.
# A new release, from a router's console or one that somebody published: make facts VERSION=7.25 ROUTER="host=…" or
# ROUTER=inspect.json; WHOLE=1 where the router is a CHR with every package (tools/facts_of_router.py).
facts: .venv/ready
	$(if $(VERSION),$(BIN)/python -m tools.facts_of_router --write $(VERSION) $(if $(WHOLE),--whole) $(ROUTER),\
		$(BIN)/python -m tools.facts $(FACTS))

# 200 routers; FLEET=1000 takes as many. Some minutes on two cores that have nothing else to do.
bench-fleet: .venv/ready
	$(BIN)/python benchmarks/fleet.py --routers $${FLEET:-200}

# Where a deployment of examples/home spends its time; with the CLI's commands where it is on PATH.
profile: .venv/ready
	$(BIN)/python benchmarks/phases.py

# An ordinary site beside its peers; whose tools aren't on PATH is left out (tofu, terraform-provider-routeros, pulumi).
bench-peers: .venv/ready
	$(BIN)/python benchmarks/peers.py

bench: .venv/ready
	$(BIN)/python benchmarks/site.py
	$(BIN)/python benchmarks/lists.py
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/lab.py
	$(BIN)/python benchmarks/trace.py
	$(BIN)/python benchmarks/growth.py

clean:
	rm -rf .venv
