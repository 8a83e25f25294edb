"""Break the module on purpose, one line at a time, and see whether a test notices.

python tools/breaks.py [COUNT] [SEED]     100 breaks; the seed is the commit if not said

Lines of src/backprop are drawn by the seed, and for each of them one change that
cosmic-ray makes there: another operator, comparison or number, a loop that runs not
once. Each is tried in a copy of the last commit: on the tests nearest to it first, and
where these notice nothing on all of `make test`. Survivors are printed as diffs.
"""

import json
import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "breaks"
COSMIC = ROOT / ".venv-breaks" / "bin" / "cosmic-ray"
# Any test sees these: NumPy's floats have no bits, and a slower cache is no fault.
CRUDE = re.compile(r"Bit|Shift|Invert|_Not$|RemoveDecorator|AddNot|_Is(Not)?$")
AT_ONCE = max(
    1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
)


def git(*words, cwd=ROOT):
    """Return what git prints."""
    done = subprocess.run(
        ["git", *map(str, words)], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


def copies(count):
    """Return copies of the last commit, to be broken."""
    folders = Queue()
    for i in range(count):
        folder = FOLDER / f"copy-{i}"
        if folder.exists():
            git("worktree", "remove", "--force", folder)
        git("worktree", "add", "--detach", "--force", folder, "HEAD")
        folders.put(folder)
    return folders


def drawn(folder, count, seed):
    """Return (module, operator, occurrence) of each break, on a line of its own."""
    config = FOLDER / "config.toml"
    config.write_text(
        f'[cosmic-ray]\nmodule-path = "{folder}/src/backprop"\ntimeout = 10\n'
        f'excluded-modules = []\ntest-command = "false"\n'
        '[cosmic-ray.distributor]\nname = "local"\n',
        encoding="utf-8",
    )
    session = FOLDER / "session.sqlite"
    session.unlink(missing_ok=True)
    subprocess.run([COSMIC, "init", config, session], check=True)
    dump = subprocess.run([COSMIC, "dump", session], capture_output=True, text=True)
    lines = {}
    for row in dump.stdout.splitlines():
        (one,) = json.loads(row)[0]["mutations"]
        if not CRUDE.search(one["operator_name"]):
            module = Path(one["module_path"]).relative_to(folder).as_posix()
            change = one["operator_name"], str(one["occurrence"])
            lines.setdefault((module, one["start_pos"][0]), []).append(change)
    hand = random.Random(seed)
    places = hand.sample(sorted(lines), min(count, len(lines)))
    return [(place[0], *hand.choice(sorted(lines[place]))) for place in places]


def nearest(module):
    """Return pytest's arguments for the tests that are nearest to a module."""
    parts = Path(module).parts[2:]
    if parts[0] == "stages":
        room = parts[1]
        files = [f"tests/test_{name}.py" for name in ("picture", "answers", "question")]
        return [f"tests/stages/{room}", *files, "-k", room]
    stem = Path(module).stem
    users = [
        path.stem
        for path in sorted((ROOT / "src" / "backprop").glob("*.py"))
        if _imports(stem).search(path.read_text(encoding="utf-8"))
    ]
    near = _tests_of(stem) or [*dict.fromkeys(chain(*map(_tests_of, users)))]
    return near or ["tests/test_picture.py"]


def _imports(stem):
    return re.compile(rf"^(from|import) .*\b{stem}\b", re.M)


def _tests_of(stem):
    """Return the tests that import a module."""
    return [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").glob("test_*.py"))
        if _reaches(path, _imports(stem))
    ]


def _reaches(path, imports):
    """Tell whether a test imports a module, itself or by one of the tests' own."""
    text = path.read_text(encoding="utf-8")
    others = re.findall(r"^(?:from|import) (\w+)", text, re.M)
    others = [
        other for each in others if (other := path.with_name(f"{each}.py")).exists()
    ]
    return bool(imports.search(text)) or any(_reaches(each, imports) for each in others)


def seen(folder, module):
    """Return whether a test of this broken copy fails."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "PYTHONWARNINGS": "error::RuntimeWarning,error::UserWarning",
        "OPENBLAS_NUM_THREADS": "1",
        "CI": "1",  # the examples of the property tests are the same in each run
    }
    for some in (nearest(module), ["--nbval", "tests", "notebooks", "docs"]):
        command = [sys.executable, "-m", "pytest", "-x", "-q", *some]
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=1800
            )
        except subprocess.TimeoutExpired:
            return True
        if done.returncode not in (0, 5):  # 5: no test is as near as that
            return True
    return False


def main(count=100, seed=None):
    """Make the breaks, print the survivors; return their number."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folders = copies(AT_ONCE)
    seed = seed or git("rev-parse", "HEAD").strip()
    survivors = []

    def try_one(change):
        module, operator, occurrence = change
        folder = folders.get()
        try:
            command = [COSMIC, "apply", folder / module, operator, occurrence]
            subprocess.run(command, check=True, capture_output=True)
            diff = git("diff", "--unified=0", "--", "src", cwd=folder)
            noticed = not diff or seen(folder, module)
            git("checkout", "--", "src", cwd=folder)
        finally:
            folders.put(folder)
        print("." if noticed else f"\n{diff}", end="", flush=True)
        if not noticed:
            survivors.append(diff)

    first = folders.queue[0]
    changes = drawn(first, int(count), seed)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(try_one, changes))
    print(f"\n{len(changes) - len(survivors)} of {len(changes)} seen; seed {seed}")
    while not folders.empty():
        git("worktree", "remove", "--force", folders.get())
    return len(survivors)


if __name__ == "__main__":
    main(*sys.argv[1:])
