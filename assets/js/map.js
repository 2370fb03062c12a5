// Maps: shows boundaries, or lets one be drawn into a textarea as GeoJSON in EPSG:4490.
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import ScaleLine from "ol/control/ScaleLine.js";
import { defaults as interactions } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { baseStyle, featureStyle } from "./map_style.js";
import { VIEW, format } from "./projection.js";
import { makeEditable } from "./draw.js";
import { addYears } from "./years.js";

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function dataOf(figure) {
  if (figure.dataset.geojsonId) return JSON.parse(document.getElementById(figure.dataset.geojsonId).textContent);
  if (figure.dataset.src) return load(figure.dataset.src);
  return null;
}

function fit(map, sources) {
  // The first source that holds anything says what the whole map is.
  const filled = sources.find((source) => source.getFeatures().length > 0);
  if (filled) map.getView().fit(filled.getExtent(), { padding: [24, 24, 24, 24], maxZoom: 15 });
}

function describe(figure, map, layer) {
  const status = figure.querySelector(".cy-map__status");
  map.on("pointermove", (event) => {
    if (event.dragging) return;
    const feature = map.forEachFeatureAtPixel(event.pixel, (hit) => hit, { layerFilter: (one) => one === layer, hitTolerance: 6 });
    const text = feature ? [feature.get("name"), feature.get("text")].filter(Boolean).join(" · ") : "";
    if (status.textContent !== text) status.textContent = text;
    map.getTargetElement().classList.toggle("cy-map__canvas--link", Boolean(feature?.get("url")));
  });
  map.on("click", (event) => {
    const feature = map.forEachFeatureAtPixel(event.pixel, (hit) => hit, { layerFilter: (one) => one === layer, hitTolerance: 6 });
    const address = feature?.get("url");
    if (address && address.startsWith("/") && !address.startsWith("//")) window.location.assign(address);
  });
}

function addTools(figure, map, sources) {
  const tools = figure.querySelector(".cy-map__tools");
  tools.hidden = false;
  const zoom = (step) => map.getView().animate({ zoom: map.getView().getZoom() + step, duration: 150 });
  const acts = { in: () => zoom(1), out: () => zoom(-1), fit: () => fit(map, sources) };
  for (const [name, act] of Object.entries(acts)) {
    tools.querySelector(`[data-act="${name}"]`).addEventListener("click", act);
  }
}

async function start(figure) {
  const base = new VectorSource();
  const shown = new VectorSource();
  // While drawing, a boundary stays a boundary however small.
  const style = figure.dataset.mode === "draw" ? (feature) => featureStyle(feature, 0) : featureStyle;
  const layer = new VectorLayer({ source: shown, style, zIndex: 2 });
  const map = new OlMap({
    target: figure.querySelector(".cy-map__canvas"),
    layers: [new VectorLayer({ source: base, style: baseStyle, zIndex: 1 }), layer],
    controls: [new ScaleLine({ units: "metric" })],
    interactions: interactions({ onFocusOnly: true }),
    view: new View({ projection: VIEW, center: [520000, 3240000], zoom: 7, minZoom: 5, maxZoom: 18, enableRotation: false }),
  });
  const sources = figure.dataset.fit === "province" ? [base] : [shown, base];
  addTools(figure, map, sources);
  try {
    base.addFeatures(format.readFeatures(await load(figure.dataset.base)));
    const data = await dataOf(figure);
    if (data) shown.addFeatures(format.readFeatures(data));
    if (data) addYears(figure, data, shown, shown.getFeatures());
  } catch {
    figure.querySelector(".cy-map__status").textContent = figure.dataset.failed;
  }
  if (figure.dataset.mode === "draw") makeEditable(figure, map, shown);
  else describe(figure, map, layer);
  fit(map, sources);
  figure.dataset.ready = "true";
}

for (const figure of document.querySelectorAll("[data-map]")) start(figure);
