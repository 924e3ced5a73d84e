# make run: the app with demonstration data. make test: lint and tests. make test-slow: kills, draws, attacks. make
# bench: speed, as ratios. make wording: catalogues. make samples: demonstration workbooks. make gallery: pictures of the
# documents. make audit: known vulnerabilities of the libraries. make sbom: the parts of the program, as CycloneDX. make
# lock: the exact libraries, with their hashes, from requirements*.in.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501
DATABASE := data/lige_adgang.duckdb
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes --no-compile
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock"
# One more than processors, as tests wait for browsers, servers and child processes.
WORKERS := $(shell expr 1 + $$(getconf _NPROCESSORS_ONLN))
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
PROVIDER := tests/oidc/node_modules/.package-lock.json

.PHONY: run test test-slow pytest lint audit sbom lock bench wording samples gallery browser

run: .venv/ready $(DATABASE)
	$(BIN)/streamlit run app.py --server.port $(PORT)

$(DATABASE): | .venv/ready
	$(BIN)/python -m analysis.intake.demonstration

test: .venv/tested browser $(PROVIDER)
	$(MAKE) --jobs=2 lint pytest

pytest:
	$(PYTEST) -m "not slow"

test-slow: .venv/tested browser $(PROVIDER)
	$(PYTEST) -m slow

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint docs/deploy/Containerfile

audit: .venv/tested
	$(BIN)/python -m tests.audit

# From an environment of its own, which has nothing that only tests need.
sbom: .venv/tested
	$(PYTHON) -m venv --without-pip --clear .venv/made-of
	$(BIN)/python -m pip --python .venv/made-of/bin/python install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements.txt
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
	  --output-file sbom.cdx.json .venv/made-of/bin/python

# Versions stay as they are unless requirements*.in asks for others; to renew them, delete the lock first.
lock: .venv/tested
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt
	$(COMPILE) requirements-spark.in --constraints requirements-dev.txt --output-file requirements-spark.txt

bench: .venv/tested browser
	$(BIN)/python -m tests.benchmarks

wording: .venv/tested
	$(BIN)/python -m analysis.i18n.catalogue

samples: .venv/ready
	$(BIN)/python -m data.samples.generate

gallery: .venv/tested browser
	$(BIN)/python -m tests.gallery

.venv/ready: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python $(INSTALL) -r requirements.txt
	touch $@

.venv/tested: requirements-dev.txt .venv/ready
	$(BIN)/python $(INSTALL) -r requirements-dev.txt
	touch $@

# Signing in is tested against a provider that is certified for OpenID Connect. It runs on Node.js.
$(PROVIDER): tests/oidc/package-lock.json
	@command -v npm >/dev/null || (echo "Install Node.js 20 or newer with npm: the tests of signing in need it." && false)
	npm ci --prefix tests/oidc --no-fund --no-audit
	touch $@

# The browser tests drive a Chromium or Chrome that is there, one of them behind nginx; as root on Debian both are
# installed when they are not, and nginx as a service is left off.
browser:
	@command -v chromium || command -v chromium-browser || command -v google-chrome || \
	  (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-headless-shell >/dev/null) || \
	  (echo "Install Chromium or Chrome: the browser tests need it." && false)
	@PATH="$$PATH:/usr/sbin"; (command -v nginx && command -v openssl) || \
	  (apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light openssl >/dev/null && \
	    (systemctl disable --now nginx >/dev/null 2>&1 || true)) || \
	  (echo "Install nginx and OpenSSL: the test of two servers needs them." && false)
