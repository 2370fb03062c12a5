// Saves each field by itself and says in one fixed place whether all is saved. What cannot be saved is kept in this
// browser and sent again: after a pause, when the line is back, after signing in again in place, or on another day.
import { clearConflict, showConflict, showFault } from "./conflict.js";
import { Drafts } from "./drafts.js";
import { askToSignIn, closePanel } from "./signin.js";

const PAUSE = 1200;
const RETRY = [5000, 15000, 30000];
const PATIENCE = 20000;
const UNWATCHED = new Set(["hidden", "file", "password", "submit", "button", "reset"]);

export function watchForm(form) {
  const place = document.getElementById("saved-state");
  const mark = form.querySelector("[name=versions]");
  if (place && mark) new Writer(form, place, mark).start();
}

class Writer {
  constructor(form, place, mark) {
    Object.assign(this, { form, place, mark, url: form.dataset.autosave });
    this.watched = { person: mark.dataset.person, user: mark.dataset.user, post: mark.dataset.post };
    this.drafts = new Drafts(this.watched.person, this.url);
    this.bases = JSON.parse(mark.value || "{}");
    this.fields = new Map();
    for (const control of form.elements) {
      if (!control.name || UNWATCHED.has(control.type) || control.name.startsWith("keep.")) continue;
      if (!this.fields.has(control.name)) {
        this.fields.set(control.name, { controls: [], dirty: false, conflict: null, tried: null });
      }
      this.fields.get(control.name).controls.push(control);
    }
    this.failures = 0;
    this.timer = 0;
    this.running = null;
    this.stuck = "";
  }

