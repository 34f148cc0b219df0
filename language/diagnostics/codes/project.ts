/** SEG7xxx: the model, the configuration, files and data. */
export const PROJECT = {};
