import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{language,compiler,playground,examples}/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: "100%",
    // Its modules name each other as bundlers understand it.
    server: { deps: { inline: ["dt-sql-parser"] } },
  },
});
