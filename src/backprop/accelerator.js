// What the page does by itself beside the stock widgets of a live picture, where it
// can; accelerator.py says what it is for, and what the kernel sends and hears.
//
// The page owns what is shown. `now` is where the controls stand: of each the text of
// its number, or its option; null where the kernel still has to read what was typed.
// Whatever changes a control or the picture, `put` follows at once: it puts every
// control where `now` says, and shows the frame of `now`, or, until that frame comes,
// the one that was shown last, with its own words.

const KEPT = 4e6; // characters of frames, of one picture
const AHEAD = 24; // frames asked for at once
const AIM = 60; // ms on a control until its frames are asked for
const CALM = 2000; // ms without asking, where others need the kernel's processor
const RUN = 1000; // ms between two moves of one drag
const REST = 400; // ms without a move until the words are said
const SLOW = 50; // ms for a frame: a control with two such is left to the kernel
const alive = new Map(); // accelerators by the id of their figure

export default {
  initialize({ model }) {
    listenToKeys();
    const parts = model.get("parts");
    if (!parts) return; // a prediction: it has keys, and no frames
    // Not awaited: a widget that is not ready after 2 s would get no messages.
    const started = Accelerator.of(model, parts).catch((error) => {
      console.warn("Live pictures are drawn by the kernel alone:", error);
    });
    alive.set(parts.figure, started);
    return async () => {
      alive.delete(parts.figure);
      (await started)?.stop();
    };
  },
  async render({ model, el, signal }) {
    const started = alive.get(model.get("parts")?.figure);
    const root = started && (await around(el));
    if (root) (await started)?.listen(root, signal);
  },
};

export class Accelerator {
  static async of(model, parts) {
    const get = async (part) => {
      if (typeof part === "string" && part.startsWith("IPY_MODEL_"))
        return model.widget_manager.get_model(part.slice("IPY_MODEL_".length));
      if (Array.isArray(part)) return Promise.all(part.map(get));
      if (part === null || typeof part !== "object") return part;
      const pairs = Object.entries(part).map(async ([k, v]) => [k, await get(v)]);
      return Object.fromEntries(await Promise.all(pairs));
    };
    return new Accelerator(model, await get(parts));
  }

  constructor(model, { figure, still, controls, buttons }) {
    Object.assign(this, { model, figure, still, controls, buttons });
    this.forget();
    this.moves = []; // {n, key} that the kernel may still answer, the oldest first
    this.count = 0;
    this.places = new Map(); // of numbers between the stops
    this.slow = new Map(); // control -> frames that took long
    this.run = 0; // moves of the last drag
    this.way = 1; // its direction
    this.moved = this.calm = -Infinity; // its last move; till when nothing is asked for
    this.views = new Set();
    this.said = new Set(); // a line of each view
    this.setting = false;
    this.handlers = [];
    for (const [i, control] of controls.entries()) this.hear(i, control);
    this.on(figure, "change:value", () => this.answer(figure.get("value")));
    this.on(still, "change:value", () => {
      this.lay(still.get("value"));
      this.put();
    });
    model.on("msg:custom", (message) => this.guard(() => this.message(message)));
    this.lay(still.get("value"));
    this.shown = {};
    this.follow(this.read(figure.get("value")));
    for (const [i, { box }] of controls.entries())
      if (box) Object.assign(controls[i], { text: box.get("value"), means: this.now[i] });
    model.send({ ready: true });
  }

  // -- what it hears

  on(model, event, handler) {
    // A handler that throws would stop all that follow it, the stock view's too.
    const guarded = (...args) => this.setting || this.guard(() => handler(...args));
    model.on(event, guarded);
    this.handlers.push(() => model.off(event, guarded));
  }

  guard(what) {
    try {
      what();
    } catch (error) {
      console.warn("A live picture waits for the kernel:", error);
    }
  }

  stop() {
    for (const timer of [this.settling, this.resting, this.aiming]) clearTimeout(timer);
    for (const { clock } of this.controls) clearTimeout(clock?.ticking);
    for (const off of this.handlers) off();
  }

  hear(i, { texts, slider, box, choice, clock }) {
    // Only a view in this page says which view it is; all else comes from the kernel.
    const by = (model, event, user) =>
      this.on(model, event, (_, value, options) =>
        options?.updated_view ? user(value) : this.put(),
      );
    if (choice) return by(choice, "change:index", (k) => this.move(i, texts[k]));
    by(slider, "change:value", (k) => this.move(i, texts[k]));
    by(box, "change:value", (text) => this.typed(i, text));
    if (clock) this.play(i, clock);
  }

