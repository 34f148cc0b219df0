/** SEG4xxx: what can be read but not meant. */
export const MEANING = {};
