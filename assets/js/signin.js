// Signing in again without leaving the page: the panel asks for the password, the acting post is taken up again.
function token() {
  const found = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : "";
}

function post(url, fields) {
  return fetch(url, {
    method: "POST", body: new URLSearchParams(fields), redirect: "manual", credentials: "same-origin",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
  });
}

// "done", "wrong" (name or password), "more" (a further step is due) or "down".
async function signIn(urls, name, password) {
  try {
    const page = await fetch(urls.login, { credentials: "same-origin" });
    if (!page.ok) return "down";
    const answer = await post(urls.login, { login: name, password });
    if (answer.status === 400) return "wrong";
    if (answer.status === 429) return "wrong";
    if (!answer.ok && answer.type !== "opaqueredirect") return "down";
    const said = answer.ok ? await answer.json().catch(() => ({})) : {};
    return said.location && said.location.includes("/2fa/") ? "more" : "done";
  } catch {
    return "down";
  }
}

export async function takeUpPost(urls, id) {
  if (!id) return;
  try {
    await fetch(urls.posts, { credentials: "same-origin" });
    await post(urls.posts, { post: id });
  } catch {
    // The next save tells.
  }
}

// Shows the panel once beneath the saved state; `after` runs when somebody has signed in.
export function askToSignIn(place, watched, after) {
  const host = place.parentElement;
  const template = document.getElementById("autosave-sign-in");
  if (!template || host.querySelector(".cy-sign-in")) return;
  host.append(template.content.cloneNode(true));
  const panel = host.querySelector(".cy-sign-in");
  const urls = { login: panel.dataset.login, posts: panel.dataset.posts };
  const part = (name) => panel.querySelector(`[data-part=${name}]`);
  const message = panel.querySelector("[role=alert]");
  part("name").value = watched.user || "";
  panel.addEventListener("submit", async (event) => {
    event.preventDefault();
    message.hidden = true;
    const outcome = await signIn(urls, part("name").value, part("password").value);
    if (outcome !== "done") {
      message.textContent = part(outcome).textContent;
      message.hidden = false;
      return;
    }
    await takeUpPost(urls, watched.post);
    renewTokens();
    panel.remove();
    after();
  });
}

export function closePanel(place) {
  place.parentElement.querySelector(".cy-sign-in")?.remove();
}

// Other forms of the page carry the token of the session that ended.
function renewTokens() {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token();
}
