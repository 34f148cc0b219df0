/** SEG5xxx: what is better said otherwise. */
export const STYLE = {};
