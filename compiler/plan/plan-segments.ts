import type { Program } from "../../language/meaning/program.ts";
import { InternalError } from "../../language/text/assert.ts";
import { INTEGER } from "../../language/types/type.ts";
import { addRelation, column, expose, inOrder, type RelationBuilder } from "./builder.ts";
import { subjectHome } from "./member.ts";
import { safe } from "./names.ts";
import type { Place } from "./place.ts";
import type { Plan } from "./plan.ts";
import { type Planner, planner } from "./planner.ts";
import { staging } from "./stages.ts";
import { atom, type Condition, type Substitution, substitute, substituteIn, type Term } from "./term.ts";
import { conditionOf, TRANSLATION } from "./translate.ts";

/**
 * Plans segments of one entity together. `program` is bound and normal; `asOf` and `zone` are those it was bound for.
 * Time: linear in the expanded program. What several ask is asked once.
 */
export function planSegments(program: Program, segments: readonly string[], asOf: bigint, zone: string): Plan {
  const of = planner(program, asOf, zone, TRANSLATION);
  const entity = program.segments.get(segments[0] ?? "")?.entity;
  if (entity === undefined) throw new InternalError("no segment to plan");
  const people = of.newRelation("people");
  const opened = subjectHome(of, entity).open(people);
  const { stages, isStaged } = staging(of, segments);
  const place: Place = {
    relation: people,
    ...opened,
    reference: (segment) => (isStaged(segment) ? atom({ kind: "staged", segment }) : membership(segment)),
  };
  const membership = (segment: string): Condition => {
    const found = program.segments.get(segment);
    if (found === undefined) throw new InternalError(`no segment ${segment}`);
    return conditionOf(of, found.condition, place);
  };
  const staged = stages.map((names) => names.map((name) => ({ name, condition: membership(name) })));
  const wanted = segments.map((segment) => ({
    segment,
    condition: isStaged(segment) ? atom({ kind: "staged", segment }) : membership(segment),
  }));
  const last = stageAll(of, people, staged);
  const key = substitute(opened.id, last.here);
  const memberships = wanted.map(({ segment, condition }) => ({
    segment,
    condition: substituteIn(condition, last.here),
  }));
  return {
    entity,
    // After everything is asked for, so that every relation has all its columns.
    relations: inOrder(last.relation),
    people: { sources: last.relation.sources, filter: last.relation.filter },
    key,
    memberships,
    keyed: [...of.keyed].map(([name, extensions]) => ({
      entity: name,
      extensions: [...extensions].sort((a, b) => a - b),
    })),
  };
}

/** A relation over people, and what stands there for a column of `people` and for a segment. */
interface Stage {
  readonly relation: RelationBuilder;
  readonly here: Substitution;
}

/** People, or a chain of relations over them: each adds columns for segments and hands on those that later ones ask for. */
function stageAll(
  of: Planner,
  people: RelationBuilder,
  staged: readonly (readonly { readonly name: string; readonly condition: Condition }[])[],
): Stage {
  let last: Stage = {
    relation: people,
    here: {
      column: (found) => found,
      staged: (segment) => {
        throw new InternalError(`${segment} is not staged yet`);
      },
    },
  };
  for (const names of staged) {
    const before = last;
    const relation = before.relation;
    const next = of.newRelation("stage");
    const alias = addRelation(next, relation, relation === people ? "person" : "stage", "from", () => []);
    const flags = new Map<string, Term>();
    const handed = (term: Term, hint: string): Term => column(alias, expose(relation, term, hint), term.type);
    for (const { name, condition } of names) {
      const flag: Term = { kind: "flag", condition: substituteIn(condition, before.here), type: INTEGER };
      flags.set(name, handed(flag, safe(name)));
    }
    last = {
      relation: next,
      here: {
        column: (found) => handed(substitute(found, before.here), found.column),
        staged: (segment) => {
          const flag = flags.get(segment);
          if (flag !== undefined) return { kind: "flag", flag };
          const earlier = before.here.staged(segment);
          return earlier.kind === "flag" ? { kind: "flag", flag: handed(earlier.flag, safe(segment)) } : earlier;
        },
      },
    };
  }
  return last;
}
