/** SEG5xxx: what the reasoner finds out, and traps of time and of the whole population. */
export const REASONED = {};
