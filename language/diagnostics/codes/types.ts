/** SEG3xxx: values of the wrong kind. */
export const TYPES = {};
