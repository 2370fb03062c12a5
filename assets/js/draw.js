// Drawing and mending a boundary; the textarea always holds what is on the map, and the map follows the textarea.
import Draw from "ol/interaction/Draw.js";
import Modify from "ol/interaction/Modify.js";
import Snap from "ol/interaction/Snap.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Feature from "ol/Feature.js";
import { getArea } from "ol/sphere.js";
import { DATA, VIEW, format } from "./projection.js";

const DECIMALS = 7;

function polygonsOf(source) {
  return source.getFeatures().flatMap((feature) => {
    const geometry = feature.getGeometry();
    if (geometry.getType() === "Polygon") return [geometry];
    return geometry.getType() === "MultiPolygon" ? geometry.getPolygons() : [];
  });
}

function written(source) {
  const polygons = polygonsOf(source);
  if (polygons.length === 0) return "";
  const geometry = polygons.length === 1 ? polygons[0] : new MultiPolygon(polygons);
  return format.writeGeometry(geometry, { dataProjection: DATA, featureProjection: VIEW, decimals: DECIMALS, rightHanded: true });
}

function read(source, text) {
  source.clear();
  if (!text.trim()) return;
  const data = JSON.parse(text);
  const features = data.type === "Feature" || data.type === "FeatureCollection"
    ? format.readFeatures(data) : [new Feature(format.readGeometry(data))];
  source.addFeatures(features);
}

function showArea(figure, source) {
  const square = polygonsOf(source).reduce((sum, polygon) => sum + getArea(polygon, { projection: VIEW, radius: 6371007 }), 0);
  const status = figure.querySelector(".cy-map__status");
  status.textContent = square > 0 ? figure.dataset.area.replace("{}", (square / 1e6).toFixed(3)) : figure.dataset.hint;
}

export function makeEditable(figure, map, source) {
  const area = document.getElementById(figure.dataset.target);
  const draw = new Draw({ source, type: "Polygon" });
  const modify = new Modify({ source });
  const tool = (name) => figure.querySelector(`[data-act="${name}"]`);
  let writing = false;

  function keep() {
    writing = true;
    area.value = written(source);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    writing = false;
    showArea(figure, source);
  }

  function choose(name) {
    draw.setActive(name === "draw");
    modify.setActive(name === "modify");
    for (const one of ["draw", "modify"]) tool(one).setAttribute("aria-pressed", String(one === name));
  }

  for (const interaction of [draw, modify, new Snap({ source })]) map.addInteraction(interaction);
  draw.on("drawend", () => setTimeout(() => { keep(); choose("modify"); }));
  modify.on("modifyend", keep);
  tool("draw").addEventListener("click", () => choose("draw"));
  tool("modify").addEventListener("click", () => choose("modify"));
  tool("undo").addEventListener("click", () => draw.removeLastPoint());
  tool("clear").addEventListener("click", () => { draw.abortDrawing(); source.clear(); keep(); choose("draw"); });
  area.addEventListener("input", () => {
    if (writing) return;
    try {
      read(source, area.value);
      showArea(figure, source);
    } catch {
      // Half-typed GeoJSON: the server says what is wrong when it is sent.
    }
  });
  if (area.value.trim()) {
    try {
      read(source, area.value);
    } catch {
      source.clear();
    }
  }
  choose(source.getFeatures().length > 0 ? "modify" : "draw");
  showArea(figure, source);
}