  typed(i, text) {
    const control = this.controls[i];
    control.text = text;
    const known = control.texts.includes(text);
    control.means = known ? text : undefined;
    this.move(i, known ? text : null);
  }

  // ipywidgets' clock stops after one tick where two views of it are shown.
  play(i, clock) {
    clock.loop = clock.animate = clock.pause = () => {};
    const tick = (first) => {
      if (!clock.get("playing")) return;
      const { slider } = this.controls[i];
      const k = slider.get("value");
      const over = k === slider.get("max");
      if (over && !first) {
        clock.set("playing", false);
        clock.save_changes();
        return;
      }
      this.step(i, over ? 0 : k + 1);
      clock.ticking = setTimeout(() => this.guard(tick), clock.get("interval"));
    };
    this.on(clock, "change:playing", () => {
      clearTimeout(clock.ticking);
      tick(true);
    });
  }

  // The kernel will say so too, but one more tick may come first.
  pause() {
    for (const { clock } of this.controls) if (clock) lay(clock, "playing", false);
  }

  // -- moves in the page

  step(i, k) {
    const { slider, texts } = this.controls[i];
    if (!(k in texts)) return;
    this.quietly(() => slider.set("value", k));
    this.move(i, texts[k]);
    slider.save_changes();
  }

  // To the next stop from wherever it stands.
  arrow(i, way) {
    const from = this.spot(i);
    if (from === undefined) return false; // what was typed is being read
    this.step(i, way > 0 ? Math.floor(from) + 1 : Math.ceil(from) - 1);
    return true;
  }

  move(i, text) {
    const now = performance.now();
    const drags = i === this.aimed && now - this.moved < RUN;
    this.run = drags ? this.run + 1 : 1;
    this.moved = now;
    const from = this.spot(i);
    this.jump(this.now.map((each, j) => (j === i ? text : each)));
    this.way = Math.sign(this.spot(i) - from) || this.way;
  }

  press(k) {
    for (const control of this.controls) control.means = undefined; // it may be nonsense
    this.pause();
    this.jump(this.state(k));
    // The stock button has sent its click; when this comes back, it was answered.
    this.awaited = this.count;
    this.model.send({ mark: this.count });
  }

  jump(key) {
    if (!this.pending()) this.moves = [];
    this.moves.push({ n: ++this.count, key });
    this.now = this.live() || this.has(key) ? key : this.shown.key;
    this.put();
    this.settle();
  }

  // Where a button leads; a control that it doesn't name stays where it is.
  state(k) {
    return this.buttons[k].map((text, i) => text ?? this.now[i]);
  }

  live() {
    return this.figure.comm_live !== false;
  }

  // -- what comes from the kernel

  message({ at, mark, frames, stills, busy }) {
    if (at) return this.arrive(at);
    if (mark) {
      if (mark === this.awaited) this.awaited = null;
      return;
    }
    for (const html of stills) this.lay(html);
    for (const { html, ms } of frames) {
      this.keep(html);
      if (ms > SLOW) this.slow.set(this.asked, (this.slow.get(this.asked) ?? 0) + 1);
    }
    this.asked = undefined;
    if (busy) this.calm = performance.now() + CALM;
    this.put(); // the page may wait for one of them
    if (frames.length) this.prepare();
  }

  answer(html) {
    this.arrive(this.keep(html));
  }

  read(html) {
    const at = this.keep(html);
    this.placed(at);
    return (this.kernel = at.key);
  }

  placed({ key, places }) {
    for (const [i, text] of key.entries()) this.places.set(text, places[i]);
    while (this.places.size > 100) this.places.delete(this.places.keys().next().value);
  }

  arrive(at) {
    const { key } = at;
    this.placed(at);
    if (at.texts) this.told = at;
    this.kernel = key;
    const fits = (move) => move.key.every((text, i) => text === null || text === key[i]);
    const mine = [...this.moves].reverse().find(fits);
    if (mine && mine.n > this.shown.n) {
      // What was typed is read: it holds for the moves of other controls since.
      for (const move of this.moves)
        if (move.n >= mine.n) move.key = move.key.map((text, i) => text ?? key[i]);
      this.now = this.now.map((text, i) => text ?? key[i]);
      for (const [i, control] of this.controls.entries())
        if (control.box && control.means === undefined) control.read = key[i];
      this.show(key, mine.n);
    } else if (!mine && !this.pending()) this.follow(key);
    this.put();
    if (!this.has(key) && name(key) === name(this.now)) this.model.send({ need: true });
    this.settle();
  }

