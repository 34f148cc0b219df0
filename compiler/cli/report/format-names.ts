/** What findings can be written as; the first is what stdout gets unless another is asked for. */
export const CHECK_FORMATS = ["pretty", "concise", "json", "ndjson", "github"] as const;

export type CheckFormat = (typeof CHECK_FORMATS)[number];
