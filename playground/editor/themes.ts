import { editor } from "monaco-editor/editor";

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Follows the system's light or dark; high contrast is Monaco's own. */
export function followSystem(): void {
  const rules = (colours: readonly (readonly [token: string, colour: string])[]) =>
    colours.map(([token, foreground]) => ({ token, foreground }));
  editor.defineTheme("seg-light", {
    base: "vs",
    inherit: true,
    rules: rules([
      ["keyword.declaration", "8a1c6b"],
      ["keyword", "0b4fb3"],
      ["keyword.word", "0b4fb3"],
      ["predefined", "7a4a00"],
      ["number", "0a6b4f"],
      ["string", "a3301a"],
      ["comment", "5c6672"],
      ["annotation", "5b3fa8"],
      ["operator", "37424f"],
    ]),
    colors: { "editor.background": "#ffffff" },
  });
  editor.defineTheme("seg-dark", {
    base: "vs-dark",
    inherit: true,
    rules: rules([
      ["keyword.declaration", "f08bd0"],
      ["keyword", "8ab8ff"],
      ["keyword.word", "8ab8ff"],
      ["predefined", "e6bf7a"],
      ["number", "7fd6b4"],
      ["string", "f2a38f"],
      ["comment", "96a3b3"],
      ["annotation", "c0aaff"],
      ["operator", "c5d0dc"],
    ]),
    colors: { "editor.background": "#14181d" },
  });
  const apply = (): void => editor.setTheme(DARK.matches ? "seg-dark" : "seg-light");
  DARK.addEventListener("change", apply);
  apply();
}
