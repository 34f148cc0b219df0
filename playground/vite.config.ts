import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page loads from its own origin and from nowhere else; `frame-ancestors` works as a header only. The rest also stands in index.html. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Any static host, in any folder.
  base: "./",
  build: {
    outDir: fileURLToPath(new URL("../dist/playground", import.meta.url)),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    // Monaco is one large file on purpose.
    chunkSizeWarningLimit: 4_000,
    // How long a plugin took is nothing to warn of.
    rolldownOptions: { checks: { pluginTimings: false } },
    license: { fileName: "licenses.md" },
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  preview: { host: "127.0.0.1", port: 4174, headers: { "content-security-policy": POLICY } },
  server: { host: "127.0.0.1" },
});
