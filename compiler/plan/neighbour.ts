import type { Step } from "../../language/meaning/ir.ts";
import type { Duration } from "../../language/model/model.ts";
import { INTEGER, type ScalarType } from "../../language/types/type.ts";
import { comparable, widen } from "../../language/types/widen.ts";
import { addRelation, addUnion, column, expose, type RelationBuilder } from "./builder.ts";
import { reopened, type Stage } from "./element-stages.ts";
import { moveOf } from "./move.ts";
import { safe } from "./names.ts";
import type { Handle } from "./place.ts";
import type { Order } from "./plan.ts";
import { entityOf, type Planner } from "./planner.ts";
import { type Condition, type Constant, compare, known, negation, type Term } from "./term.ts";

type NeighbourStep = Extract<Step, { kind: "neighbour" }>;

/**
 * Elements with one of the others after them (or before), of the same owner and with the same fields. Both sides' instants are put into one order in
 * which an instant stands once, so that the nearest other of a later (earlier) instant is a window's minimum (maximum): the work grows with the number of
 * events, not with its square.
 */
export function neighbourStage(of: Planner, step: NeighbourStep, stage: Stage, others: Stage): Stage {
  const { relation } = stage.place;
  const sides = [sideOf(of, step, stage, others), sideOf(of, step, others, stage)] as const;
  const columns = sides[0].map(({ name }) => name);
  const marks = markedInstants(of, [relation, others.place.relation], sides, safe(`${relation.name}_marks`));
  const near = nearest(of, step, marks, columns, sides[0]);

  const next = of.newRelation(relation.name);
  const { stage: after, alias } = reopened(stage, stage.depth, next, "element");
  const here = sides[0].map(({ exposed, type }) => column(alias, exposed, type));
  const found = addRelation(next, near.relation, "near", "left", (name) =>
    columns.map((one, i) => [column(name, one, (sides[0][i] as Mark).type), here[i] as Term] as const),
  );
  const isNear = within(step, here.at(-1) as Term, column(found, near.column, (here.at(-1) as Term).type));
  next.filter.push(step.negated ? negation(isNear) : isNear);
  return after;
}

/** A value that both sides of a sequence have, as a column of one side. */
interface Mark {
  readonly name: string;
  readonly exposed: string;
  readonly type: Term["type"];
}

/** Owner, same fields and, last of all, the instant. */
function sideOf(of: Planner, step: NeighbourStep, here: Stage, there: Stage): readonly Mark[] {
  const [element, other] = [elementOf(here), elementOf(there)];
  const { relation } = here.place;
  const mark = (name: string, value: Term): Mark => ({
    name,
    exposed: expose(relation, value, name),
    type: value.type,
  });
  const same = step.same.map((field, i) => mark(`same_${i + 1}`, shared(element.field(field), other.field(field))));
  return [mark("owner", here.owner()), ...same, mark("at", element.field(entityOf(of, element.entity).at ?? ""))];
}

const elementOf = ({ place, depth }: Stage): Handle => place.rows.get(depth) as Handle;

/** The value in the type in which it is compared with that of the other side. */
function shared(value: Term, other: Term): Term {
  if (value.type.kind === "clock" || other.type.kind === "clock") return value;
  const type: ScalarType | null = widen(value.type, other.type) ?? comparable(value.type, other.type);
  const isSame = type === null || type.kind === "text" || JSON.stringify(type) === JSON.stringify(value.type);
  return isSame ? value : { kind: "widen", value, type };
}

const NONE: Constant = { kind: "constant", type: INTEGER, value: "0" };
const ONE: Constant = { kind: "constant", type: INTEGER, value: "1" };

/** Each instant of an owner and its same fields once, and whether one of the others happened then. */
function markedInstants(
  of: Planner,
  relations: readonly [RelationBuilder, RelationBuilder],
  sides: readonly [readonly Mark[], readonly Mark[]],
  name: string,
): RelationBuilder {
  const marks = of.newRelation(name);
  const parts = relations.map((relation, i) => ({
    of: relation,
    columns: [
      ...(sides[i] as readonly Mark[]).map(({ exposed }) => exposed),
      expose(relation, i === 0 ? NONE : ONE, i === 0 ? "none" : "other"),
    ],
  }));
  const names = [...sides[0].map((mark) => mark.name), "other"];
  const alias = addUnion(marks, parts, names, "m");
  marks.groupBy = sides[0].map((mark) => column(alias, mark.name, mark.type));
  for (const [i, value] of marks.groupBy.entries()) expose(marks, value, (sides[0][i] as Mark).name);
  const other = column(alias, "other", INTEGER);
  expose(marks, { kind: "aggregate", fn: "max", filter: [], of: other, share: null, type: INTEGER }, "other");
  return marks;
}

/** Beside each instant the nearest later one, or earlier one, at which one of the others happened. */
function nearest(
  of: Planner,
  { direction }: NeighbourStep,
  marks: RelationBuilder,
  names: readonly string[],
  side: readonly Mark[],
): { readonly relation: RelationBuilder; readonly column: string } {
  const relation = of.newRelation(marks.name);
  const alias = addRelation(relation, marks, "m", "from", () => []);
  const values = names.map((name, i) => column(alias, name, (side[i] as Mark).type));
  for (const [i, value] of values.entries()) expose(relation, value, names[i] as string);
  const at = values.at(-1) as Term;
  const orderBy: readonly Order[] = [{ term: at, isKnown: true, descending: false }];
  const isOther = compare(column(alias, "other", INTEGER), "=", ONE);
  const ofOther: Term = { kind: "when", condition: isOther, value: at, type: at.type as ScalarType };
  const fn = direction === "followed" ? "leastAfter" : "greatestBefore";
  const partitionBy = values.slice(0, -1);
  return {
    relation,
    column: expose(relation, { kind: "windowed", fn, of: ofOther, partitionBy, orderBy }, "near"),
  };
}

/** The end is inside: `b.at <= a.at + within`. */
function within({ direction, within: length }: NeighbourStep, at: Term, near: Term): Condition {
  if (length === null) return known(near);
  const isAhead = direction === "followed";
  const by: Duration = isAhead ? length : { ...length, amount: -length.amount };
  const end: Term = { kind: "shift", value: at, by: moveOf(by), type: at.type as ScalarType };
  return compare(near, isAhead ? "<=" : ">=", end);
}
