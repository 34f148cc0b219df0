import { compileSql, DIALECTS, type Parameter, type Tables } from "../../compiler/index.ts";
import {
  type Circumstances,
  type Declaration,
  type Diagnostic,
  loadProject,
  type Position,
  type Project,
  positionAt,
  sourceFile,
} from "../../language/index.ts";
import { audience } from "./audience.ts";
import type { Answer, Declared, DialectSql, Edit, Finding, SqlParameter } from "./protocol.ts";

/** Answers an edit bit by bit, the quick ones first; whoever asks may stop listening after each. */
export type Session = (edit: Edit) => Generator<Answer>;

/** A session over one set of rows, made when first counted, without a browser. Throws only where the compiler is broken. */
export function openSession(tables: () => Tables, circumstances: Circumstances): Session {
  const counts = audience(tables, circumstances);
  return function* answers({ revision, files, segment }) {
    const project = loadProject(files.map(({ path, text }) => sourceFile(path, text)));
    const paths = files.map(({ path }) => path);
    const declared = declaredIn(project).toSorted((a, b) => paths.indexOf(a.file) - paths.indexOf(b.file));
    yield { kind: "findings", revision, findings: findingsOf(project), declared };
    const sound = declared.filter((one) => one.sound).map(({ name }) => name);
    if (sound.length > 0) {
      const count = counts(project.program);
      // The one that is looked at first, and its SQL, which takes as long as there are dialects.
      for (const name of sound.toSorted((a, b) => Number(b === segment) - Number(a === segment))) {
        yield { kind: "size", revision, segment: name, size: count(name) };
        if (name === segment)
          yield { kind: "sql", revision, segment, dialects: sqlOf(project, segment, circumstances) };
      }
    }
    yield { kind: "answered", revision };
  };
}

function findingsOf(project: Project): readonly Finding[] {
  return project.diagnostics.map((finding) => ({ ...finding, from: placeOf(project, finding) }));
}

function placeOf(project: Project, { file, span }: Diagnostic): Position {
  const source = project.files.get(file)?.source;
  return source === undefined ? { line: 1, column: 1 } : positionAt(source, span.start);
}

/**
 * The segments of the text. One is sound when the program has it, nothing is wrong in it, its name is its own, and nothing is wrong
 * with the model: people are never counted by a meaning that nobody wrote.
 */
function declaredIn({ files, program, diagnostics }: Project): readonly Declared[] {
  const errors = diagnostics.filter((finding) => finding.severity === "error");
  const within = (finding: Diagnostic, file: string, from: number, to: number): boolean =>
    finding.file === file && from <= finding.span.start && finding.span.start <= to;
  const found = [...files.values()].flatMap(({ file }) =>
    file.declarations.map((declaration) => ({ path: file.path, declaration })),
  );
  const isOfModel = ({ declaration }: (typeof found)[number]): boolean =>
    declaration.kind === "unreadable"
      ? ["entity", "event", "extend"].includes(declaration.word)
      : declaration.kind === "entity" || declaration.kind === "extend";
  const spoilsModel = (finding: Diagnostic): boolean => {
    const home = found.find(({ path, declaration: { span } }) => within(finding, path, span.start, span.end));
    return home === undefined ? found.some((one) => one.path === finding.file && isOfModel(one)) : isOfModel(home);
  };
  const modelIsSound = !errors.some(spoilsModel);
  const names = found.map(({ declaration }) => declaration.name.text);
  return found.flatMap(({ path, declaration }) => {
    const { span } = declaration;
    const own = declaration.name.text;
    const isSound = modelIsSound && names.filter((other) => other === own).length === 1;
    const hasError = errors.some((finding) => within(finding, path, span.start, span.end));
    return groupsIn(declaration).map(({ name, title, at: { start, end } }) => {
      const sound = isSound && program.segments.has(name) && !hasError;
      return { name, title, file: path, start, end, sound };
    });
  });
}

interface Group {
  readonly name: string;
  readonly title: string | null;
  readonly at: { readonly start: number; readonly end: number };
}

/** The groups of people that a declaration gives names to, each with the stretch of the text that is about it. */
function groupsIn(declaration: Declaration): readonly Group[] {
  const { name } = declaration;
  if (name.text === "") return [];
  switch (declaration.kind) {
    case "segment":
    case "snapshot":
      return [{ name: name.text, title: declaration.title?.value ?? null, at: declaration.span }];
    case "segmentation":
    case "split": {
      const parts = declaration.kind === "segmentation" ? declaration.tiers : declaration.arms;
      const title = declaration.title?.value ?? null;
      return parts.map((part) => ({ name: `${name.text}.${part.name.text}`, title, at: part.span }));
    }
    default:
      return [];
  }
}

function sqlOf({ program }: Project, segment: string, circumstances: Circumstances): readonly DialectSql[] {
  return [...DIALECTS.values()].map(({ name, title, placeholder }) => {
    const options = { ...circumstances, dialect: name, segments: [segment], shape: "members" } as const;
    const apart = compileSql(program, { ...options, inline: false });
    const inlined = compileSql(program, { ...options, inline: true });
    const statement = apart.statements[0];
    const parameters =
      statement?.parameters.map((parameter, index) => shown(placeholder(index + 1, parameter), parameter)) ?? [];
    return {
      dialect: name,
      title,
      apart: statement === undefined ? null : { sql: statement.sql, parameters },
      inlined: inlined.statements.map(({ sql }) => sql).join(";\n\n") || null,
      problems: [...new Set([...apart.diagnostics, ...inlined.diagnostics].map(({ message }) => message))],
    };
  });
}

const shown = (name: string, { type, value }: Parameter): SqlParameter => ({
  name,
  type,
  value: value === null ? null : String(value),
});
