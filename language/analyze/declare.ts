import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Model, Place } from "../model/model.ts";
import type { Declaration, Name, SegFile, SegmentationDecl, SnapshotDecl, SplitDecl } from "../syntax/ast.ts";
import { type Declared, type DeclaredUnit, type Division, partName, partsOf, roleOf, type Unit } from "./analysis.ts";
import { suggest } from "./spelling.ts";
import { subjectsOf } from "./subjects.ts";

/** What a project declares besides its model. */
export interface Declarations {
  /** Headers first, then in order of the files given and of their offsets. */
  readonly units: readonly Unit[];
  readonly declared: Declared;
  /** Units whose declaration itself is wrong. */
  readonly failed: ReadonlySet<Unit>;
  readonly lost: Lost;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the model may lack because a declaration of it could not be read whole, which is reported: names of it are not unknown. */
export interface Lost {
  /** Entities that may have more fields than those that were read. */
  readonly entities: ReadonlySet<string>;
  /** Fields of an `extend` whose entity there is not. */
  readonly fields: ReadonlySet<string>;
}

type Word = "policy" | "trait" | "segment" | "segmentation" | "split" | "snapshot";

/** Collects params, lists, traits, segments and divisions and what they are about. The first declaration of a name counts. */
export function declare(files: readonly SegFile[], model: Model): Declarations {
  const declared = new Map<string, Declared extends ReadonlyMap<string, infer D> ? D : never>();
  const units: Unit[] = [...headers(model)];
  const failed = new Set<Unit>();
  const diagnostics: Diagnostic[] = [];
  const unreadable = new Set(
    files.flatMap((f) =>
      f.declarations.filter((d) => d.kind === "entity" || isBrokenEntity(d)).map((d) => d.name.text),
    ),
  );
  const hasBrokenModel = files.some((f) => f.declarations.some((d) => isBrokenEntity(d)));
  const subjectOf = subjectsOf(files, model);
  const entities = [...model.entities.keys()];
  let saidThatNoneIsDefault = false;

  for (const file of files) {
    for (const decl of file.declarations) {
      switch (decl.kind) {
        case "entity":
        case "extend":
          break;
        case "unreadable":
          if (decl.name.text !== "" && !declared.has(decl.name.text)) {
            declared.set(decl.name.text, { kind: "unreadable", file: file.path, decl });
          }
          break;
        case "segmentation":
        case "split":
        case "snapshot":
          add({ ...base(file, decl.name), kind: decl.kind, entity: divided(decl, file), decl } as DeclaredUnit);
          break;
        case "assert":
          units.push({ kind: "assert", name: "", file: file.path, entity: null, decl });
          break;
        case "policy": {
          const entity = subject("policy", decl.name, decl.of, file);
          add({ ...base(file, decl.name), kind: "policy", entity, decl });
          break;
        }
        case "test":
          units.push({ kind: "test", name: "", file: file.path, entity: subjectOf(decl.group), decl });
          break;
        case "param":
        case "list":
          add({ ...base(file, decl.name), kind: decl.kind, entity: null, expr: decl.value, decl } as DeclaredUnit);
          break;
        case "trait":
        case "segment": {
          const entity = subject(decl.kind, decl.name, decl.of, file);
          const expr = decl.kind === "trait" ? decl.value : decl.condition;
          add({ ...base(file, decl.name), kind: decl.kind, entity, expr, decl } as DeclaredUnit);
          break;
        }
      }
    }
  }
  for (const unit of declared.values())
    if (unit.kind === "segmentation" || unit.kind === "split")
      for (const part of partsOf(unit)) keepPart(unit, part.name);
  return { units, declared, failed, lost: lostOf(files, model), diagnostics };

  /** `Lifecycle.Active` is a name too, which no name in back-ticks may have. */
  function keepPart(division: Division, part: Name): void {
    const whole = partName(division, part.text);
    const other = declared.get(whole);
    if (other === undefined) return;
    if (other.kind !== "unreadable") failed.add(other);
    const related = [{ file: division.file, span: part.span, message: "It is declared here." }];
    const word = division.kind === "segmentation" ? "a tier" : "an arm";
    const at = { file: other.file, span: other.decl.name.span };
    diagnostics.push(diagnose("duplicate-declaration", { name: whole, word }, at, { related }));
  }

  function add(unit: DeclaredUnit): void {
    units.push(unit);
    if (unit.decl.broken) failed.add(unit);
    const name = unit.decl.name;
    if (name.text === "") {
      failed.add(unit);
      return;
    }
    const at = { file: unit.file, span: name.span };
    const first = firstPlace(name.text);
    if (first !== null) {
      failed.add(unit);
      const related = [{ ...first.place, message: "It is declared here first." }];
      diagnostics.push(diagnose("duplicate-declaration", { name: name.text, word: first.word }, at, { related }));
      return;
    }
    declared.set(name.text, unit);
    if (unit.kind === "policy" && unit.entity === null) failed.add(unit);
    if (roleOf(unit) === null) return;
    if (unit.entity === null) failed.add(unit);
    const entity = unit.entity === null ? undefined : model.entities.get(unit.entity);
    const member = entity?.fields.get(name.text) ?? entity?.links.get(name.text);
    if (entity === undefined || member === undefined) return;
    failed.add(unit);
    const related = [{ ...member.place, message: "The field is declared here." }];
    diagnostics.push(
      diagnose("hides-field", { name: name.text, entity: entity.name, word: unit.kind }, at, { related }),
    );
  }

  /** The entity that a segmentation, a split or a snapshot is about. What is wrong with its `of` is reported when names are resolved. */
  function divided(decl: SegmentationDecl | SplitDecl | SnapshotDecl, file: SegFile): string | null {
    return decl.of === null ? subject(decl.kind, decl.name, null, file) : subjectOf(decl.of);
  }

  function firstPlace(name: string): { readonly word: string; readonly place: Place } | null {
    const entity = model.entities.get(name);
    if (entity !== undefined) return { word: `an ${entity.kind}`, place: entity.place };
    const other = declared.get(name);
    if (other === undefined) return null;
    const word = other.kind === "unreadable" ? (other.decl.kind === "unreadable" ? other.decl.word : "") : other.kind;
    return { word: `a ${word}`, place: { file: other.file, span: other.decl.name.span } };
  }

  /** The entity that a trait or segment is about; null where that is unknown, which is reported here or was by the parser. */
  function subject(word: Word, name: Name, of: Name | null, file: SegFile): string | null {
    if (of === null) {
      if (model.defaultEntity !== null) return model.defaultEntity;
      if (hasBrokenModel || saidThatNoneIsDefault) return null;
      saidThatNoneIsDefault = true;
      diagnostics.push(diagnose("no-default-entity", { word, entities }, { file: file.path, span: name.span }));
      return null;
    }
    const at = { file: file.path, span: of.span };
    const entity = model.entities.get(of.text);
    if (entity === undefined) {
      if (of.text === "" || unreadable.has(of.text)) return null;
      const suggestion = suggest(of.text, () => entities, diagnostics);
      const fixes =
        suggestion === null
          ? []
          : [{ title: `Write \`${suggestion}\``, preferred: true, edits: [{ ...at, newText: suggestion }] }];
      diagnostics.push(diagnose("unknown-subject", { name: of.text, suggestion }, at, { fixes }));
      return null;
    }
    if ((word === "segment" || word === "policy") && entity.kind === "event") {
      diagnostics.push(diagnose("segment-of-event", { name: name.text, event: entity.name }, at));
      return null;
    }
    return entity.name;
  }
}

const base = (file: SegFile, name: Name) => ({ name: name.text, file: file.path });

function lostOf(files: readonly SegFile[], model: Model): Lost {
  const all = files.flatMap((file) => file.declarations);
  const broken = all.filter((d) => (d.kind === "entity" || d.kind === "extend") && d.broken);
  const homeless = all.filter((d) => d.kind === "extend" && !model.entities.has(d.name.text));
  // Which entity an unreadable `extend` was about is not known.
  const isAnyLost = all.some((d) => d.kind === "unreadable" && d.word === "extend");
  return {
    entities: new Set(isAnyLost ? model.entities.keys() : broken.map((d) => d.name.text)),
    fields: new Set(homeless.flatMap((d) => (d.kind === "extend" ? d.members.map((m) => m.name.text) : []))),
  };
}

/** An entity that the model may lack because it could not be read. */
const isBrokenEntity = (d: Declaration) =>
  (d.kind === "entity" && d.broken) || (d.kind === "unreadable" && (d.word === "entity" || d.word === "event"));

function* headers(model: Model): Iterable<Unit> {
  for (const entity of model.entities.values()) {
    if (entity.where === null) continue;
    yield { kind: "header", name: entity.name, file: entity.place.file, entity: entity.name, expr: entity.where };
  }
}