  // The kernel moved by itself, or another page did.
  follow(key) {
    this.now = key;
    this.moves = [];
    this.show(key, ++this.count);
  }

  // What the kernel has not answered: of the stock widgets only their models know.
  pending() {
    const waits = (model) => model && (model._pending_msgs > 0 || model._msg_buffer);
    return Boolean(
      this.awaited ||
        this.controls.some((c) => waits(c.slider) || waits(c.box) || waits(c.choice)),
    );
  }

  // At rest the page stands where the kernel does.
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.guard(() => this.settled()), 60);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.said.forEach((say) => say()), REST);
  }

  settled() {
    if (this.pending()) return this.settle();
    if (!this.live()) return;
    if (name(this.kernel) !== name(this.now)) this.follow(this.kernel);
    this.moves = [];
    // What stands in a box may be written otherwise, or be nonsense to be mended.
    for (const [i, control] of this.controls.entries())
      if (control.box && this.told?.key[i] === this.now[i])
        Object.assign(control, { text: this.told.texts[i], means: this.now[i] });
    this.put();
    this.prepare();
  }

  // -- frames

  forget() {
    this.frames = new Map(); // by key
    this.stills = new Map(); // by id: what lies below the frames that name it
    this.size = 0;
  }

  has(key) {
    const frame = this.frames.get(name(key));
    return frame && (frame.whole || this.stills.has(frame.still));
  }

  keep(html) {
    const at = where(html);
    if (!this.has(at.key)) {
      this.add(html);
      this.frames.set(name(at.key), { ...at, html });
    }
    return at;
  }

  lay(html) {
    this.add(html);
    this.stills.set(where(html).still, html);
  }

  add(html) {
    if (this.size > KEPT) {
      this.forget();
      this.lay(this.still.get("value"));
      this.model.send({ ready: true });
    }
    this.size += html.length;
  }

  show(key, n) {
    if (this.has(key)) this.shown = { n, ...this.frames.get(name(key)) };
  }

  put() {
    this.show(this.now, this.count);
    this.quietly(() => {
      for (const i of this.controls.keys()) this.place(i);
      const below = this.stills.get(this.shown.still);
      if (below) lay(this.still, "value", below);
      lay(this.figure, "value", this.shown.html);
    });
  }

  // Where a control stands among its stops; between two of them it is a fraction.
  spot(i) {
    const at = this.controls[i].texts.indexOf(this.now[i]);
    return at < 0 ? this.places.get(this.now[i]) : at;
  }

  place(i) {
    const [control, text, at] = [this.controls[i], this.now[i], this.spot(i)];
    if (text === null) return;
    if (control.choice) return lay(control.choice, "index", at);
    // Halfway between two stops the lower one is nearest, as in Python.
    lay(control.slider, "value", Math.ceil(at - 0.5));
    if (control.read === text) control.means = text;
    control.read = undefined;
    if (control.means !== text) control.text = control.means = text;
    lay(control.box, "value", control.text);
  }

  // What is set within is not heard.
  quietly(what) {
    this.setting = true;
    try {
      what();
    } finally {
      this.setting = false;
    }
  }

  aim(i = this.aimed) {
    this.aimed = i;
    clearTimeout(this.aiming);
    this.aiming = setTimeout(() => this.guard(() => this.prepare()), AIM);
  }

  // Ask for what the control in hand can reach, the nearest first: before it moves the
  // stops beside it, after a click the next one, and for each further move of a drag twice
  // as many. A class shares one machine.
  prepare() {
    if (this.asked !== undefined || this.aimed === undefined || document.hidden) return;
    if (this.pending() || !this.live() || this.now.includes(null)) return;
    if (performance.now() < this.calm) return;
    const most = this.run ? 1 + 2 ** (this.run - 1) : 3;
    const near = this.reach(this.aimed).slice(0, most);
    const wanted = near.filter((key) => !this.has(key));
    if (!wanted.length || this.slow.get(this.aimed) > 1) return;
    this.asked = this.aimed;
    this.model.send({ want: wanted.slice(0, AHEAD) });
  }

  reach(aimed) {
    const button = aimed - this.controls.length;
    if (button >= 0) return [this.state(button)];
    const from = this.spot(aimed);
    return this.controls[aimed].texts
      .map((text, k) => [Math.abs(k - from - this.way / 4), text])
      .sort(([a], [b]) => a - b)
      .map(([, text]) => this.now.map((each, j) => (j === aimed ? text : each)));
  }

  // -- in one view of it

  listen(root, signal) {
    const rows = [...root.querySelectorAll(".backprop-row")];
    const buttons = [...root.querySelectorAll(".backprop-states button")];
    const which = (target) => {
      const i = rows.indexOf(target.closest?.(".backprop-row"));
      const k = buttons.indexOf(target.closest?.("button"));
      return i >= 0 ? i : k >= 0 ? rows.length + k : undefined;
    };
    const hear = (event, handler, capture = false) =>
      root.addEventListener(event, (e) => this.guard(() => handler(e)), { signal, capture });
    // In a drag the mouse may pass over other rows.
    const aim = ({ target, pointerType, buttons }) => {
      if (pointerType !== "mouse" || !buttons) this.aim(which(target));
    };
    hear("pointerover", aim);
    hear("focusin", aim);
    hear("click", ({ target }) => {
      const k = buttons.indexOf(target.closest?.("button"));
      if (k >= 0) this.press(k);
    });
    const step = (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way || !event.target.matches?.(".backprop-row input[type=text]")) return;
      if (this.arrow(which(event.target), way)) event.preventDefault();
    };
    hear("keydown", step, true); // a text box keeps its keys to itself
    this.views.add(root);
    signal.addEventListener("abort", () => {
      this.views.delete(root);
      if (!this.views.size) this.pause(); // nobody looks
    });
    this.name(rows, signal);
    this.speak(root, signal);
    // What the pointer is on already, or the focus.
    for (const target of root.querySelectorAll(":hover, :focus")) aim({ target });
  }

  // Stock sliders have no name, and say the number of their stop.
  name(rows, signal) {
    for (const [i, row] of rows.entries()) {
      const handle = row.querySelector("[role=slider]");
      if (!handle) continue;
      const { label, texts } = this.controls[i];
      const say = () => {
        const text = this.now[i] ?? texts[Math.round(handle.ariaValueNow)];
        handle.setAttribute("aria-label", label);
        if (handle.ariaValueText !== text) handle.setAttribute("aria-valuetext", text);
      };
      const watch = new MutationObserver(say);
      watch.observe(handle, { attributeFilter: ["aria-valuenow", "aria-valuetext"] });
      signal.addEventListener("abort", () => watch.disconnect());
      say();
    }
  }

  // The caption is exchanged with each move; this line stays, and says it once, at rest.
  speak(root, signal) {
    const line = document.createElement("div");
    line.className = "backprop-said";
    line.role = "status";
    root.append(line);
    const words = () => root.querySelector("figcaption").textContent;
    let last = words();
    const say = () => {
      if (words() !== last) line.textContent = last = words();
    };
    this.said.add(say);
    signal.addEventListener("abort", () => {
      this.said.delete(say);
      line.remove();
    });
  }
}

