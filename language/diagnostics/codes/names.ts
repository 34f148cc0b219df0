/** SEG2xxx: names that are not there, or there twice. */
export const NAMES = {};
