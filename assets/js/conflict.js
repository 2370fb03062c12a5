// The choice between what one typed and what another stored meanwhile, shown at the field.
export function showConflict(control, conflict, choose) {
  clearConflict(control);
  const box = document.getElementById("autosave-conflict").content.cloneNode(true).firstElementChild;
  box.querySelector("[data-part=words]").textContent = conflict.words;
  box.querySelector("[data-part=theirs]").textContent = conflict.shown;
  box.id = `${control.id}_conflict`;
  box.setAttribute("aria-label", conflict.words);
  const merge = box.querySelector("[data-choice=merge]");
  merge.hidden = control.tagName !== "TEXTAREA";
  for (const button of box.querySelectorAll("[data-choice]")) {
    button.addEventListener("click", () => choose(button.dataset.choice));
  }
  const cell = control.closest("td");
  if (!cell) {
    control.closest(".govuk-form-group").append(box);
    return box;
  }
  const row = cell.parentElement;
  const line = document.createElement("tr");
  const wide = document.createElement("td");
  wide.colSpan = row.children.length;
  wide.append(box);
  line.append(wide);
  row.after(line);
  return box;
}

export function clearConflict(control) {
  const box = document.getElementById(`${control.id}_conflict`);
  (box?.closest("tr") ?? box)?.remove();
}

// What is wrong with an entry, at its field; nothing where it is right.
export function showFault(control, text) {
  const id = `${control.id}_error`;
  let place = document.getElementById(id);
  const group = control.closest(".govuk-form-group");
  if (!text) {
    place?.remove();
    group?.classList.remove("govuk-form-group--error");
    return;
  }
  if (!place) {
    place = document.createElement("p");
    place.id = id;
    place.className = "govuk-error-message";
    if (group) control.before(place);
    else control.after(place);
    const described = new Set((control.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    control.setAttribute("aria-describedby", [...described.add(id)].join(" "));
  }
  place.textContent = text;
  group?.classList.add("govuk-form-group--error");
}
