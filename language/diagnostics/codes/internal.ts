import { entry } from "../entry.ts";

/** SEG9xxx: our own mistakes. */
export const INTERNAL = {
  "internal-error": entry<{ what: string }>({
    number: "SEG9001",
    severity: "error",
    message: (p) => `Seglang itself made a mistake here: ${p.what}.`,
    help: () => "Please report it with the text that caused it.",
    explain: "A rule that the compiler keeps inside itself was broken. Nothing you wrote is to blame.",
    bad: "",
    good: "",
  }),
};
