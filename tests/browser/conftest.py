"""One JupyterLab and one browser for all tests; each notebook is opened once."""

import os

import pytest
from lab import Notebook, chromium, lab
from notebook_tool import notebooks


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Look at each notebook as stored before a test runs it; a worker keeps it."""
    items.sort(key=lambda item: item.path.stem != "test_as_stored")
    for item in items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        group = params["path"].stem if "path" in params else item.name
        item.add_marker(pytest.mark.xdist_group(group))


def asked():
    """Return the notebooks of the stages in $STAGES ("04 05"), or all of them."""
    stages = os.environ.get("STAGES", "").split()
    return [p for p in notebooks() if not stages or p.stem[:2] in stages]


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with lab(tmp_path_factory.mktemp("lab"), *notebooks()) as url:
        yield url


@pytest.fixture(scope="session", params=asked(), ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture(scope="session")
def stored(browser, server, path):
    """Give a notebook that is open, and was not run."""
    notebook = Notebook(browser, server, path.name)
    yield notebook
    notebook.close()


@pytest.fixture(scope="session")
def notebook(stored):
    """Give the same notebook after Run All."""
    stored.run_all()
    return stored
