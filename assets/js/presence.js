// Says every few seconds that this page is open and shows who else is on the plan; silent where nobody answers.
const BEAT = 10000;

export function showPresence(place) {
  const page = Math.random().toString(36).slice(2, 12);
  const list = place.querySelector("ul");
  const spoken = place.querySelector("[role=status]");
  let names = new Set();

  function body(more = {}) {
    return new URLSearchParams({ seal: place.dataset.seal, section: place.dataset.section, page, ...more });
  }

  function show(others) {
    const lines = others.map((one) => `${one.name}（${one.organisation}）· ${one.section}`);
    list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    place.hidden = lines.length === 0;
    const now = new Set(others.map((one) => one.name));
    const joined = [...now].filter((name) => !names.has(name));
    if (joined.length) spoken.textContent = `${joined.join("、")} ${place.dataset.joined}`;
    names = now;
  }

  async function beat() {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.presence, {
        method: "POST", body: body(), credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(8000),
        headers: { "X-Autosave": "1" },
      });
      if (answer.status === 401) document.dispatchEvent(new CustomEvent("cy:signed-out"));
      show(answer.ok ? (await answer.json()).others : []);
    } catch {
      show([]);
    }
  }

  window.addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.presence, body({ leave: "1" })));
  window.addEventListener("pageshow", beat);
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, BEAT);
  beat();
}
