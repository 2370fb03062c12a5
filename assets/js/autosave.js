// Sends a form in the background after changes and says in one fixed place whether it is saved.
const PAUSE = 1500;

export function watchForm(form) {
  const place = document.getElementById("saved-state");
  if (!place) return;
  let timer = 0;
  let running = false;
  let again = false;

  function say(text) {
    place.replaceChildren(document.createTextNode(text));
  }

  function sayFailed() {
    const retry = document.createElement("button");
    retry.type = "button";
    retry.textContent = place.dataset.failed;
    retry.addEventListener("click", save);
    place.replaceChildren(retry);
  }

  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    say(place.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = new Date();
      say(`${place.dataset.saved} ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
    } catch {
      sayFailed();
    }
    running = false;
    if (again) save();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
}
