import { type editor, type IRange, languages } from "monaco-editor/editor";
import type { Fix } from "../../language/index.ts";
import type { Finding } from "../worker/protocol.ts";

/** The findings that fixes are offered for. */
export interface Offered {
  /** They must be about the texts as they stand. */
  readonly set: (findings: readonly Finding[]) => void;
}

/** Offers the fixes of findings as Monaco's quick fixes, where the finding stands. */
export function offerFixes(language: string, models: ReadonlyMap<string, editor.ITextModel>): Offered {
  let offered: readonly Finding[] = [];
  let versions = new Map<string, number>();

  languages.registerCodeActionProvider(
    language,
    {
      provideCodeActions(model, range, context) {
        const path = [...models].find(([, other]) => other === model)?.[0];
        const here = offered.filter((finding) => finding.file === path && meets(model, finding, range));
        // Offsets are worthless in a text that has been changed since.
        const isCurrent = path !== undefined && versions.get(path) === model.getVersionId();
        const actions = (isCurrent ? here : []).flatMap((finding) =>
          finding.fixes.map((fix) => ({
            title: fix.title.replaceAll("`", ""),
            kind: "quickfix",
            isPreferred: fix.preferred,
            diagnostics: context.markers.filter(({ code }) => code === finding.code),
            edit: { edits: editsOf(fix, models) },
          })),
        );
        return { actions, dispose: () => undefined };
      },
    },
    { providedCodeActionKinds: ["quickfix"] },
  );

  return {
    set(findings) {
      offered = findings;
      versions = new Map([...models].map(([path, model]) => [path, model.getVersionId()]));
    },
  };
}

function meets(model: editor.ITextModel, { span }: Finding, range: IRange): boolean {
  const from = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn });
  const to = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn });
  return span.start <= to && from <= span.end;
}

function editsOf(fix: Fix, models: ReadonlyMap<string, editor.ITextModel>): languages.IWorkspaceTextEdit[] {
  return fix.edits.flatMap(({ file, span, newText }) => {
    const model = models.get(file);
    if (model === undefined) return [];
    const [from, to] = [model.getPositionAt(span.start), model.getPositionAt(span.end)];
    const range = {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    };
    return [{ resource: model.uri, versionId: undefined, textEdit: { range, text: newText } }];
  });
}
