import type { TextFile } from "../worker/protocol.ts";

/** How many customers the page makes up. */
export const CUSTOMERS = 10_000;

/** The moment that the page's numbers are about: the first of this day in this zone. */
export const AS_OF = "2026-07-01";
export const ZONE = "Europe/Berlin";

/** Without the claims, of which this version could only say that it does not prove them. */
const TEXTS = import.meta.glob<string>(["../../examples/shop/*.seg", "!../../examples/shop/claims.seg"], {
  query: "?raw",
  import: "default",
  eager: true,
});

const NAMES = Object.keys(TEXTS).sort();

/** The files that the page opens with, in the order of their tabs: the first segments, more of them, the model they are about. */
export const FILES: readonly TextFile[] = [
  ...NAMES.filter((name) => name.endsWith("/segments.seg")),
  ...NAMES.filter((name) => !/\/(segments|model)\.seg$/.test(name)),
  ...NAMES.filter((name) => name.endsWith("/model.seg")),
].map((name) => ({ path: name.slice(name.lastIndexOf("/") + 1), text: TEXTS[name] ?? "" }));
