#!/usr/bin/env node
// This file must parse on old versions of Node, which could not say otherwise what is wrong: nothing newer than `import()` here, and no static import.

const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`seg needs Node.js 22.13 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  import("./process.ts").then((edge) => edge.start());
}

export {};
