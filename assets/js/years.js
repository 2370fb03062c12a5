// A slider over the months of a park's life: the boundary that held is shown, the others are not, and a line says how it stood.
const iso = (year, month) => `${year}-${String(month).padStart(2, "0")}-31`;

function monthsOf(first, last) {
  const [year, month] = first.split("-").map(Number);
  const [endYear, endMonth] = last.split("-").map(Number);
  return { year, month, count: (endYear - year) * 12 + endMonth - month };
}

// Texts compare as dates do; a month counts as its last day.
function held(rows, day) {
  return rows.filter((row) => row.since <= day).at(-1);
}

export function addYears(figure, data, source, features) {
  const bar = figure.querySelector(".cy-map__years");
  if (!bar || !data.spans?.length) return;
  const [range, said] = [bar.querySelector("input"), bar.querySelector("output")];
  const { year, month, count } = monthsOf(data.spans[0].since, data.until);
  if (count < 1) return;
  bar.hidden = false;
  range.max = count;
  range.value = count;
  const show = () => {
    const months = month - 1 + Number(range.value);
    const [nowYear, nowMonth] = [year + Math.floor(months / 12), (months % 12) + 1];
    const day = iso(nowYear, nowMonth);
    const text = `${bar.dataset.month.replace("{y}", nowYear).replace("{m}", nowMonth)}　${held(data.spans, day)?.text ?? ""}`;
    said.textContent = text;
    range.setAttribute("aria-valuetext", text);
    source.clear();
    source.addFeatures(features.filter((one) => one.get("since") <= day && (!one.get("until") || day < one.get("until"))));
  };
  range.addEventListener("input", show);
  show();
}
