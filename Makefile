# Two commands matter: `make lab` opens the course, `make test` tests it.
# Another Python: make lab PYTHON=python3.12

PYTHON ?= python3
BIN = .venv/bin
FIRST = notebooks/00_start_here.ipynb

.PHONY: lab test setup notebooks check words bench clean

lab: setup  ## open the course in JupyterLab
	$(BIN)/jupyter lab $(FIRST)

test: .venv/.tests  ## run all tests but the browser's
	PYTHONWARNINGS=error::RuntimeWarning,error::UserWarning \
	$(BIN)/python -m pytest --nbval tests notebooks

setup: .venv/.course  ## what a student needs, in .venv

notebooks: .venv/.tests  ## run all notebooks and store their outputs, normalised
	$(BIN)/python tests/notebook_tool.py run

words: .venv/.tests  ## accept the words that the pictures say now; read the diff
	$(BIN)/python tests/test_words.py --accept

check: .venv/.tests  ## lint, and the notebooks as stored
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tests/notebook_tool.py check

bench: .venv/.tests  ## print speed as ratios to a reference in the same run
	$(BIN)/python tests/benchmarks/bench.py

clean:  ## remove the set-up
	rm -rf .venv

.venv/.course: requirements.txt pyproject.toml settings/overrides.json
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; v >= (3, 11) or sys.exit( \
	"needs Python 3.11 or newer, but %s is %d.%d; try: make lab PYTHON=python3.12" % ("$(PYTHON)", *v))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

.venv/.tests: .venv/.course tests/requirements.txt
	$(BIN)/python -m pip install --quiet --requirement tests/requirements.txt
	@touch $@
