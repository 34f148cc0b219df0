import { nearest } from "../diagnostics/suggest.ts";
import type { HeaderClause, Name } from "../syntax/ast.ts";
import { isScalar, isTemporal } from "../types/kinds.ts";
import { printType } from "../types/print.ts";
import { ERROR, TEXT } from "../types/type.ts";
import { type Draft, declaredColumn, hiddenColumn } from "./draft.ts";
import { type FilterNames, hiddenInFilter } from "./filter-columns.ts";
import { strip } from "./literal.ts";
import type { Duration, Entity } from "./model.ts";
import { type Report, respell } from "./report.ts";

/** How a clause is written. */
const SPELLING: Readonly<Record<HeaderClause["kind"], string>> = {
  since: "since",
  until: "until",
  at: "at",
  oncePer: "once per",
  by: "by",
  where: "where",
  scheduled: "scheduled",
  fresh: "fresh within",
  keeps: "keeps",
};

const ALLOWED: Readonly<Record<"entity" | "event" | "extend", readonly HeaderClause["kind"][]>> = {
  entity: ["since", "until", "where", "fresh", "keeps"],
  event: ["since", "until", "at", "oncePer", "where", "scheduled", "fresh", "keeps"],
  extend: ["by", "fresh"],
};

/** The clauses that belong there, each once; the others are reported. */
export function sortClauses(
  clauses: readonly HeaderClause[],
  word: "entity" | "event" | "extend",
  report: Report,
): ReadonlyMap<HeaderClause["kind"], HeaderClause> {
  const found = new Map<HeaderClause["kind"], HeaderClause>();
  for (const clause of clauses) {
    const name = SPELLING[clause.kind];
    if (!ALLOWED[word].includes(clause.kind)) {
      const article = word === "extend" ? "an `extend`" : word === "event" ? "an event" : "an entity";
      report("misplaced-clause", { clause: name, word: article, instead: insteadOf(clause.kind, word) }, clause.span);
    } else if (found.has(clause.kind)) {
      report("repeated-clause", { clause: name }, clause.span);
    } else {
      found.set(clause.kind, clause);
    }
  }
  return found;
}

function insteadOf(clause: HeaderClause["kind"], word: "entity" | "event" | "extend"): string {
  if (clause === "by") return "Remove it; `by` belongs to links and to `extend`.";
  if (word === "extend") return "Remove it, or write it in the header of what is extended.";
  return "Remove it, or declare an `event`.";
}

/** A duration that is written out; null where there is no such clause, or where it is reported. */
export function readDuration(clause: HeaderClause | undefined, report: Report): Duration | null {
  if (clause?.kind !== "fresh" && clause?.kind !== "keeps") return null;
  const written = strip(clause.duration);
  if (written.kind === "duration") return { amount: written.amount, unit: written.unit };
  if (written.kind !== "error") report("not-a-duration", { clause: SPELLING[clause.kind] }, written.span);
  return null;
}

type Header = Pick<Entity, "since" | "until" | "at" | "oncePer" | "where" | "scheduled" | "fresh" | "keeps">;

/** The header of an entity or event; adds the hidden fields that it needs. */
export function readHeader(draft: Draft, names: FilterNames): Header {
  const { decl, report } = draft;
  const clauses = sortClauses(decl.clauses, decl.word, report);
  const where = clauses.get("where");
  const condition = where?.kind === "where" ? where.condition : null;
  if (condition !== null) hiddenInFilter(draft, condition, names);
  const column = (kind: "since" | "until" | "at" | "oncePer"): Name | null => {
    const clause = clauses.get(kind);
    return clause?.kind === kind && clause.column.text !== "" ? clause.column : null;
  };
  const [since, until, at, once] = [column("since"), column("until"), column("at"), column("oncePer")];
  return {
    since: since === null ? null : timeField(draft, "since", since),
    until: until === null ? null : timeField(draft, "until", until),
    at:
      at !== null
        ? (timeField(draft, "at", at) ?? unknownTime(draft))
        : decl.word === "event"
          ? missingTime(draft, clauses.has("at"))
          : null,
    oncePer: once === null ? null : onceField(draft, once),
    where: condition,
    scheduled: clauses.has("scheduled"),
    fresh: readDuration(clauses.get("fresh"), report),
    keeps: readDuration(clauses.get("keeps"), report),
  };
}

/** The date or timestamp field that a clause names; null after reporting that it is none. */
function timeField(draft: Draft, clause: "since" | "until" | "at", written: Name): string | null {
  const field = declaredColumn(draft, written.text, null);
  if (field === null) {
    const times = [...draft.fields.values()]
      .filter((f) => f.extension === null && isTemporal(f.type))
      .map((f) => f.name);
    const suggestion = nearest(written.text, times);
    const fix = respell({ file: draft.place.file, span: written.span }, suggestion);
    const params = { clause, name: written.text, entity: draft.name, suggestion };
    draft.report("unknown-header-field", params, written.span, fix);
    return null;
  }
  if (isTemporal(field.type)) return field.name;
  if (field.type.kind !== "error") {
    const params = { clause, name: written.text, type: printType(field.type), wanted: "a date or a timestamp" };
    draft.report("header-field-type", params, written.span);
  }
  return null;
}

function onceField(draft: Draft, written: Name): string | null {
  const field = declaredColumn(draft, written.text, null);
  if (field === null)
    return hiddenColumn(draft, written.text, TEXT, null, { file: draft.place.file, span: written.span }).name;
  if (isScalar(field.type)) return field.name;
  if (field.type.kind !== "error") {
    const params = { clause: "once per", name: written.text, type: printType(field.type), wanted: "a single value" };
    draft.report("header-field-type", params, written.span);
  }
  return null;
}

/** An event whose time is in error has one of type `error`, so that windows over it are silent. */
const unknownTime = (draft: Draft): string => hiddenColumn(draft, "", ERROR, null, draft.place).name;

function missingTime(draft: Draft, wasWritten: boolean): string {
  if (!wasWritten) draft.report("missing-time", { name: draft.name }, draft.place.span);
  return unknownTime(draft);
}
