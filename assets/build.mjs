// Builds the portal's style sheet and scripts into a folder: `node build.mjs OUT`.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "../static/dist"));

async function buildStyle() {
  const compiled = await sass.compileAsync(join(here, "scss/portal.scss"), {
    style: "compressed", importers: [new sass.NodePackageImporter(here)], quietDeps: true,
  });
  await writeFile(join(out, "portal.css"), compiled.css + "\n");
  return compiled.loadedUrls.filter((url) => url.protocol === "file:").map((url) => fileURLToPath(url));
}

async function buildScripts() {
  const result = await esbuild.build({
    absWorkingDir: here, entryPoints: ["js/portal.js", "js/map.js", "js/upload.js"], outdir: out,
    bundle: true, minify: true, format: "esm", target: "es2020", charset: "utf8", legalComments: "none",
    metafile: true, logLevel: "warning",
  });
  return Object.keys(result.metafile.inputs).map((path) => join(here, path));
}

function packageOf(path) {
  const inside = path.split("node_modules/").pop();
  if (inside === path) return null;
  const parts = inside.split("/");
  return parts[0].startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}

async function copyLicences(inputs) {
  const names = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  await mkdir(join(out, "licences"), { recursive: true });
  // Texts that a package leaves out of its archive, and those of data taken from elsewhere.
  const ours = await readdir(join(here, "licences"));
  for (const kept of ours) await copyFile(join(here, "licences", kept), join(out, "licences", kept));
  const packages = {};
  for (const name of names) {
    const home = join(here, "node_modules", name);
    const about = JSON.parse(await readFile(join(home, "package.json"), "utf8"));
    const file = (await readdir(home)).sort().find((entry) => /^licen[cs]e/i.test(entry));
    const kept = `${name.replace("/", "-")}.txt`;
    if (file) await copyFile(join(home, file), join(out, "licences", kept));
    else if (!ours.includes(kept)) throw new Error(`${name} has no licence file; put its text into assets/licences/${kept}`);
    packages[name] = { version: about.version, licence: about.license };
  }
  return packages;
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(out, join(entry.parentPath, entry.name))).sort();
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const inputs = [...(await buildStyle()), ...(await buildScripts())];
const packages = await copyLicences(inputs);
const files = {};
for (const name of await filesUnder(out)) {
  files[name] = createHash("sha256").update(await readFile(join(out, name))).digest("hex");
}
await writeFile(join(out, "manifest.json"), JSON.stringify({ packages, files }, null, 2) + "\n");
