// Sends files in pieces: progress, pause, resume after a cut, a reload or a new sign-in; equal hashes at the end.
import { Transfer, remove, token } from "./transfer.js";

const WAIT = 15000;

class Field {
  constructor(root) {
    this.root = root;
    this.words = root.querySelector("[data-words]").dataset;
    this.input = root.querySelector("input[type=file]");
    this.list = root.querySelector("ul");
    this.error = root.querySelector(".cy-upload__error");
    this.form = root.closest("form");
    this.name = this.input.name;
    this.transfers = new Set();
    this.submitter = null;
    this.input.addEventListener("change", () => this.take());
    this.list.addEventListener("click", (event) => this.giveUp(event));
    this.form.addEventListener("submit", (event) => this.submit(event));
    for (const moment of ["online", "focus"]) window.addEventListener(moment, () => this.goOn(["cut", "away"]));
    setInterval(() => this.goOn(["cut"]), WAIT);
  }

  take() {
    const files = [...this.input.files];
    this.input.value = "";
    this.say("");
    if (!this.input.multiple) for (const one of [...this.list.children]) this.drop(one);
    const problems = files.map((file) => this.problemOf(file)).filter(Boolean);
    for (const file of files.filter((one) => !this.problemOf(one))) this.start(file);
    if (problems.length) this.say(problems.join(" "));
  }

  problemOf(file) {
    const suffix = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    const kinds = this.input.accept.split(",");
    const word = !kinds.includes(suffix) ? "kind" : file.size === 0 ? "empty" : file.size > Number(this.root.dataset.limit) ? "large" : "";
    return word && this.words[word].replace("{}", file.name);
  }

  start(file) {
    const known = [...this.list.children].find((one) => one.dataset.name === file.name && Number(one.dataset.size) === file.size);
    const item = this.root.querySelector("template").content.firstElementChild.cloneNode(true);
    if (known) known.replaceWith(item);
    else this.list.append(item);
    const transfer = new Transfer(this, file, item, known?.dataset.url);
    item.transfer = transfer;
    this.transfers.add(transfer);
    transfer.start();
  }

  // A row that the server printed has a button that submits the form; with a script the page stays.
  giveUp(event) {
    const button = event.target.closest("[data-act=remove]");
    if (!button) return;
    event.preventDefault();
    this.drop(button.closest("li"));
    this.input.focus();
  }

  drop(item) {
    if (item.transfer) {
      this.transfers.delete(item.transfer);
      item.transfer.end();
    } else {
      remove(item.dataset.url);
    }
    item.remove();
    this.say("");
    this.changed();
  }

  goOn(states) {
    if (document.hidden || !navigator.onLine) return;
    for (const one of this.transfers) if (states.includes(one.state)) one.start();
  }

  say(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
  }

  submit(event) {
    refreshToken(this.form);
    if (event.submitter?.formAction?.endsWith("/forget/")) return;
    const open = [...this.transfers].filter((one) => one.state !== "done");
    if (open.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (open.some((one) => one.isStopped)) {
      this.say(this.words.unfinished);
      open.find((one) => one.isStopped).item.querySelector("button:not([hidden])")?.focus();
      return;
    }
    this.submitter = event.submitter;
    for (const one of open) one.show();
  }

  // Called by a transfer whose state changed: a submission that waits for the last file goes on.
  changed() {
    if (!this.submitter) return;
    const states = [...this.transfers].map((one) => one.state);
    if (states.some((one) => one === "failed" || one === "paused")) {
      this.submitter = null;
      this.say(this.words.unfinished);
    } else if (states.every((one) => one === "done")) {
      const button = this.submitter;
      this.submitter = null;
      this.form.requestSubmit(button.form === this.form ? button : null);
    }
  }
}

// Signing in again gives a new token; the page that waited still holds the old one.
function refreshToken(form) {
  const hidden = form.querySelector("[name=csrfmiddlewaretoken]");
  if (hidden) hidden.value = token();
}

for (const root of document.querySelectorAll("[data-upload]")) new Field(root);
