import { nearest } from "../../../language/diagnostics/suggest.ts";
import { usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { writeWhole } from "../output.ts";

/** Writes what `--report format=path` asks for, from the formats at hand. */
export function writeReports(io: Io, wanted: readonly string[], formats: Readonly<Record<string, () => string>>): void {
  for (const { format, path } of readReports(wanted, Object.keys(formats)))
    writeWhole(io, path, (formats[format] as () => string)());
}

/** The reports asked for; stops at one that is not known, before any work is done. */
export function readReports(
  wanted: readonly string[],
  formats: readonly string[],
): readonly { readonly format: string; readonly path: string }[] {
  return wanted.map((one) => {
    const [, format, path] = /^(\w+)=(.+)$/s.exec(one) ?? [];
    if (format === undefined || path === undefined)
      throw usage(`\`--report ${one}\` does not say what and where.`, "Write `--report json=report.json`.");
    if (!formats.includes(format)) {
      const near = nearest(format, formats);
      throw usage(
        `There is no report format \`${format}\`.`,
        near === null ? `There are ${formats.map((name) => `\`${name}\``).join(" and ")}.` : `Write \`${near}\`.`,
      );
    }
    return { format, path };
  });
}
