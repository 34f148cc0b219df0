/** A number for people: 9,631. The page speaks English. */
export const wholeNumber = (value: number): string => new Intl.NumberFormat("en").format(value);

/** A share for people, as the command says it: 2.6%, 100.0%; and where there is somebody, never 0.0%. */
export function percent(people: number, of: number): string {
  if (of === 0) return "–";
  const share = (100 * people) / of;
  return people > 0 && share < 0.05 ? "<0.1%" : `${share.toFixed(1)}%`;
}
