/** The package `seglang`: all of it that runs in a browser. Each of the two lists what it offers. */

export * from "../language/index.ts";
export * from "./index.ts";
