import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Origin } from "../meaning/ir.ts";
import type { Linted } from "./rule.ts";

/** Takes an item out of its `and` or `or`, with the word that joins it; none where a comment would go with it. */
export function withoutItem(origin: Origin, { written, files }: Linted): readonly Fix[] {
  const text = files.get(origin.file)?.source.text ?? "";
  let { span } = origin;
  let parent = written.at(origin)?.parent ?? null;
  while (parent?.kind === "paren") {
    span = parent.span;
    parent = written.at({ file: origin.file, span })?.parent ?? null;
  }
  if (parent === null || (parent.kind !== "and" && parent.kind !== "or")) return [];
  const at = parent.items.findIndex((item) => item.span.start === span.start && item.span.end === span.end);
  const [before, after] = [parent.items[at - 1], parent.items[at + 1]];
  const cut =
    before !== undefined
      ? { start: before.span.end, end: span.end }
      : after !== undefined
        ? { start: span.start, end: after.span.start }
        : null;
  if (at < 0 || cut === null || /\/\/|\/\*/u.test(text.slice(cut.start, cut.end))) return [];
  return [{ title: "Remove it", preferred: false, edits: [{ file: origin.file, span: cut, newText: "" }] }];
}
