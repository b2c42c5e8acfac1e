// Bundles console.js and editor.js into the folder given, with their licences at their ends and, beside each, itself
// compressed. Several builds may run at once: one works, the others wait and find its work done.
// Ends with 3 where the packages cannot be had.
import { spawnSync } from "node:child_process";
import {
  copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const sources = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2]);
const names = ["console.js", "editor.js"];
const lock = join(target, "building");

const text = file => existsSync(file) ? readFileSync(file, "utf8") : "";
const written = file => existsSync(file) ? statSync(file).mtimeMs : 0;

function isDone() {
  const newest = Math.max(...readdirSync(sources).map(name => written(join(sources, name))));
  return names.every(name => written(join(target, name)) > newest && written(join(target, `${name}.br`)) > newest);
}

function isRunning(id) {
  try { process.kill(id, 0); return true; } catch (refused) { return refused.code === "EPERM"; }
}

async function alone(work) {
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock);
      break;
    } catch (taken) {
      if (taken.code !== "EEXIST") throw taken;
      const owner = Number(text(join(lock, "process")));
      // A builder that was killed leaves its lock; one that has just made it has not written its number yet.
      if (owner ? !isRunning(owner) : waited > 20) rmSync(lock, { recursive: true, force: true });
      else await new Promise(later => setTimeout(later, 250));
    }
  }
  try {
    writeFileSync(join(lock, "process"), String(process.pid));
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** The packages as package-lock.json names them; nothing of theirs is run. */
function install() {
  const wanted = text(join(sources, "package-lock.json"));
  const isThere = existsSync(join(target, "node_modules", ".package-lock.json"));
  if (isThere && wanted === text(join(target, "package-lock.json"))) return true;
  rmSync(join(target, "package-lock.json"), { force: true });
  copyFileSync(join(sources, "package.json"), join(target, "package.json"));
  writeFileSync(join(target, "package-lock.json"), wanted);
  const said = spawnSync("npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --loglevel=error",
    { cwd: target, shell: true, encoding: "utf8" });
  if (said.status === 0) return true;
  rmSync(join(target, "package-lock.json"), { force: true });
  console.log(`npm ci: ${(said.stderr ?? "").trim().split("\n").slice(0, 3).join(" ")}`);
  return false;
}

/** What the packages in a bundle ask to be kept with them; the same text once. */
function licences(inputs) {
  const packages = new Map();
  for (const input of inputs) {
    const at = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input.replaceAll("\\", "/"));
    if (at) packages.set(at[2], join(target, "node_modules", at[2]));
  }
  const byText = new Map();
  for (const [name, folder] of [...packages].sort()) {
    const licence = readFileSync(join(folder, "LICENSE"), "utf8").trim();
    byText.set(licence, [...byText.get(licence) ?? [], name]);
  }
  const notes = [...byText].map(([licence, of]) => `/*!\n${of.join(", ")}\n\n${licence.replaceAll("*/", "* /")}\n*/\n`);
  return notes.join("");
}

async function bundle() {
  const { build } = createRequire(join(target, "package.json"))("esbuild");
  for (const name of names) {
    const made = await build({
      entryPoints: [join(sources, name)], nodePaths: [join(target, "node_modules")], absWorkingDir: target,
      bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "eof",
      metafile: true, write: false, logLevel: "error",
    });
    const whole = Buffer.from(made.outputFiles[0].text + licences(Object.keys(made.metafile.inputs)));
    const packed = brotliCompressSync(whole, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: whole.length, [constants.BROTLI_PARAM_LGWIN]: 24 },
    });
    put(`${name}.br`, packed);
    put(name, whole);
  }
}

function put(name, content) {
  const draft = join(target, `${name}.draft`);
  writeFileSync(draft, content);
  renameSync(draft, join(target, name));
}

mkdirSync(target, { recursive: true });
process.exitCode = await alone(async () => {
  if (isDone()) return 0;
  if (!install()) return 3;
  await bundle();
  return 0;
});
