/** The declaration that a group of people comes from: `Lifecycle` of `Lifecycle.Active`. */
export const testedName = (group: string): string => group.split(".")[0] as string;
