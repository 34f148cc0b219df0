/** A fenced block of a Markdown document. */
export interface Block {
  /** The word after the fence, or "". */
  readonly language: string;
  readonly text: string;
  /** The line of its fence, from 1. */
  readonly line: number;
}

/** The fenced blocks of a document, in order. */
export function blocks(markdown: string): readonly Block[] {
  const found: Block[] = [];
  const lines = markdown.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(\s*)(```+)\s*(\S*)/.exec(lines[i] as string);
    if (fence === null) continue;
    const [, indent, ticks, language] = fence as unknown as [string, string, string, string];
    const start = i;
    const body: string[] = [];
    for (i++; i < lines.length && (lines[i] as string).trim() !== ticks; i++)
      body.push((lines[i] as string).slice(indent.length));
    found.push({ language, text: body.join("\n"), line: start + 1 });
  }
  return found;
}

/** The path in `<!-- model: path -->`, by which a document says over which model its segments are written; null without one. */
export const modelOf = (markdown: string): string | null => /^<!-- model: (\S+) -->$/m.exec(markdown)?.[1] ?? null;

/** The targets of links to files: without those to pages on the web, and without what follows `#`. */
export function linkedFiles(markdown: string): readonly string[] {
  const prose = markdown.replace(/^(\s*)```[\s\S]*?^\1```/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => (target as string).replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^\w+:/.test(target));
}

/** The commands of a shell block: without comments, one a line. */
export const commands = (block: Block): readonly string[] =>
  block.text
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
