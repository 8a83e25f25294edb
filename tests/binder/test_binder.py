"""Binder's configuration, played back: what repo2docker plans, done without Docker.

This is no test on Binder. Its base image is a set of conda packages; here the same
versions come from PyPI into a fresh environment. A copy of this checkout is played
back; BINDER_REPOSITORY names another.
"""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import uuid
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from in_a_browser import move_the_first_picture, ran_all, run_all
from lab import CHROMIUM, chromium
from playwright.sync_api import expect
from pythons import find
from tornado.websocket import websocket_connect

ROOT = Path(os.environ.get("BINDER_REPOSITORY", Path(__file__).parents[2])).resolve()
REPO2DOCKER = Path(__file__).parents[2] / ".venv-binder" / "bin" / "python"
TOKEN = "a-token-for-this-test"
# What the base image's file asks for, by the names that PyPI uses.
ON_PYPI = {"jupyterhub-singleuser": "jupyterhub", "jupyter_server": "jupyter-server"}
NOT_ON_PYPI = {"python", "nodejs", "pip"}


def run(*command, **options):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, **options
    )
    assert done.returncode == 0, (
        f"{command}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Copy what git would give to Binder: no set-up, nothing built."""
    folder = tmp_path_factory.mktemp("home") / "course"
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in run(*listed, cwd=ROOT).splitlines():
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def plan(copy):
    """Let repo2docker render its plan for the copy."""
    if not REPO2DOCKER.exists():
        pytest.skip("no repo2docker: make binder-test sets it up")
    return run(REPO2DOCKER, "-m", "repo2docker", "--no-build", "--debug", copy)


@pytest.fixture(scope="module")
def base(plan):
    """Return what the base image holds: asked for, and each version as locked."""
    version = re.search(r"conda environment for python=(\S+)", plan)[1]
    code = "import repo2docker.buildpacks.conda as c; print(c.__path__[0])"
    conda = Path(run(REPO2DOCKER, "-c", code).strip())
    wanted = re.findall(
        r"^- ([\w.-]+)", (conda / f"environment.py-{version}.yml").read_text(), re.M
    )
    locked = re.findall(
        r"/([\w.-]+?)-([\d.]+)-[^-/]*py[^-/]*\.conda",
        (conda / f"environment.py-{version}-linux-64.lock").read_text(),
    )
    wanted = [ON_PYPI.get(name, name) for name in wanted if name not in NOT_ON_PYPI]
    assert "jupyterlab" in wanted and "notebook" in wanted
    return version, wanted[wanted.index("ipywidgets") :], dict(locked)


def test_the_plan_has_the_python_that_is_asked_for(plan, copy, base):
    assert (copy / "binder" / "runtime.txt").read_text() == f"python-{base[0]}\n"


def test_the_plan_keeps_the_packages_from_one_commit_to_the_next(plan):
    plan = re.sub(r"--chown=\d+:\d+ ", "", plan)  # whoever plays it back
    steps = [
        "COPY src/binder/requirements.txt",
        'pip install --no-cache-dir -r "binder/requirements.txt"',
        "COPY src/ ${REPO_DIR}/",
        "RUN ./binder/postBuild",
    ]
    places = [plan.find(step) for step in steps]
    assert -1 not in places and places == sorted(places), dict(zip(steps, places))
    # What stands before the repository is copied knows only the pins.
    assert plan.count("pip install") == 1


def test_the_pins_do_not_replace_what_the_base_image_serves_with(copy, base):
    pinned = re.findall(
        r"^([\w.-]+)==", (copy / "binder" / "requirements.txt").read_text(), re.M
    )
    assert not set(pinned) & (set(base[1]) - {"ipywidgets"})


def test_post_build_can_run(copy):
    script = copy / "binder" / "postBuild"
    assert script.stat().st_mode & 0o111
    assert b"\r" not in script.read_bytes()


@pytest.fixture(scope="module")
def image(copy, base, tmp_path_factory):
    """Play the plan back in a fresh environment; return its folder of programs."""
    version, wanted, locked = base
    python = find(version)
    if python is None:
        pytest.skip(f"this machine has no Python {version}")
    folder = tmp_path_factory.mktemp("image")
    run(python, "-m", "venv", folder)
    programs = folder / "bin"
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--no-cache-dir"]
    bounds = folder / "locked.txt"
    names = {ON_PYPI.get(name, name): is_ for name, is_ in locked.items()}
    bounds.write_text("".join(f"{name}=={is_}\n" for name, is_ in names.items()))
    run(*pip, "--constraint", bounds, *wanted)
    before, size = packages(programs), megabytes(folder)
    run(*pip, "--requirement", copy / "binder" / "requirements.txt")
    # The base image's programs come first on the path, and the repository is writable.
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    run(copy / "binder" / "postBuild", cwd=copy, env={**os.environ, "PATH": path})
    added = set(packages(programs).items()) - set(before.items())
    text = ", ".join(sorted(f"{name} {is_}" for name, is_ in added))
    print(f"\nplayed back: {len(before)} packages in the base, {len(added)} added or")
    print(f"changed, {megabytes(folder) - size:.0f} MB more: {text}")
    return programs


def packages(programs):
    listed = run(programs / "python", "-m", "pip", "list", "--format=json")
    return {
        each["name"]: each["version"] for each in json.loads(listed.splitlines()[0])
    }


def megabytes(folder):
    return sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def test_nothing_conflicts(image):
    run(image / "python", "-m", "pip", "check")


def test_the_course_is_installed_whole_and_with_its_settings(image, copy, tmp_path):
    code = "import backprop, sys; print(backprop.__file__, sys.prefix)"
    file, prefix = run(image / "python", "-c", code, cwd=tmp_path).split()
    assert file.startswith(prefix)
    settings = image.parent / "share" / "jupyter" / "lab" / "settings"
    wanted = json.loads((copy / "settings" / "overrides.json").read_text())
    (ours,) = (settings / "overrides.d").glob("backprop*.json")
    assert json.loads(ours.read_text()) == wanted


@pytest.fixture(scope="module")
def server(image, copy):
    """Start the server as Binder does, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1"]
    options += [f"--IdentityProvider.token={TOKEN}"]
    # Settings of whoever runs this play no part. All cells stay in the page, where a
    # test can read them: this JupyterLab takes out those that are off the screen.
    own = image.parent / "own"
    tracker = own / "@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    folders += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    with open(image.parent / "server.log", "w") as log:
        started = subprocess.Popen(
            [image / "jupyter", "lab", *options],
            cwd=copy,
            env={**os.environ, **dict.fromkeys(folders, str(own))},
            stdout=log,
            stderr=log,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        begin = monotonic()
        while True:
            try:
                ask(address, "/api/status")
                break
            except OSError:
                late = monotonic() > begin + 120 or started.poll() is not None
                assert not late, (image.parent / "server.log").read_text()[-3000:]
                sleep(0.2)
        yield address
    finally:
        started.terminate()
        started.wait(30)


def ask(address, path, body=None, method=None):
    headers = {"Authorization": f"token {TOKEN}"}
    request = Request(address + path, headers=headers, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
    with urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or "null")


def end_sessions(address):
    for session in ask(address, "/api/sessions"):
        ask(address, f"/api/sessions/{session['id']}", method="DELETE")


def test_the_page_of_the_link_is_there(server, copy):
    readme = (copy / "README.md").read_text(encoding="utf-8")
    (path,) = re.findall(r"mybinder\.org/\S+\?urlpath=(lab/tree/\S+)", readme)
    with urlopen(f"{server}/{path}?token={TOKEN}", timeout=60) as answer:
        assert answer.status == 200
    assert ask(server, f"/api/contents/{path.removeprefix('lab/tree/')}")["content"]


NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs(name, server):
    path = f"notebooks/{name}"
    notebook = ask(server, f"/api/contents/{quote(path)}")["content"]
    body = {
        "path": path,
        "name": name,
        "type": "notebook",
        "kernel": {"name": "python3"},
    }
    session = ask(server, "/api/sessions", body)
    sources = [c["source"] for c in notebook["cells"] if c["cell_type"] == "code"]
    errors = asyncio.run(run_cells(server, session["kernel"]["id"], sources))
    end_sessions(server)
    assert not errors, "\n".join(errors)


@pytest.fixture(scope="module")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser: {CHROMIUM} is not there")
    with chromium() as running:
        yield running


# The base image has Notebook 7 and an older JupyterLab than requirements.txt.
PAGES = [("notebooks", name) for name in NOTEBOOKS] + [("lab/tree", NOTEBOOKS[5])]


@pytest.mark.parametrize("app, name", PAGES)
def test_a_page_runs_and_its_first_picture_moves(app, name, browser, server, copy):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.set_default_timeout(120_000)
    page.goto(f"{server}/{app}/notebooks/{name}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    run_all(page)
    ran_all(page, copy / "notebooks" / name)
    move_the_first_picture(page)
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{shots}/{app.split('/')[0]}-{name}.png")
    page.close()
    end_sessions(server)


@pytest.fixture(params=["with the code in the page", "without it"])
def stage_05(request, browser, server, image):
    """Give stage 05, run in Notebook 7; and whether anywidget's front end is there."""
    there = request.param.startswith("with the")
    config = image.parent / "own" / "labconfig" / "page_config.json"
    config.parent.mkdir(exist_ok=True)
    config.write_text(json.dumps({"disabledExtensions": {"anywidget": not there}}))
    page, faults = browser.new_page(viewport={"width": 1280, "height": 720}), []
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.goto(f"{server}/notebooks/notebooks/{NOTEBOOKS[5]}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    faults.clear()  # what Notebook says of its own extensions while it starts
    run_all(page)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    yield page, there, faults
    page.close()
    end_sessions(server)
    config.unlink()


def test_keys_over_a_picture_in_notebook_7(stage_05):
    page, there, faults = stage_05
    live = page.locator(".backprop-live", has=page.locator(".noUi-handle")).last
    live.scroll_into_view_if_needed()
    slider, box = live.locator(".noUi-handle").last, live.get_by_role("textbox").last
    cells, words = page.locator(".jp-Cell"), live.locator("figcaption")
    # The code in the page, where it is, puts a line for screen readers there.
    expect(live.locator(".backprop-said")).to_have_count(int(there))
    count, said, at = cells.count(), words.text_content(), box.input_value()
    slider.focus()
    if there:
        for key in ("d", "d", "x", "m", "0", "0", "Enter", "ArrowRight"):
            slider.press(key)
        expect(box).not_to_have_value(at)
    else:
        slider.press("End")
    expect(words).not_to_have_text(said)
    said = words.text_content()
    box.fill("20")
    box.press("Enter")
    expect(words).not_to_have_text(said)
    assert cells.count() == count
    assert page.locator(".jp-Dialog, .jp-MarkdownCell.jp-mod-editMode").count() == 0
    # Without it, one line on the console for each widget that asks for it, and no more.
    pictures = page.locator(".backprop-live, .backprop-prediction").count()
    assert len(faults) <= (0 if there else pictures), faults


async def run_cells(address, kernel, sources):
    """Run the cells one after the other; return what went wrong, a text each."""
    channel = f"{address.replace('http', 'ws')}/api/kernels/{kernel}/channels"
    connection = await websocket_connect(f"{channel}?token={TOKEN}")
    errors = []
    for source in sources:
        own = uuid.uuid4().hex
        header = {"msg_id": own, "msg_type": "execute_request", "version": "5.3"}
        header |= {"session": kernel, "username": "", "date": ""}
        content = {"code": source, "silent": False, "store_history": True}
        content |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        message = {"header": header, "parent_header": {}, "metadata": {}}
        message |= {"content": content, "channel": "shell", "buffers": []}
        await connection.write_message(json.dumps(message))
        while True:
            text = await asyncio.wait_for(connection.read_message(), 120)
            if not isinstance(text, str):
                continue
            message = json.loads(text)
            if message["parent_header"].get("msg_id") != own:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                errors.append("\n".join(content["traceback"]))
            if kind == "stream" and content["name"] == "stderr":
                errors.append(content["text"])
            if kind == "status" and content["execution_state"] == "idle":
                break
    connection.close()
    return errors
