import { entry } from "../entry.ts";

/** SEG21xx: names inside of values. */
export const PATHS = {
  "unknown-path": entry<{ name: string; field: string; paths: readonly string[]; suggestion: string | null }>({
    number: "SEG2101",
    severity: "error",
    message: (p) => `\`${p.field}\` has no path \`${p.name}\` in the model.`,
    help: (p) => {
      const all = `The model declares ${p.paths.map((path) => `\`${path}\``).join(", ")}.`;
      return p.suggestion === null ? all : `Did you mean \`${p.suggestion}\`? ${all}`;
    },
    explain:
      "Of a JSON value only the paths that the model declares can be asked, because their types are declared there.",
    bad: 'segment Online where purchases.where(payload.chanel = "web")',
    good: 'segment Online where purchases.where(payload.channel = "web")',
  }),
};
