import { format } from "../../../language/format/format.ts";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { compileSql } from "../../sql/compile.ts";
import { DIALECTS } from "../../sql/index.ts";

/** What one text led to, to see that a run reaches every stage. */
export interface Reached {
  diagnostics: number;
  segments: number;
  statements: number;
}

/** Sends a text through every stage. Throws where a stage throws, answers nonsense, or blames itself. */
export function throughEveryStage(model: string, text: string): Reached {
  const { diagnostics, program } = loadProject([sourceFile("model.seg", model), sourceFile("fuzzed.seg", text)]);
  for (const d of diagnostics) {
    if (d.code === "SEG9001") throw new Error(`the product blames itself: ${d.message}`);
    const size = d.file === "model.seg" ? model.length : text.length;
    if (!(0 <= d.span.start && d.span.start <= d.span.end && d.span.end <= size))
      throw new Error(`${d.code} stands outside of its file`);
  }
  formattedTwice(text);
  const segments = [...program.segments.keys()];
  let statements = 0;
  for (const dialect of DIALECTS.keys()) {
    const compiled = compileSql(program, {
      dialect,
      segments,
      shape: "flags",
      inline: true,
      asOf: 0n,
      zone: "UTC",
      params: new Map(),
    });
    if (segments.length > 0 && compiled.statements.length === 0 && compiled.diagnostics.length === 0)
      throw new Error(`nothing came out for ${dialect}`);
    statements += compiled.statements.length;
  }
  return { diagnostics: diagnostics.length, segments: segments.length, statements };
}

/** What is formatted stays as it is when it is formatted again. */
function formattedTwice(text: string): void {
  const once = format(sourceFile("fuzzed.seg", text));
  if (!("text" in once)) return;
  const twice = format(sourceFile("fuzzed.seg", once.text));
  if (!("text" in twice) || twice.text !== once.text) throw new Error(`formatting again changes\n${once.text}`);
}
