/** `1 file`, `3 files`, `no files`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count === 0 ? "no" : grouped(String(count))} ${count === 1 ? one : many}`;

/** Digits in groups of three: `23,570`. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], word: "and" | "or" = "and"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}
