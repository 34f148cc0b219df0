import type { Import, Source } from "./source.ts";

/** A rule of the architecture: what it says, and what a file says against it. */
export interface Rule {
  readonly title: string;
  readonly violations: (source: Source) => readonly string[];
}

/** Which folders of `language/` a folder may import. `.` is the area's own files. */
const LANGUAGE: Readonly<Record<string, readonly string[]>> = {
  text: [],
  diagnostics: ["text"],
  types: ["text"],
  operators: ["text", "diagnostics", "types"],
  syntax: ["text", "diagnostics", "operators"],
  format: ["text", "diagnostics", "operators", "syntax"],
  model: ["text", "diagnostics", "operators", "syntax", "types"],
  analyze: ["text", "diagnostics", "operators", "syntax", "types", "model"],
  meaning: ["text", "diagnostics", "operators", "syntax", "types", "model", "analyze"],
  lint: ["text", "diagnostics", "operators", "syntax", "types", "model", "analyze", "meaning"],
  service: ["text", "diagnostics", "operators", "syntax", "types", "model", "analyze", "meaning", "lint", "format"],
};

const EVALUATORS = ["predicate", "batch", "stream", "sql"];
const ANSWERS = ["plan", ...EVALUATORS];
const HOSTS = [...ANSWERS, "prove", "insight", "change"];

/** Which folders of `compiler/` a folder may import; everybody may import `predicate/interpret.ts`. */
const COMPILER: Readonly<Record<string, readonly string[]>> = {
  plan: [],
  ...Object.fromEntries(EVALUATORS.map((folder) => [folder, ["plan"]])),
  ...Object.fromEntries(["prove", "insight", "change"].map((folder) => [folder, ANSWERS])),
  ...Object.fromEntries(["engines", "interchange", "lsp"].map((folder) => [folder, HOSTS])),
  cli: [...HOSTS, "engines", "interchange", "lsp"],
};

const AREAS: Readonly<Record<string, readonly string[]>> = {
  language: ["language"],
  compiler: ["compiler", "language"],
  playground: ["playground", "compiler", "language", "examples"],
};

