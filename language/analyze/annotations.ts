import type { Annotation } from "../syntax/ast.ts";
import type { DeclaredUnit } from "./analysis.ts";
import { type Context, replace, report } from "./context.ts";
import { suggest } from "./spelling.ts";

type Form = "text" | "names" | "nothing";

/** How each annotation is written, and an example. */
const FORMS: Readonly<Record<string, { readonly form: Form; readonly example: string }>> = {
  owner: { form: "text", example: '@owner("crm@shop.example")' },
  tags: { form: "names", example: "@tags(marketing, winback)" },
  deprecated: { form: "text", example: '@deprecated("use Loyal")' },
  kpi: { form: "nothing", example: "@kpi" },
};

/** Which annotations stand before which declaration. */
const KNOWN: Readonly<Record<DeclaredUnit["kind"], readonly string[]>> = {
  segment: ["owner", "tags", "deprecated"],
  trait: ["owner", "tags", "deprecated", "kpi"],
  param: ["owner", "deprecated"],
  list: ["owner", "deprecated"],
  segmentation: ["owner", "tags", "deprecated"],
  split: ["owner", "tags", "deprecated"],
  snapshot: ["owner", "tags", "deprecated"],
  test: [],
  assert: ["owner"],
  policy: ["owner", "deprecated"],
};

/** Reports annotations that the declaration cannot have, or that are not written as they should be. */
export function checkAnnotations(unit: DeclaredUnit, ctx: Context): void {
  for (const annotation of unit.decl.annotations) {
    const name = annotation.name.text;
    if (name === "") continue;
    const known = KNOWN[unit.kind];
    if (!known.includes(name)) {
      const suggestion = suggest(name, () => known, ctx.tables.diagnostics);
      const fixes =
        suggestion === null ? [] : [replace(ctx, `Write \`@${suggestion}\``, annotation.name.span, suggestion)];
      report(ctx, "unknown-annotation", { name, word: unit.kind, suggestion, known }, annotation.name.span, { fixes });
      continue;
    }
    const form = FORMS[name];
    if (form === undefined || isWritten(annotation, form.form)) continue;
    report(ctx, "annotation-arguments", { name, example: form.example }, annotation.span);
  }
}

function isWritten(annotation: Annotation, form: Form): boolean {
  const { args } = annotation;
  switch (form) {
    case "text":
      return args.length === 1 && args[0] !== undefined && isText(args[0]);
    case "names":
      return args.length > 0;
    case "nothing":
      return args.length === 0;
  }
}

const isText = (arg: Annotation["args"][number]) => "kind" in arg;

/** The one text of an annotation, or null where the declaration lacks it. */
export function annotationText(annotations: readonly Annotation[], name: string): string | null {
  const arg = annotations.find((a) => a.name.text === name)?.args[0];
  return arg === undefined ? null : "kind" in arg ? arg.value : arg.text;
}

/** All texts and names of an annotation, in order, each once. */
export function annotationWords(annotations: readonly Annotation[], name: string): readonly string[] {
  const args = annotations.filter((a) => a.name.text === name).flatMap((a) => a.args);
  return [...new Set(args.map((arg) => ("kind" in arg ? arg.value : arg.text)))];
}
