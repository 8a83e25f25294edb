// Models as ipywidgets has them in a page, without views: one message under way for each
// of them, what was set meanwhile together in the next. `out` is what goes to the kernel.

export const out = [];
const models = new Map();

class Model {
  constructor(id, state) {
    Object.assign(this, { id, state, comm_live: true, handlers: [], diff: {} });
    Object.assign(this, { _pending_msgs: 0, _msg_buffer: null, lock: null, echo: {} });
    models.set(id, this);
    this.view = { ...state }; // what a view of it shows
  }
  get widget_manager() {
    return { get_model: async (id) => models.get(id) };
  }
  get(name) {
    return this.state[name];
  }
  set(name, value, options) {
    const nested = this._changing;
    this._changing = true;
    try {
      if (this.state[name] !== value) {
        this.state[name] = value;
        if (!this.lock) this.diff[name] = value;
        this._pending = true;
        this.trigger(`change:${name}`, this, value, options);
      }
      if (nested) return;
      while (this._pending) {
        this._pending = false;
        this.trigger("change", this, options);
      }
    } finally {
      // So in ipywidgets: a set within a change hides the change from the views.
      this._pending = this._changing = false;
    }
  }
  set_state(state) {
    this.lock = state;
    for (const [name, value] of Object.entries(state)) this.set(name, value);
    this.lock = null;
  }
  on(event, handler) {
    this.handlers.push([event, handler]);
  }
  off(event, handler) {
    this.handlers = this.handlers.filter(([e, h]) => e !== event || h !== handler);
  }
  trigger(event, ...args) {
    for (const [e, handler] of [...this.handlers]) if (e === event) handler(...args);
    if (event === "change") this.view = { ...this.state };
  }
  send(content) {
    out.push([this.id, { method: "custom", content }, false]);
  }
  save_changes() {
    const diff = this.diff;
    this.diff = {};
    if (!Object.keys(diff).length) return;
    if (this._pending_msgs) this._msg_buffer = { ...this._msg_buffer, ...diff };
    else this.transmit(diff);
  }
  transmit(state) {
    this._pending_msgs++;
    for (const name of Object.keys(state)) this.echo[name] = true;
    out.push([this.id, { method: "update", state }, true]);
  }
  idle() {
    this._pending_msgs--;
    if (!this._msg_buffer) return;
    const state = this._msg_buffer;
    this._msg_buffer = null;
    this.transmit(state);
  }
}

// What comes from the kernel: [kind, id, data].
export function hear([kind, id, data]) {
  if (kind === "comm_open") return void new Model(id, data);
  const model = models.get(id);
  if (kind === "idle") model.idle();
  else if (data.method === "custom") model.trigger("msg:custom", data.content);
  // An echo of what this page has sent itself is nothing new.
  else if (data.method === "update") model.set_state(data.state);
}

export const model = (id) => models.get(id);

// What a hand does.
export function change(id, name, value) {
  model(id).set(name, value, { updated_view: {} });
  model(id).save_changes();
}