  start() {
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("change", (event) => this.changed(event.target, 150));
    this.form.addEventListener("submit", (event) => this.submitting(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => this.stuck === "signed-out" && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.unsaved().length && this.save(true));
    document.addEventListener("cy:signed-out", () => this.signedOut());
    window.addEventListener("beforeunload", (event) => {
      if (this.unkept && this.unsaved().length) event.preventDefault();
    });
    window.addEventListener("pageshow", (event) => event.persisted && this.cameBack());
    this.restore();
  }

  // The browser went back to this page as it was left: what is typed from now on is to be followed again.
  cameBack() {
    this.passing = false;
    this.form.elements.dirty?.remove();
  }

  // -- what stands in the fields -----------------------------------------------------------------
  values(name) {
    const found = [];
    for (const control of this.fields.get(name).controls) {
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked) found.push(control.value);
      } else if (control.type === "select-multiple") {
        for (const option of control.selectedOptions) found.push(option.value);
      } else {
        found.push(control.value);
      }
    }
    return found;
  }

  put(name, values) {
    for (const control of this.fields.get(name).controls) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.type === "select-multiple") {
        for (const option of control.options) option.selected = values.includes(option.value);
      } else control.value = values[0] ?? "";
    }
  }

  unsaved() {
    return [...this.fields].filter(([, field]) => field.dirty).map(([name]) => name);
  }

  ready() {
    return this.unsaved().filter((name) => !this.fields.get(name).conflict);
  }

  // -- typing ------------------------------------------------------------------------------------
  changed(control, pause = PAUSE) {
    const field = this.fields.get(control.name);
    if (!field) return;
    field.dirty = true;
    this.keep(control.name);
    // What was refused beside another entry may stand once that one has changed.
    for (const other of this.fields.values()) if (other.wrong) other.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  keep(name) {
    const field = this.fields.get(name);
    const kept = this.drafts.keep(name, { values: this.values(name), base: this.bases[name] ?? 0, tried: field.tried });
    this.unkept = !kept;
  }

  restore() {
    let found = 0;
    for (const [name, entry] of Object.entries(this.drafts.all())) {
      const field = this.fields.get(name);
      if (!field) continue;
      this.put(name, entry.values);
      this.bases[name] = entry.base;
      field.tried = entry.tried ?? null;
      field.dirty = true;
      found += 1;
    }
    if (found) {
      this.say(this.place.dataset.found);
      this.save();
    }
  }

  // -- saving ------------------------------------------------------------------------------------
  save(leaving = false) {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.send(leaving).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async send(leaving) {
    do {
      this.again = false;
      const names = this.ready();
      if (!names.length) break;
      if (!(await this.sendOnce(names, leaving))) return false;
    } while (this.again || this.ready().length);
    return this.unsaved().length === 0;
  }

  async sendOnce(names, leaving) {
    const sent = Object.fromEntries(names.map((name) => [name, this.values(name)]));
    this.say(this.place.dataset.saving);
    let answer, said;
    try {
      answer = await fetch(this.url, {
        method: "POST", body: this.body(names, sent), headers: { "X-Autosave": "1" }, redirect: "error",
        credentials: "same-origin", keepalive: leaving, signal: AbortSignal.timeout(PATIENCE),
      });
      said = answer.status === 401 || answer.status < 500 ? await answer.json().catch(() => ({})) : {};
    } catch {
      for (const name of names) this.fields.get(name).tried = sent[name];
      names.forEach((name) => this.keep(name));
      return this.failed("offline");
    }
    if (answer.status === 401) return this.signedOut();
    if (answer.ok || (answer.status === 409 && said.fields)) return this.took(said, sent);
    if (said.refused) return this.failed("refused", said.refused.join(" "));
    return this.failed(answer.status >= 500 ? "offline" : "refused");
  }

  body(names, sent) {
    const body = new URLSearchParams();
    body.append("seal", this.form.elements.seal.value);
    body.append("versions", JSON.stringify(Object.fromEntries(names.map((name) => [name, this.bases[name] ?? 0]))));
    const tried = names.filter((name) => this.fields.get(name).tried);
    if (tried.length) {
      body.append("tried", JSON.stringify(Object.fromEntries(tried.map((name) => [name, this.fields.get(name).tried]))));
    }
    for (const name of names) for (const value of sent[name]) body.append(name, value);
    return body;
  }

  took(said, sent) {
    this.failures = 0;
    this.stuck = "";
    closePanel(this.place);
    let wrong = false;
    for (const [name, outcome] of Object.entries(said.fields)) {
      const field = this.fields.get(name);
      if (!field) continue;
      this.bases[name] = outcome.version;
      field.tried = null;
      field.wrong = Boolean(outcome.unkept);
      showFault(field.controls[0], outcome.error);
      if (JSON.stringify(this.values(name)) !== JSON.stringify(sent[name])) this.keep(name);
      else if (outcome.unkept) {
        field.dirty = false;
        wrong = true;
      } else {
        field.dirty = false;
        this.drafts.drop(name);
      }
    }
    // Fields that share a row moved on together with the one that was saved.
    for (const [name, version] of Object.entries(said.versions ?? {})) if (this.fields.has(name)) this.bases[name] = version;
    for (const [name, conflict] of Object.entries(said.conflicts ?? {})) this.conflicts(name, conflict);
    for (const [name, value] of Object.entries(said.hidden ?? {})) this.form.elements[name].value = value;
    this.form.dispatchEvent(new CustomEvent("cy:saved", { detail: said }));
    if (this.anyConflict()) this.say(this.place.dataset.conflict);
    else if (wrong) this.say(this.place.dataset.wrong);
    else this.say(`${this.place.dataset.saved} ${said.at}`);
    return true;
  }

  // -- what went wrong ---------------------------------------------------------------------------
  failed(why, words = "") {
    this.stuck = why;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.place.dataset.failed;
    button.addEventListener("click", () => this.save());
    const kept = this.unkept ? this.place.dataset.unkept : this.place.dataset.kept;
    this.place.replaceChildren(button, document.createTextNode(` ${words || kept}`));
    if (why === "offline") {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), RETRY[Math.min(this.failures, RETRY.length - 1)]);
      this.failures += 1;
    }
    return false;
  }

  signedOut() {
    if (this.unsaved().length) this.failed("signed-out", this.place.dataset.signedOut);
    else this.say(this.place.dataset.signedOut);
    this.stuck = "signed-out";
    askToSignIn(this.place, this.watched, () => {
      this.stuck = "";
      if (this.unsaved().length) this.save();
      else this.say(this.place.dataset.saved);
    });
    return false;
  }

  say(text) {
    this.place.replaceChildren(document.createTextNode(text));
  }

  // -- conflicts ---------------------------------------------------------------------------------
  anyConflict() {
    return [...this.fields.values()].some((field) => field.conflict);
  }

  conflicts(name, conflict) {
    const field = this.fields.get(name);
    if (!field) return;
    field.conflict = conflict;
    showConflict(field.controls[0], conflict, (choice) => this.choose(name, choice));
  }

  choose(name, choice) {
    const field = this.fields.get(name);
    const control = field.controls[0];
    if (choice === "merge") {
      control.value = `${control.value}\n${field.conflict.values[0] ?? ""}`;
      this.keep(name);
      control.focus();
      return;
    }
    this.bases[name] = field.conflict.version;
    if (choice === "theirs") {
      this.put(name, field.conflict.values);
      field.dirty = false;
      this.drafts.drop(name);
      showFault(control, "");
    }
    field.conflict = null;
    clearConflict(control);
    control.focus();
    if (choice === "mine") this.keep(name);
    if (this.ready().length) this.save();
    else if (!this.anyConflict()) this.say(this.place.dataset.saved);
  }

  // -- the page's own buttons --------------------------------------------------------------------
  async submitting(event) {
    if (this.passing || (!this.running && !this.unsaved().length)) {
      this.tell();
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    const done = (await this.save()) !== false && this.unsaved().length === 0;
    if (this.anyConflict()) {
      const first = [...this.fields.values()].find((field) => field.conflict);
      document.getElementById(`${first.controls[0].id}_conflict`)?.scrollIntoView({ block: "center" });
      return;
    }
    if (!done) return;
    this.passing = true;
    // A form ignores being sent while its own event is still under way.
    setTimeout(() => this.form.requestSubmit(button));
  }

  // What the page knows goes along: the versions, and what could not be kept and is to be told again.
  tell() {
    this.mark.value = JSON.stringify(this.bases);
    this.hide("dirty", JSON.stringify([...this.fields.keys()].filter((name) => this.fields.get(name).wrong)));
  }

  hide(name, value) {
    const field = this.form.elements[name] ?? Object.assign(document.createElement("input"), { type: "hidden", name });
    field.value = value;
    this.form.append(field);
  }
}
