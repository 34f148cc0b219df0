/**
 * Words that the language has and this version does not, so that they are called that instead of unknown. Each one leaves its list with
 * the row of the operator table that brings it.
 */
export const LATER_STEPS: ReadonlySet<string> = new Set([]);

/** Functions of the language that this version does not have. */
export const LATER_FUNCTIONS: ReadonlySet<string> = new Set([
  "abs",
  "floor",
  "ceil",
  "least",
  "greatest",
  "distance_km",
]);
