// How a map draws: cities as a quiet base, parks by state with the shapes of the tags.
import Point from "ol/geom/Point.js";
import { getCenter, getWidth } from "ol/extent.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';
// The glyphs of components/tag.html, so that a legend of tags explains the map.
const GLYPHS = { done: "●", progress: "◐", waiting: "○", warning: "▲", card: "▮", late: "■", ended: "◆", info: "◇" };
const SMALL = 14; // a boundary narrower than this many pixels is shown as a glyph
const COLOURS = {
  done: "#0a5c36", progress: "#0b3d78", waiting: "#46515e", warning: "#6e4300", card: "#6e4300",
  late: "#a3161d", ended: "#46515e", info: "#0b3d78",
};
const halo = new Stroke({ color: "#ffffff", width: 3 });

function label(text, size, colour, offsetY) {
  return new Text({ text, font: `${size}px ${FONT}`, offsetY, fill: new Fill({ color: colour }), stroke: halo, overflow: true });
}

function centre(geometry) {
  return geometry.getType() === "Point" ? geometry : new Point(getCenter(geometry.getExtent()));
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
  const kind = feature.get("kind") in COLOURS ? feature.get("kind") : "progress";
  const colour = COLOURS[kind];
  const geometry = feature.getGeometry();
  const isPlace = geometry.getType() === "Point" || getWidth(geometry.getExtent()) < SMALL * resolution;
  const name = resolution < 200 ? feature.get("name") ?? "" : "";
  const styles = [];
  if (isPlace) {
    styles.push(new Style({ geometry: centre(geometry), zIndex: 2, text: label(GLYPHS[kind], 20, colour, 0) }));
  } else {
    styles.push(new Style({ zIndex: 1, fill: new Fill({ color: `${colour}33` }), stroke: new Stroke({ color: colour, width: 2 }) }));
  }
  if (name) styles.push(new Style({ geometry: centre(geometry), zIndex: 3, text: label(name, 14, "#16202c", isPlace ? 20 : 0) }));
  return styles;
}
