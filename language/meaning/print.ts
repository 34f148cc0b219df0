import type { Duration } from "../model/model.ts";
import { assertNever } from "../text/assert.ts";
import { printType } from "../types/print.ts";
import type { Bound, Collection, Const, Pred, Ranking, Row, Step, Test, Value, Window, Zone } from "./ir.ts";

/**
 * A condition as one s-expression, for tests and for looking: `(and (> (count purchases.last) 3) (in region "EU"))`. Rows of the subject
 * are not written; those of depth n stand as `n.field`. Origins are left out.
 */
export function printPred(pred: Pred): string {
  switch (pred.kind) {
    case "always":
      return String(pred.value);
    case "and":
    case "or":
      return list(pred.kind, ...pred.items.map(printPred));
    case "countOf":
      return list(pred.mode, String(pred.k), ...pred.items.map(printPred));
    case "not":
      return list("not", printPred(pred.item));
    case "test":
      return printTest(pred.test);
    case "settled":
      return list(
        pred.negated ? "settled-not" : "settled",
        printTest(pred.test),
        pred.whenMissing ? "missing=true" : "missing=false",
      );
    default:
      return assertNever(pred);
  }
}

function printTest(test: Test): string {
  switch (test.kind) {
    case "compare":
      return list(test.op, printValue(test.left), printValue(test.right), ...ignoring(test.ignoreCase));
    case "oneOf": {
      const from = test.list === null ? [] : [`list=${test.list}`];
      return list("in", printValue(test.value), ...test.options.map(printConst), ...ignoring(test.ignoreCase), ...from);
    }
    case "between": {
      const to = test.to === null ? "open" : printValue(test.to);
      return list(
        "between",
        printValue(test.value),
        test.from === null ? "open" : printValue(test.from),
        to,
        ...(test.toInclusive ? [] : ["half-open"]),
      );
    }
    case "inWindow":
      return list("within", printValue(test.value), printWindow(test.window));
    case "text":
      return list(test.mode, printValue(test.value), printValue(test.needle), ...ignoring(test.ignoreCase));
    case "known":
      return list("known", printValue(test.value));
    case "linked":
      return list("linked", printRow(test.row) || "subject");
    case "truth":
      return list("truth", printValue(test.value));
    case "exists":
      return list("exists", printCollection(test.collection));
    case "segment":
      return list("segment", dotted(test.row, test.name));
    case "has":
      return list(
        `has-${test.mode}`,
        dotted(test.list.row, test.list.field),
        ...test.options.map(printValue),
        ...ignoring(test.ignoreCase),
      );
    case "listKnown":
      return list("known", dotted(test.list.row, test.list.field));
    case "anniversaryIn":
      return list("anniversary-in", printValue(test.value), printWindow(test.window));
    case "top": {
      const amount = test.amount.kind === "count" ? String(test.amount.n) : `share=${test.amount.share}`;
      return list(test.which, amount, ...printRanking(test.ranking, test.row), ...(test.ties ? ["ties"] : []));
    }
    case "bucket":
      return list("bucket", dotted(test.row, JSON.stringify(test.seed)), String(test.from), String(test.to));
    case "stored":
      return list("stored", dotted(test.row, test.snapshot));
    default:
      return assertNever(test);
  }
}