// Set as the kernel would: nothing is sent.
function lay(model, name, value) {
  if (model.get(name) === value) return;
  const within = model._changing; // a handler of the model's own change
  model.set_state({ [name]: value });
  // There ipywidgets forgets to tell the views.
  if (within) model.trigger("change", model, {});
}

function name(key) {
  return key.join("\n");
}

// What Python wrote: {key, places, still, whole} of a frame, {still} of a still part.
function where(html) {
  return JSON.parse(decodeURIComponent(/data-at="([^"]*)"/.exec(html)[1]));
}

// The view's element hangs in the page some time after it is made.
async function around(el) {
  for (let i = 0; i < 200; i++) {
    const root = el.closest(".backprop-live");
    if (root?.querySelector("figure")) return root;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// With the focus in one of our widgets, a notebook's shortcuts are off: typed over a
// slider, 00 would restart the kernel, and x delete the cell. JupyterLab asks the
// element itself, so it is told just before; saving and the like stay on.
function listenToKeys() {
  if (window.backpropListens) return;
  window.backpropListens = true;
  window.addEventListener(
    "keydown",
    ({ target, key, ctrlKey, metaKey }) => {
      if (!target.closest?.(".backprop-live, .backprop-prediction")) return;
      const undoes = ["z", "y", "enter"].includes(key.toLowerCase());
      const off = !(ctrlKey || metaKey) || undoes;
      if (off) target.setAttribute("data-lm-suppress-shortcuts", "true");
      else target.removeAttribute("data-lm-suppress-shortcuts");
    },
    true,
  );
}
