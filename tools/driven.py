"""A notebook that is run in a kernel of its own, and moved as a browser would."""

import asyncio

import nbformat
from nbclient import NotebookClient


class Driven:
    """One notebook, run in a kernel; then each control moved, each button clicked."""

    def __init__(self, path):
        self.notebook = nbformat.read(path, as_version=4)
        self.problems = []
        self.moved = {}
        self.client = NotebookClient(
            self.notebook,
            timeout=60,
            kernel_name="python3",
            resources={"metadata": {"path": path.parent}},
        )
        asyncio.run(self._run())

    async def _run(self):
        async with self.client.async_setup_kernel():
            for i, cell in enumerate(self.notebook.cells):
                await self.client.async_execute_cell(cell, i)
            self.widgets = dict(self.client.widget_state)
            for comm, state in list(self.widgets.items()):
                for message in messages_for(state):
                    await self._send(comm, message)

    async def _send(self, comm, data):
        kc = self.client.kc
        content = {"comm_id": comm, "data": data}
        sent = kc.session.msg("comm_msg", content)
        kc.shell_channel.send(sent)
        where = f"{self.widgets[comm]['_model_name']} {data}"
        while True:
            message = await kc.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error" or (kind == "stream" and content["name"] == "stderr"):
                self.problems.append((where, content))
            if kind == "comm_msg":
                shown = str(content["data"].get("state", {}).get("value", ""))
                if 'role="alert"' in shown:
                    self.problems.append((where, shown))
                if "<img" in shown:
                    self.moved.setdefault(comm, set()).add(hash(shown))
                elif 'role="status"' in shown:
                    self.moved.setdefault(comm, set()).add(shown)
            if kind == "status" and content["execution_state"] == "idle":
                return


def messages_for(state):
    """Return what a browser sends for a control's min, middle, max, or its options."""
    if state["_model_name"] == "ButtonModel":
        return [{"method": "custom", "content": {"event": "click"}, "buffers": []}]
    if {"min", "max", "value"} <= set(state):
        low, high = state["min"], state["max"]
        values = [("value", value) for value in (low, (low + high) // 2, high)]
    elif "_options_labels" in state:
        values = [("index", i) for i in range(len(state["_options_labels"]))]
    else:
        return []
    return [
        {"method": "update", "state": {key: value}, "buffer_paths": []}
        for key, value in values
    ]
