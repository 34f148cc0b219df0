// Monaco's features, one by one: what is not listed here is not in the page. They stand in this file because a bundler takes a module
// of ours that only imports for one without effects (`sideEffects` in package.json).
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codeAction/register";
import "monaco-editor/features/codeEditor/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/lineSelection/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/quickCommand/register";
import "monaco-editor/features/toggleHighContrast/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import { editor, languages, MarkerSeverity, Uri } from "monaco-editor/editor";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import type { Fix, Span } from "../../language/index.ts";
import type { Finding, TextFile } from "../worker/protocol.ts";
import type { MonarchGrammar } from "./monarch.ts";
import { offerFixes } from "./providers.ts";
import { followSystem } from "./themes.ts";

/** The editor as the rest of the page sees it: files by path, offsets in UTF-16 units of their texts. */
export interface Editor {
  readonly files: () => readonly TextFile[];
  readonly open: (path: string) => void;
  readonly opened: () => string;
  /** Where the caret is in the opened file. */
  readonly caret: () => number;
  readonly goTo: (path: string, span: Span) => void;
  readonly apply: (fix: Fix) => void;
  /** Underlines findings. They must be about the texts as they stand. */
  readonly mark: (findings: readonly Finding[]) => void;
  readonly colour: (grammar: MonarchGrammar) => void;
}

/** What the page wants to know of the editor. */
export interface EditorEvents {
  readonly changed: () => void;
  readonly moved: () => void;
  /** Another file was opened by the editor itself. */
  readonly opened: (path: string) => void;
}

const LANGUAGE = "seg";
const OWNER = "seglang";

const SEVERITIES = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info } as const;

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** Makes the one editor of the page. */
export function makeEditor(host: HTMLElement, files: readonly TextFile[], events: EditorEvents): Editor {
  languages.register({ id: LANGUAGE, extensions: [".seg"] });
  languages.setLanguageConfiguration(LANGUAGE, {
    comments: { lineComment: "//", blockComment: ["/*", "*/"] },
    brackets: [
      ["(", ")"],
      ["[", "]"],
      ["{", "}"],
    ],
  });
  followSystem();
  const models = new Map(
    files.map(({ path, text }) => [path, editor.createModel(text, LANGUAGE, Uri.parse(`seg:///${path}`))]),
  );
  const modelOf = (path: string): editor.ITextModel => {
    const model = models.get(path);
    if (model === undefined) throw new Error(`The project has no file ${path}.`);
    return model;
  };
  const views = new Map<string, editor.ICodeEditorViewState | null>();
  let opened = files[0]?.path ?? "";
  const view = editor.create(host, {
    model: modelOf(opened),
    ariaLabel: "Segments",
    automaticLayout: true,
    bracketPairColorization: { enabled: false },
    guides: { indentation: false },
    autoClosingBrackets: "never",
    autoClosingQuotes: "never",
    fontSize: 14,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 8, bottom: 8 },
    quickSuggestions: false,
    renderLineHighlight: "none",
    scrollBeyondLastLine: false,
    tabFocusMode: true,
    tabSize: 2,
    fixedOverflowWidgets: true,
    wordBasedSuggestions: "off",
    wordWrap: "on",
    wrappingIndent: "indent",
  });
  const findings = offerFixes(LANGUAGE, models);

  function open(path: string): void {
    if (path === opened) return;
    views.set(opened, view.saveViewState());
    opened = path;
    view.setModel(modelOf(path));
    view.restoreViewState(views.get(path) ?? null);
    events.opened(path);
  }

  for (const model of models.values()) model.onDidChangeContent(events.changed);
  view.onDidChangeCursorPosition(events.moved);

  return {
    files: () => [...models].map(([path, model]) => ({ path, text: model.getValue() })),
    open,
    opened: () => opened,
    caret() {
      const position = view.getPosition();
      return position === null ? 0 : modelOf(opened).getOffsetAt(position);
    },
    goTo(path, span) {
      open(path);
      const range = rangeOf(modelOf(path), span);
      view.setSelection(range);
      view.revealRangeInCenterIfOutsideViewport(range);
      view.focus();
    },
    apply(fix) {
      for (const [path, model] of models) {
        const edits = fix.edits.filter(({ file }) => file === path);
        if (edits.length === 0) continue;
        model.pushStackElement();
        model.pushEditOperations(
          null,
          edits.map(({ span, newText }) => ({ range: rangeOf(model, span), text: newText })),
          () => null,
        );
        model.pushStackElement();
      }
    },
    mark(found) {
      findings.set(found);
      for (const [path, model] of models) {
        const markers = found
          .filter(({ file }) => file === path)
          .map((finding) => ({
            ...rangeOf(model, finding.span),
            severity: SEVERITIES[finding.severity],
            code: finding.code,
            message: finding.help === null ? finding.message : `${finding.message}\n${finding.help}`,
            source: OWNER,
          }));
        editor.setModelMarkers(model, OWNER, markers);
      }
    },
    colour(grammar) {
      languages.setMonarchTokensProvider(LANGUAGE, grammar as unknown as languages.IMonarchLanguage);
    },
  };
}

function rangeOf(model: editor.ITextModel, { start, end }: Span) {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}
