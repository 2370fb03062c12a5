// CGCS2000: longitudes and latitudes (EPSG:4490) in files, Gauss-Krüger 120° E (EPSG:4549) on the screen.
import GeoJSON from "ol/format/GeoJSON.js";
import { register } from "ol/proj/proj4.js";
import proj4 from "proj4";

export const DATA = "EPSG:4490";
export const VIEW = "EPSG:4549";

proj4.defs(DATA, "+proj=longlat +ellps=GRS80 +no_defs +type=crs");
proj4.defs(VIEW, "+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs +type=crs");
register(proj4);

export const format = new GeoJSON({ dataProjection: DATA, featureProjection: VIEW });
