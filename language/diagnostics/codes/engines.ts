/** SEG6xxx: what an engine cannot express. */
export const ENGINES = {};
