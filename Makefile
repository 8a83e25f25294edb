# Two commands matter: `make lab` opens the course, `make test` tests it.
# Another Python: make lab PYTHON=python3.12

PYTHON ?= python3
BIN = .venv/bin

.PHONY: lab test test-all setup notebooks browser-test soak html pages-test site site-test binder-test \
	assignment grading-test versions machines-test publish check words quiz gain bench bench-browser bench-class \
	breaks clean

lab: setup  ## open the course in JupyterLab
	$(BIN)/python tools/open_course.py

# Threads of OpenBLAS beside the tests' own processes would wait for one another.
test: .venv/.tests  ## run all tests but the browser's
	PYTHONWARNINGS=error::RuntimeWarning,error::UserWarning OPENBLAS_NUM_THREADS=1 \
	$(BIN)/python -m pytest --nbval -n logical --dist loadfile tests notebooks docs

test-all: check test machines-test browser-test pages-test engines-test binder-test site-test grading-test  ## all there is, all stages; before a release

setup: .venv/.course  ## what a student needs, in .venv

notebooks: .venv/.tests  ## run all notebooks and store their outputs, normalised
	$(BIN)/python tools/notebook_tool.py run

browser-test: .venv/.tests  ## each notebook in JupyterLab in Chromium, as a class sees it
	$(BIN)/python -m pytest tests/browser $(OPTIONS)

soak: .venv/.tests  ## 4,000 random moves over each notebook's controls
	$(BIN)/python tools/soak.py

html: .venv/.tests  ## the course as live pages in build/html; no Python, no network
	$(BIN)/python tools/live_pages.py build/html $(NAMES)

pages-test: html  ## the live pages in a browser: each control of each picture
	$(BIN)/python -m pytest tests/live_pages $(OPTIONS)

engines-test: html  ## stages 05 and 06 in Firefox, each live page in Firefox and WebKit
	xvfb-run --auto-servernum $(BIN)/python -m pytest tests/engines $(OPTIONS)

site: html .venv-site/.site  ## the browser edition, in build/site
	.venv-site/bin/python tools/browser_edition.py

# Where Pyodide can't be had, the tests are skipped, and say so.
site-test: site  ## the browser edition in a browser, its network cut
	test -e build/pyodide/pyodide-lock.json || \
	$(BIN)/python tools/pyodide_dist.py build/pyodide || true
	$(BIN)/python -m pytest -rs tests/site $(OPTIONS)

binder-test: .venv/.tests .venv-binder/.binder  ## Binder's plan, played back without Docker
	$(BIN)/python -m pytest -rs -s tests/binder

assignment: .venv/.tests  ## the course for nbgrader, in build/assignment
	$(BIN)/python tools/assignment.py

grading-test: .venv/.tests .venv-grading/.grading  ## nbgrader releases, grades and returns each stage
	$(BIN)/python -m pytest tests/grading $(OPTIONS)

# Another product and another exp, as on another processor: their last digits differ.
machines-test: .venv/.tests  ## what is said, drawn and stored, where last digits differ
	OPENBLAS_CORETYPE=Nehalem NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR" \
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --nbval -n logical --dist loadfile notebooks \
	tests/stages tests/test_picture.py tests/test_answers.py tests/test_teaching.py

versions: .venv/.tests  ## all tests on each Python here, oldest and newest packages
	$(BIN)/python tools/versions.py

words: .venv/.tests  ## accept what pictures say and draw, and checks say, now; read the diff
	$(BIN)/python tools/words.py

publish: .venv/.tests  ## fill in the links: make publish OWNER=… REPO=…
	$(BIN)/python tools/publish.py "$(OWNER)" "$(REPO)"

quiz: .venv/.course  ## the quiz to print, in build/quiz; of some stages: make quiz STAGES="00 01"; of a plan: PLAN=45
	$(BIN)/python tools/quiz.py $(STAGES) $(PLAN:%=--plan %)

gain: .venv/.course  ## what a class gained: make gain BEFORE=a.csv AFTER=b.csv
	@$(BIN)/python tools/gain.py "$(BEFORE)" "$(AFTER)"

check: .venv/.tests  ## lint, and the notebooks as stored
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/notebook_tool.py check

bench: .venv/.tests  ## print speed as ratios to a reference in the same run
	$(BIN)/python tools/bench.py

bench-browser: html .venv-bench/.bench  ## key to pixels and frames, beside interact and ipympl; live pages
	.venv-bench/bin/python tools/bench_browser.py
	.venv-bench/bin/python tools/bench_pages.py

bench-class: .venv/.tests  ## what a class needs of one machine: memory, CPU, delay
	$(BIN)/python tools/bench_class.py

breaks: .venv/.tests .venv-breaks/.breaks  ## does a test notice a broken line? hours; not in CI
	$(BIN)/python tools/breaks.py $(COUNT)

clean:  ## remove the set-up
	rm -rf .venv .venv-site .venv-binder .venv-bench .venv-breaks .venv-grading build

.venv/.course: requirements.txt pyproject.toml settings/overrides.json settings/jupyter_nbconvert_config.py
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; v >= (3, 11) or sys.exit( \
	"needs Python 3.11 or newer, but %s is %d.%d; try: make lab PYTHON=python3.12" % ("$(PYTHON)", *v))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	install -D -m 644 -t .venv/etc/jupyter settings/jupyter_nbconvert_config.py
	@touch $@

.venv/.tests: .venv/.course tests/requirements.txt
	$(BIN)/python -m pip install --quiet --requirement tests/requirements.txt
	@touch $@

.venv-bench/.bench: requirements.txt tests/requirements.txt tools/requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet $(^:%=--requirement %)
	@touch $@

.venv-breaks/.breaks: tools/requirements/breaks.txt
	$(PYTHON) -m venv .venv-breaks
	.venv-breaks/bin/python -m pip install --quiet --requirement tools/requirements/breaks.txt
	@touch $@

.venv-site/.site: tools/requirements/browser_edition.txt
	$(PYTHON) -m venv .venv-site
	.venv-site/bin/python -m pip install --quiet --requirement tools/requirements/browser_edition.txt
	@touch $@

.venv-binder/.binder: tests/binder/requirements.txt
	$(PYTHON) -m venv .venv-binder
	.venv-binder/bin/python -m pip install --quiet --requirement tests/binder/requirements.txt
	@touch $@

.venv-grading/.grading: requirements.txt tests/grading/requirements.txt
	$(PYTHON) -m venv .venv-grading
	.venv-grading/bin/python -m pip install --quiet $(^:%=--requirement %)
	@touch $@
