// How a map draws: cities as a quiet base, parks by state with the shapes of the tags.
import Circle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import RegularShape from "ol/style/RegularShape.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';
const COLOURS = {
  done: "#0a5c36", progress: "#0b3d78", waiting: "#46515e", warning: "#6e4300", card: "#6e4300",
  late: "#a3161d", ended: "#46515e", info: "#0b3d78",
};
const halo = new Stroke({ color: "#ffffff", width: 3 });

function shape(kind, fill, stroke) {
  if (kind === "warning") return new RegularShape({ points: 3, radius: 9, fill, stroke });
  if (kind === "late") return new RegularShape({ points: 4, radius: 8, angle: Math.PI / 4, fill, stroke });
  if (kind === "card") return new RegularShape({ points: 4, radius: 9, angle: Math.PI / 4, scale: [0.6, 1], fill, stroke });
  if (kind === "ended" || kind === "info") return new RegularShape({ points: 4, radius: 8, fill, stroke });
  return new Circle({ radius: 6, fill, stroke });
}

function label(text, size, colour, offsetY) {
  return new Text({ text, font: `${size}px ${FONT}`, offsetY, fill: new Fill({ color: colour }), stroke: halo, overflow: true });
}

// One name per city, on its largest part: islands stay unnamed.
function heart(feature) {
  const geometry = feature.getGeometry();
  if (geometry.getType() !== "MultiPolygon") return geometry.getInteriorPoint();
  const parts = geometry.getPolygons();
  return parts.reduce((most, part) => (part.getArea() > most.getArea() ? part : most)).getInteriorPoint();
}

const land = new Style({ fill: new Fill({ color: "#ffffff" }), stroke: new Stroke({ color: "#9aa7b6", width: 1 }) });

export function baseStyle(feature, resolution) {
  if (resolution > 2000) return land;
  return [land, new Style({ geometry: heart, text: label(feature.get("name") ?? "", 13, "#46515e", 0) })];
}

export function featureStyle(feature, resolution) {
  const kind = feature.get("kind") ?? "progress";
  const colour = COLOURS[kind] ?? COLOURS.progress;
  const hollow = kind === "waiting" || kind === "info";
  const isPoint = feature.getGeometry()?.getType() === "Point";
  const name = feature.get("name") ?? "";
  return new Style({
    zIndex: 2,
    fill: new Fill({ color: `${colour}33` }),
    stroke: new Stroke({ color: colour, width: 2 }),
    image: shape(kind, new Fill({ color: hollow ? "#ffffff" : colour }), new Stroke({ color: hollow ? colour : "#ffffff", width: hollow ? 2 : 1 })),
    text: name && resolution < 200 ? label(name, 14, "#16202c", isPoint ? 18 : 0) : undefined,
  });
}
