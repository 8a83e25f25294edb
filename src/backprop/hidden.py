"""Says which file of the learner's hides a package that the course needs.

Python looks beside the notebook first. What the course needs are packages, folders of
modules: a single file of such a name is somebody's own.
"""

from importlib.util import find_spec


def refuse_hidden(*packages):
    """Raise ImportError, naming the file, if one hides any of these packages."""
    for package in packages:
        spec = find_spec(package)
        if spec and not spec.submodule_search_locations:
            raise ImportError(
                f"Your file {spec.origin} hides {package}, which the course needs; "
                "rename it, and choose Kernel → Restart Kernel."
            )
