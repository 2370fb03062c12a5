// One file on its way to the server.
import { Upload } from "tus-js-client";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const SLICE = 1 << 20;
const RETRIES = [500, 1500, 4000];

export function token() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function remove(address) {
  const headers = { "Tus-Resumable": "1.0.0", "X-HTTP-Method-Override": "DELETE", "X-CSRFToken": token() };
  return fetch(address, { method: "POST", headers }).catch(() => undefined);
}

// A browser may forbid keeping anything; the page's own list of unfinished files then remains.
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, address) {
  try {
    if (address) localStorage.setItem(key, address);
    else localStorage.removeItem(key);
  } catch {
    // Nothing depends on it.
  }
}

// Read slice by slice: a large file is never in memory as a whole.
async function hashOf(file) {
  const digest = sha256.create();
  for (let place = 0; place < file.size; place += SLICE) {
    digest.update(new Uint8Array(await file.slice(place, place + SLICE).arrayBuffer()));
  }
  return bytesToHex(digest.digest());
}

function sizeInWords(bytes) {
  return bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}

export class Transfer {
  constructor(field, file, item, address) {
    Object.assign(this, { field, file, item, state: "waiting", percent: 0, reason: "" });
    const { dossier, purpose } = field.root.dataset;
    this.key = ["upload", dossier, purpose, file.name, file.size, file.lastModified].join(":");
    this.address = kept(this.key) ?? address ?? null;
    item.querySelector(".cy-upload__name").textContent = file.name;
    item.querySelector(".cy-upload__size").textContent = sizeInWords(file.size);
    item.querySelector("progress").setAttribute("aria-label", file.name);
    item.querySelector("[data-act=pause]").addEventListener("click", () => this.pause());
    item.querySelector("[data-act=resume]").addEventListener("click", () => this.start());
  }

  get isStopped() {
    return ["paused", "cut", "away", "failed"].includes(this.state);
  }

  start() {
    const { endpoint, dossier, purpose, piece } = this.field.root.dataset;
    this.hash ??= hashOf(this.file);
    this.turn("sending");
    this.upload = new Upload(this.file, {
      endpoint, uploadUrl: this.address, chunkSize: Number(piece), retryDelays: RETRIES,
      // Gateways that know no PATCH let a POST through.
      overridePatchMethod: true,
      // Kept here, since a sign-in that ended must not make the client forget where the file lies.
      storeFingerprintForResuming: false,
      metadata: { filename: this.file.name, dossier, purpose },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token()),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return navigator.onLine && (status === 0 || [409, 423, 460, 500, 502, 503, 504].includes(status));
      },
      onUploadUrlAvailable: () => this.remember(this.upload.url),
      onProgress: (sent, total) => {
        this.percent = Math.floor((sent / total) * 100);
        this.show();
      },
      onSuccess: ({ lastResponse }) => this.compare(lastResponse.getHeader("Upload-Sha256")),
      onError: (error) => this.fail(error),
    });
    this.upload.start();
  }

  remember(address) {
    this.address = address;
    keep(this.key, address);
  }

  pause() {
    this.upload.abort();
    this.turn("paused");
  }

  end() {
    this.upload?.abort();
    keep(this.key, null);
    if (this.address) remove(this.address);
  }

  async compare(theirs) {
    this.turn("checking");
    const ours = await this.hash;
    if (ours === theirs) {
      keep(this.key, null);
      this.sha256 = ours;
      this.turn("done");
    } else if (this.isSecond) {
      this.reason = this.field.words.altered;
      this.turn("failed");
    } else {
      // A file of the same name and size was there already, or it changed while it was sent: once from the start.
      this.isSecond = true;
      this.end();
      this.address = null;
      this.hash = null;
      this.field.say(this.field.words.altered);
      this.start();
    }
  }

  fail(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    this.reason = reasonsIn(error.originalResponse?.getBody());
    // Without a reason of ours a 403 is the form token's, which a new sign-in renews.
    if (status === 401 || (status === 403 && !this.reason)) this.turn("away");
    else if (status === 507) this.turn("paused");
    else if ([409, 423, 460].includes(status)) this.turn("cut");
    else if (status >= 400 && status < 500) {
      keep(this.key, null);
      this.address = null;
      this.turn("failed");
    } else this.turn("cut");
    if (this.reason && status !== 401) this.field.say(this.reason);
  }

  turn(state) {
    this.state = state;
    if (state === "sending") this.field.say("");
    this.show();
    this.field.changed();
  }

  show() {
    const { words } = this.field;
    const place = this.item.querySelector(".cy-upload__state");
    const act = (name) => this.item.querySelector(`[data-act=${name}]`);
    const percent = this.state === "done" || this.state === "checking" ? 100 : this.percent;
    this.item.dataset.state = this.state;
    this.item.querySelector("progress").value = percent;
    this.item.querySelector("progress").hidden = this.state === "done" || this.state === "failed";
    act("pause").hidden = this.state !== "sending";
    act("resume").hidden = !["paused", "cut", "away"].includes(this.state);
    if (this.state === "done") return this.showDone(place);
    const after = this.field.submitter && !this.isStopped ? words.after : "";
    const text = { sending: words.sending, paused: words.paused, checking: words.checking, cut: words.cut, away: words.away, failed: words.failed }[this.state] ?? words.waiting;
    const said = `${text} ${this.state === "failed" ? "" : `${percent}%`} ${after}`.trim();
    if (place.textContent !== said) place.textContent = said;
    if (this.state === "away") place.append(" ", this.signIn());
    return undefined;
  }

  showDone(place) {
    const code = document.createElement("span");
    code.className = "cy-code";
    code.textContent = this.sha256;
    place.replaceChildren(`${this.field.words.equal}SHA-256 `, code);
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: `${this.field.name}.pieces`, value: this.address.split("/").filter(Boolean).pop() });
    this.item.querySelector("input")?.remove();
    this.item.append(hidden);
  }

  signIn() {
    const link = document.createElement("a");
    link.href = `${this.field.root.dataset.signIn}?next=${encodeURIComponent(window.location.pathname)}`;
    link.target = "_blank";
    link.textContent = this.field.words.sign;
    return link;
  }
}

function reasonsIn(body) {
  try {
    return JSON.parse(body).reasons.join(" ");
  } catch {
    return "";
  }
}
