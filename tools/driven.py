"""A notebook that is run in a kernel of its own, and moved as a browser would."""

import asyncio

import nbformat
from nbclient import NotebookClient

NONSENSE = "", "five", "--2", "1e400"  # typed into each box; a message must answer


class Page(NotebookClient):
    """A client that says which cell it runs, and closes widgets, as JupyterLab does."""

    names_cells = True

    async def async_execute_cell(self, cell, cell_index, **options):
        """Run a cell; the kernel hears its id."""
        self.kc.session.metadata = {"cellId": cell.id} if self.names_cells else {}
        return await super().async_execute_cell(cell, cell_index, **options)

    def process_message(self, msg, cell, cell_index):
        """Take in one of the kernel's messages."""
        if msg["msg_type"] == "comm_close":
            self.widget_state.pop(msg["content"]["comm_id"], None)
        return super().process_message(msg, cell, cell_index)


class Driven:
    """One notebook, run in a kernel; then each control moved, each button clicked.

    After the others each box gets what it has shown so far, and nonsense.
    """

    def __init__(self, path):
        self.notebook = nbformat.read(path, as_version=4)
        self.problems = []
        self.moved = {}
        self.client = Page(
            self.notebook,
            timeout=60,
            kernel_name="python3",
            resources={"metadata": {"path": path.parent}},
        )
        asyncio.run(self._run())

    async def _run(self):
        async with self.client.async_setup_kernel():
            await self._run_cells()
            for comm, state in self.widgets.items():
                if comm not in self.texts:
                    for message in messages_for(state):
                        await self._send(comm, message)
            for comm, texts in self.texts.items():
                for message in messages_for(self.widgets[comm], texts):
                    await self._send(comm, message)

    async def _run_cells(self):
        for i, cell in enumerate(self.notebook.cells):
            await self.client.async_execute_cell(cell, i)
        self.widgets = dict(self.client.widget_state)
        self.texts = {  # what each box has shown
            comm: [state["value"] or "7"]
            for comm, state in self.widgets.items()
            if state["_model_name"] == "TextModel"
        }

    async def _send(self, comm, data):
        kc = self.client.kc
        content = {"comm_id": comm, "data": data}
        sent = kc.session.msg("comm_msg", content)
        kc.shell_channel.send(sent)
        where = f"{self.widgets[comm]['_model_name']} {data}"
        answered = data.get("state", {}).get("value") not in NONSENSE
        while True:
            message = await kc.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error" or (kind == "stream" and content["name"] == "stderr"):
                self.problems.append((where, content))
            if kind == "comm_msg":
                shown = str(content["data"].get("state", {}).get("value", ""))
                texts = self.texts.get(content["comm_id"])
                if texts and shown not in (*texts, *NONSENSE):
                    texts.append(shown)
                if 'role="alert"' in shown:
                    if answered:
                        self.problems.append((where, shown))
                    answered = True
                if "<figure" in shown:
                    self.moved.setdefault(comm, set()).add(hash(shown))
                elif 'role="status"' in shown:
                    self.moved.setdefault(comm, set()).add(shown)
            if kind == "status" and content["execution_state"] == "idle":
                if not answered:
                    self.problems.append((where, "no message"))
                return


def messages_for(state, texts=()):
    """Return what a browser sends for a control's min, middle, max, or its options.

    For a box: these texts, then nonsense, and the first of them again.
    """
    if state["_model_name"] == "ButtonModel":
        return [{"method": "custom", "content": {"event": "click"}, "buffers": []}]
    if {"min", "max", "value"} <= set(state):
        low, high = state["min"], state["max"]
        values = [("value", value) for value in (low, (low + high) // 2, high)]
    elif "_options_labels" in state:
        values = [("index", i) for i in range(len(state["_options_labels"]))]
    elif state["_model_name"] == "TextModel":
        values = [("value", text) for text in [*texts, *NONSENSE, *texts[:1]]]
    else:
        return []
    return [
        {"method": "update", "state": {key: value}, "buffer_paths": []}
        for key, value in values
    ]
