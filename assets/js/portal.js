// Progressive enhancement of every page: GOV.UK components, autosave, print. Nothing here is needed to work.
import { Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink, createAll } from "govuk-frontend";
import { watchForm } from "./autosave.js";
import { watchGrid } from "./grid.js";
import { showPresence } from "./presence.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink]) {
  createAll(component);
}
// Where tabs do not fit side by side, the one that is shown is not hidden at the edge.
for (const tab of document.querySelectorAll(".cy-tabs a[aria-current]")) {
  const tabs = tab.parentElement;
  tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.clientWidth) / 2;
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const form of document.querySelectorAll("form[data-autosave]")) {
  watchForm(form);
}
for (const place of document.querySelectorAll("[data-presence]")) {
  showPresence(place);
}
for (const table of document.querySelectorAll("table[data-grid]")) {
  watchGrid(table);
}
