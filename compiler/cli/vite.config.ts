import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, transformWithOxc } from "vite";

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** `seg.js` beside the bundle: a file of its own, because old versions of Node must be able to read it. */
const launcher: Plugin = {
  name: "launcher",
  async generateBundle() {
    const { code } = await transformWithOxc(readFileSync(pathOf("seg.ts"), "utf8"), "seg.ts", { sourcemap: false });
    this.emitFile({ type: "asset", fileName: "seg.js", source: code.replace("./process.ts", "./command.js") });
  },
};

/**
 * The command as it is published: `dist/seg.js`, and `dist/command.js`, all the rest as one file, with the licences of what is in it. A part behind
 * `import()` first runs when it is used. The drivers of databases stay packages of their own.
 */
export default defineConfig({
  root: pathOf("../.."),
  publicDir: false,
  logLevel: "warn",
  ssr: { noExternal: true, external: ["@duckdb/node-api", "pg"] },
  plugins: [launcher],
  build: {
    ssr: "compiler/cli/process.ts",
    outDir: "dist",
    emptyOutDir: false,
    target: "node22",
    minify: false,
    license: { fileName: "licenses.md" },
    rolldownOptions: { output: { entryFileNames: "command.js", codeSplitting: false } },
  },
});
