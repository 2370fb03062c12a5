// A table that is filled in as a spreadsheet is: Enter and the arrows move, a block that is pasted fills the cells from
// here on, and what the server found wrong shows at its row and in the list of what is to be done.
const CELLS = "input:not([type=hidden], [type=checkbox]), select";

export function watchGrid(table) {
  table.addEventListener("keydown", (event) => move(table, event));
  table.addEventListener("paste", (event) => paste(table, event));
  table.addEventListener("input", (event) => together(event.target));
  table.closest("form").addEventListener("cy:saved", (event) => show(table, event.detail));
}

// The cells of a row that one moves between: value, source, note; the explanation is reached by Tab.
function cellsOf(row) {
  return [...row.querySelectorAll(CELLS)].filter((cell) => !cell.closest("[data-explain]"));
}

function rowsOf(table) {
  return [...table.tBodies[0].rows].filter((row) => row.dataset.code);
}

function focus(cell) {
  if (!cell) return;
  cell.focus();
  if (cell.select) cell.select();
}

function move(table, event) {
  const cell = event.target;
  const row = cell.closest("tr[data-code]");
  if (!row || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const cells = cellsOf(row);
  const column = cells.indexOf(cell);
  if (column < 0) {
    if (event.key === "Enter" && cell.matches("input")) event.preventDefault();
    return;
  }
  const rows = rowsOf(table);
  const at = rows.indexOf(row);
  const start = cell.selectionStart === 0;
  const end = cell.selectionEnd === cell.value.length;
  const steps = {
    Enter: [event.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0],
    ArrowLeft: start && cell.matches("input") ? [0, -1] : null, ArrowRight: end && cell.matches("input") ? [0, 1] : null,
  };
  const step = steps[event.key];
  if (!step || (cell.matches("select") && event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  const target = rows[at + step[0]];
  if (target) focus(cellsOf(target)[column + step[1]]);
}

function put(cell, text) {
  if (cell.matches("select")) {
    const wanted = { "是": "1", "否": "0" }[text] ?? text;
    if (![...cell.options].some((option) => option.value === wanted)) return;
    cell.value = wanted;
  } else cell.value = text;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

function paste(table, event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const row = event.target.closest("tr[data-code]");
  if (!row || (lines.length === 1 && lines[0].length === 1)) return;
  const rows = rowsOf(table);
  const first = rows.indexOf(row);
  const column = cellsOf(row).indexOf(event.target);
  if (column < 0) return;
  event.preventDefault();
  lines.forEach((line, down) => {
    const cells = rows[first + down] ? cellsOf(rows[first + down]) : [];
    line.forEach((value, right) => cells[column + right] && put(cells[column + right], value.trim()));
  });
}

// A value and “unknown” exclude each other; “未知” typed into a cell is the same as its box.
function together(control) {
  const row = control.closest("tr[data-code]");
  if (!row) return;
  const code = row.dataset.code;
  const [value, unknown] = [`${code}-value`, `${code}-unknown`].map((id) => document.getElementById(id));
  if (control === unknown && unknown.checked && value.value) set(value, "value", "");
  if (control !== value || !value.value) return;
  if (value.value.trim() === "未知") {
    set(value, "value", "");
    set(unknown, "checked", true);
  } else if (unknown.checked) set(unknown, "checked", false);
}

function set(control, property, value) {
  control[property] = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(table, said) {
  if (!said.flaws) return;
  for (const row of rowsOf(table)) {
    const code = row.dataset.code;
    const flaws = said.flaws[code] ?? [];
    row.querySelector("[data-flaws]").replaceChildren(...flaws.map((text) => note(`▲ ${text}`)));
    const explain = row.querySelector("[data-explain]");
    explain.hidden = !flaws.length && !explain.querySelector("input").value;
    if (code in said.changes) row.querySelector("[data-change]").textContent = said.changes[code] || "—";
  }
  const list = document.querySelector("[data-problems]");
  if (!list) return;
  list.hidden = !said.problems.length;
  list.querySelector("[data-count]").textContent = said.problems.length;
  list.querySelector("ul").replaceChildren(...said.problems.map(item));
}

function note(text) {
  return Object.assign(document.createElement("p"), { className: "cy-note", textContent: text });
}

function item({ text, href }) {
  const line = document.createElement("li");
  line.append(Object.assign(document.createElement("a"), { href, textContent: text }));
  return line;
}