/** The only places that may import a package. */
const PACKAGES: readonly (readonly [name: RegExp, place: RegExp])[] = [
  [/^chevrotain$/, /^language\/syntax\//],
  [/^temporal-polyfill$/, /^language\/meaning\/calendar\.ts$/],
  [/^@noble\/hashes/, /^compiler\/predicate\/bucket\.ts$/],
  [/^kysely$/, /^compiler\/(sql|engines)\//],
  [/^commander$/, /^compiler\/cli\//],
  [/^@duckdb\/node-api$/, /^compiler\/engines\/duckdb[^/]*(\/|\.ts$)/],
  [/^node:sqlite$/, /^compiler\/engines\/sqlite[^/]*(\/|\.ts$)/],
  [/^pg$/, /^compiler\/engines\/postgres[^/]*(\/|\.ts$)/],
  [/^node:/, /^compiler\/(engines|lsp|cli)\//],
  [/^vite$/, /\/vite\.config\.ts$/],
  [/^monaco-editor$/, /^playground\/editor\//],
];

const AMBIENT: readonly (readonly [what: string, pattern: RegExp, allowed: RegExp])[] = [
  [
    "the clock",
    /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()|\bperformance\.now\b|\bTemporal\.Now\b|\bhrtime\b/,
    /^compiler\/cli\/|^playground\//,
  ],
  [
    "a random source",
    /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b/,
    /^compiler\/cli\/|^playground\//,
  ],
  ["the environment", /\bprocess\.(env|cwd|argv)\b/, /^compiler\/cli\//],
  [
    "a locale",
    /\bIntl\.|\blocaleCompare\b|\btoLocale\w*\b/,
    /^compiler\/cli\/|^playground\/|^language\/meaning\/calendar\.ts$/,
  ],
];

const area = (path: string): string => path.split("/")[0] as string;
const folder = (path: string): string => (path.split("/").length > 2 ? (path.split("/")[1] as string) : ".");
const fileImports = (s: Source): readonly (Import & { file: string })[] =>
  s.imports.filter((i): i is Import & { file: string } => i.file !== null);
/** What ships: no tests, no benchmarks, no configuration of tools. */
const isSource = (path: string): boolean => !/\/(test|bench)\/|\.(test|config)\.ts$/.test(path);

function folderArrows(name: string, arrows: Readonly<Record<string, readonly string[]>>, s: Source): readonly string[] {
  if (area(s.path) !== name || !isSource(s.path) || folder(s.path) === ".") return [];
  const from = folder(s.path);
  const allowed = arrows[from];
  if (allowed === undefined) return [`${from}/ has no place among the arrows`];
  return fileImports(s)
    .filter(
      (i) =>
        area(i.file) === name &&
        folder(i.file) !== from &&
        !allowed.includes(folder(i.file)) &&
        i.file !== "compiler/predicate/interpret.ts",
    )
    .map((i) => `imports ${i.file}`);
}

/** Every rule that a file alone can break. */
export const RULES: readonly Rule[] = [
  {
    title: "language ← compiler ← playground",
    violations: (s) => {
      const allowed = AREAS[area(s.path)];
      if (allowed === undefined) return [];
      return fileImports(s)
        .filter((i) => !allowed.includes(area(i.file)))
        .map((i) => `imports ${i.file}`);
    },
  },
  {
    title: "inside language, arrows point from meaning towards text",
    violations: (s) => folderArrows("language", LANGUAGE, s),
  },
  {
    title: "inside compiler, arrows point from the command towards the plan, and evaluators never import one another",
    violations: (s) => folderArrows("compiler", COMPILER, s),
  },
  {
    title: "the compiler knows nothing of the syntax tree; the command knows its types, to select declarations",
    violations: (s) =>
      area(s.path) !== "compiler" || !isSource(s.path)
        ? []
        : fileImports(s)
            .filter((i) => i.file.startsWith("language/syntax/") && !(s.path.startsWith("compiler/cli/") && i.typeOnly))
            .map((i) => `imports ${i.file}`),
  },
  {
    title: "what a browser loads imports neither engines, nor the server, nor the command",
    violations: (s) =>
      area(s.path) !== "compiler" || folder(s.path) !== "."
        ? []
        : fileImports(s)
            .filter((i) => /^compiler\/(engines|lsp|cli)\//.test(i.file))
            .map((i) => `imports ${i.file}`),
  },
  {
    title: "each package is imported in its own place only",
    violations: (s) => {
      if (!["language", "compiler", "playground"].includes(area(s.path)) || !isSource(s.path)) return [];
      return s.imports.flatMap((i) => {
        if (i.package === null) return [];
        const place = PACKAGES.find(([name]) => name.test(i.package as string))?.[1];
        if (place === undefined) return [`imports ${i.package}, which has no place among the packages`];
        return place.test(s.path) ? [] : [`imports ${i.package}`];
      });
    },
  },
  {
    title: "no clock, no random source, no environment, no locale outside the command and the playground",
    violations: (s) => {
      if (!["language", "compiler", "playground"].includes(area(s.path)) || !isSource(s.path)) return [];
      return AMBIENT.filter(([, pattern, allowed]) => !allowed.test(s.path) && pattern.test(s.code)).map(
        ([what, pattern]) => `reads ${what}: ${pattern.exec(s.code)?.[0]}`,
      );
    },
  },
  {
    title: "a file has 450 lines at most",
    violations: (s) => {
      const lines = s.text.split("\n").length - 1;
      return lines > 450 ? [`has ${lines} lines`] : [];
    },
  },
  {
    title: "nothing is exported by default",
    violations: (s) =>
      /\bexport\s+default\b|\bas\s+default\b/.test(s.code) && !/(^|\/)(vite|vitest)\.config\.ts$/.test(s.path)
        ? ["exports by default"]
        : [],
  },
  {
    title: "classes are the parser's, Kysely's and errors only",
    violations: (s) => {
      if (!isSource(s.path)) return [];
      return [...s.code.matchAll(/\bclass\s+(\w+)(?:\s+extends\s+([\w.]+))?/g)]
        .filter(([, , base]) => {
          if (base !== undefined && /Error$/.test(base)) return false;
          return !(base !== undefined && /^(language\/syntax|compiler\/(sql|engines))\//.test(s.path));
        })
        .map(([, name]) => `declares class ${name}`);
    },
  },
  {
    title: "no file is called utils, helpers, common or misc",
    violations: (s) =>
      /(^|\/)(utils?|helpers?|common|misc)(\.ts|\/)/.test(s.path) ? ["has a name that says nothing"] : [],
  },
];
