import modelText from "../../examples/shop/model.seg?raw";
import segmentsText from "../../examples/shop/segments.seg?raw";
import type { TextFile } from "../worker/protocol.ts";

/** How many customers the page makes up. */
export const CUSTOMERS = 10_000;

/** The moment that the page's numbers are about: the first of this day in this zone. */
export const AS_OF = "2026-07-01";
export const ZONE = "Europe/Berlin";

/** The files that the page opens with, in the order of their tabs. */
export const FILES: readonly TextFile[] = [
  { path: "segments.seg", text: segmentsText },
  { path: "model.seg", text: modelText },
];