/** A value in the same form. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case "const":
      return printConst(value);
    case "param":
      return `$${value.name}`;
    case "field":
      return dotted(value.row, value.field);
    case "trait":
      return dotted(value.row, `@${value.name}`);
    case "aggregate": {
      const over = value.of !== null ? [printValue(value.of)] : value.cond !== null ? [printPred(value.cond)] : [];
      return list(value.fn, printCollection(value.collection), ...over);
    }
    case "arithmetic":
      return list(value.op, printValue(value.left), printValue(value.right));
    case "negate":
      return list("-", printValue(value.operand));
    case "else":
      return list("else", printValue(value.value), printValue(value.fallback));
    case "widen":
      return list("widen", printValue(value.value), printType(value.type));
    case "local_date":
      return list("local_date", printValue(value.value), ...printZone(value.zone));
    case "if":
      return list("if", printPred(value.cond), printValue(value.yes), printValue(value.no));
    case "function":
      return list(value.fn, ...value.args.map(printValue));
    case "json":
      return list("json", dotted(value.row, value.field), value.path, printType(value.type));
    case "part":
      return list(value.part, printValue(value.value), ...printZone(value.zone));
    case "start_of":
      return list("start_of", value.unit, printValue(value.value));
    case "elapsed":
      return list("elapsed", printValue(value.from), printValue(value.to));
    case "anniversary":
      return list(
        "anniversary",
        printValue(value.value),
        ...printZone(value.zone),
        ...(value.now === null ? [] : [printValue(value.now)]),
      );
    case "tile":
      return list("tile", String(value.tiles), ...printRanking(value.ranking, value.row));
    case "gap":
    case "group":
      return `${value.depth}.${value.kind}`;
    case "groupAggregate": {
      const over = value.of !== null ? [printValue(value.of)] : value.cond !== null ? [printPred(value.cond)] : [];
      return list(value.fn, `${value.depth}.group`, ...over);
    }
    case "periodIndex":
      return list(
        "period",
        printValue(value.value),
        printDuration(value.length),
        ...value.windows.map((window) => printBound(window.to)),
      );
    case "shift":
      return list("shift", printValue(value.value), printDuration(value.by), ...printZone(value.zone));
    case "offsets":
      return list("offsets", printValue(value.zone));
    case "zoned":
      return list(
        "zoned",
        printValue(value.zone),
        printValue(value.otherwise),
        ...value.groups.map((group) => `${group.zones[0]}…=${printValue(group.value)}`),
      );
    case "today":
      return value.zone === null ? value.kind : list(value.kind, ...printZone(value.zone));
    case "now":
      return value.kind;
    case "since":
      return list(
        `${value.unit}s_since`,
        printValue(value.value),
        ...printZone(value.zone),
        ...(value.now === null ? [] : [printValue(value.now)]),
      );
    case "condition":
      return list("condition", printPred(value.pred));
    case "when":
      return list("when", printPred(value.cond), printValue(value.value));
    default:
      return assertNever(value);
  }
}

/** Text in quotes; a decimal or float with its type, so that `3` is an integer. */
function printConst(c: Const): string {
  if (c.value === null) return `missing:${printType(c.type)}`;
  if (c.type.kind === "text") return JSON.stringify(c.value);
  if (c.type.kind === "decimal") return `${c.value}:d${c.type.precision}.${c.type.scale}`;
  if (c.type.kind === "float") return `${c.value}:f`;
  return String(c.value);
}

function printRow(row: Row): string {
  switch (row.kind) {
    case "scope":
      return row.depth === 0 ? "" : String(row.depth);
    case "link":
      return dotted(row.from, row.link);
    case "pick":
      return list(row.which, printCollection(row.collection));
    default:
      return assertNever(row);
  }
}

function dotted(row: Row, name: string): string {
  const before = printRow(row);
  return before === "" ? name : `${before}.${name}`;
}

function printCollection(collection: Collection): string {
  const base = dotted(collection.from, collection.link);
  return collection.steps.length === 0 ? base : list(base, ...collection.steps.map(printStep));
}

function printStep(step: Step): string {
  switch (step.kind) {
    case "where":
      return list("where", printPred(step.cond));
    case "window":
      return printWindow(step.window);
    case "take":
      return list(step.which, String(step.n), ...(step.by === null ? [] : [printValue(step.by)]));
    case "afterGap":
      return list("after_gap", printDuration(step.gap));
    case "neighbour":
      return list(
        `${step.negated ? "not_" : ""}${step.direction}_by`,
        printCollection(step.other),
        ...(step.within === null ? [] : [`within=${printDuration(step.within)}`]),
        ...step.same.map((field) => `same=${field}`),
      );
    case "flatten":
      return `.${step.link}`;
    case "per":
      return list("per", printValue(step.key));
    default:
      return assertNever(step);
  }
}

function printRanking({ entity, by, within, per }: Ranking, row: Row): readonly string[] {
  return [
    `by=${printValue(by)}`,
    `of=${entity}`,
    ...(within === null ? [] : [`in=${printPred(within)}`]),
    ...(per === null ? [] : [`per=${printValue(per)}`]),
    ...(row.kind === "scope" && row.depth === 0 ? [] : [`row=${printRow(row)}`]),
  ];
}

const printZone = (zone: Zone): readonly string[] => (zone === null ? [] : [`zone=${printValue(zone)}`]);

function printWindow(window: Window): string {
  const target = window.target === "date" ? ["date"] : [];
  return `[${[...target, printBound(window.from), printBound(window.to), ...printZone(window.zone)].join(" ")}]`;
}

function printBound(bound: Bound | null): string {
  if (bound === null) return "open";
  switch (bound.kind) {
    case "asOf":
      return bound.shift.amount === 0
        ? "as-of"
        : `as-of${bound.shift.amount < 0 ? "" : "+"}${printDuration(bound.shift)}`;
    case "calendar":
      return `${bound.unit}${bound.offset < 0 ? bound.offset : `+${bound.offset}`}`;
    case "value":
      return bound.edge === "start" ? printValue(bound.value) : `end:${printValue(bound.value)}`;
    case "at":
      return `@${bound.value.value}`;
    default:
      return assertNever(bound);
  }
}

const printDuration = (d: Duration): string => `${d.amount}${d.unit}`;
const ignoring = (ignoreCase: boolean): readonly string[] => (ignoreCase ? ["ignoring-case"] : []);
const list = (...parts: readonly string[]): string => `(${parts.join(" ")})`;
