/** Plain decimal text as whole units of 10^-scale; it has no more digits after the point than that. */
export function unitsOf(text: string, scale: number): bigint {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const units = BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, "0")}`);
  return negative ? -units : units;
}
