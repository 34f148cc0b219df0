import { type OperationNode, sql } from "kysely";
import { offsets } from "../../language/meaning/calendar.ts";
import { INTEGER } from "../../language/types/type.ts";
import { namer } from "../plan/names.ts";
import type { Relation } from "../plan/plan.ts";
import type { Dialect, Operators } from "./dialect.ts";
import { type Emitter, listJson, listTexts } from "./emitter.ts";
import { joined, ref, type Sql } from "./fragment.ts";
import type { Named } from "./query.ts";
import { type Storage, storageKey } from "./storage.ts";

/** A column that the engine cannot read exactly. */
export interface Finding {
  readonly table: readonly string[];
  readonly column: string;
  readonly digits: number;
  readonly most: number;
}

/** The writing of one statement: emitters for its relations, the lists they ask for, and what cannot be said. */
export interface Writing {
  readonly emitterOf: (relation: Pick<Relation, "sources">) => Emitter;
  readonly lists: () => readonly Named[];
  /** The relation of the engine's clock, where something reads it: it stands before all others. */
  readonly clock: () => readonly Named[];
  readonly findings: readonly Finding[];
}

export interface WritingOptions {
  readonly dialect: Dialect;
  readonly storage: Storage;
  readonly inline: boolean;
  readonly zone: string;
  readonly longestList: number;
  /** Names that are taken. */
  readonly names: readonly string[];
}

/** Starts a statement. */
export function writing({ dialect, storage, inline, zone, longestList, names }: WritingOptions): Writing {
  const operators = dialect.operators(storage);
  const taken = namer(names);
  const lists = new Map<string, Named>();
  const clock = clockOf(operators, taken.name("clock"));
  const findings = new Map<string, Finding>();
  const most = dialect.limits.decimalDigits(storage);
  const emitterOf = ({ sources }: Pick<Relation, "sources">): Emitter => {
    const tables = new Map(sources.map(({ alias, of }) => [alias, of.kind === "table" ? of.table : null] as const));
    let readsClock = false;
    const emitter: Emitter = {
      dialect,
      operators,
      inline,
      longestList,
      zone,
      offsets: offsets(zone),
      stored(source, column, type) {
        const table = tables.get(source);
        if (table === null || table === undefined) return null;
        if (type.kind === "decimal" && type.precision > most)
          findings.set(storageKey(table, column), { table, column, digits: type.precision, most });
        return storage.columns.get(storageKey(table, column)) ?? null;
      },
      clock(ahead) {
        readsClock = true;
        return clock.column(ahead);
      },
      clockSource: () => (readsClock ? clock.source : null),
      list(options) {
        const texts = listTexts(operators, options);
        const key = `${options[0]?.type.kind} ${JSON.stringify(texts)}`;
        const known = lists.get(key);
        if (known !== undefined) return known.name;
        const type = options[0]?.type ?? INTEGER;
        const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
        const values = operators.list(listJson(emitter, options), type, longest);
        const made: Named = { name: taken.name("list"), node: sql`(${values})`.toOperationNode() as OperationNode };
        lists.set(key, made);
        return made.name;
      },
    };
    return emitter;
  };
  return {
    emitterOf,
    lists: () => [...lists.values()],
    clock: clock.named,
    get findings() {
      return [...findings.values()];
    },
  };
}

/** One row with the instants that are so many seconds after the engine's clock, which it reads once. */
function clockOf({ times }: Operators, name: string) {
  const columns = new Map<number, string>();
  const now = "now";
  const shifted = (ahead: number): Sql => (ahead === 0 ? ref("n", now) : times.shiftInstant(ref("n", now), ahead));
  return {
    source: sql`${sql.id(name)}` as Sql,
    column(ahead: number): Sql {
      const column = columns.get(ahead) ?? (ahead === 0 ? now : `at${columns.size + 1}`);
      columns.set(ahead, column);
      return ref(name, column);
    },
    named(): readonly Named[] {
      if (columns.size === 0) return [];
      const selected = [...columns].map(([ahead, column]) => sql`${shifted(ahead)} as ${sql.id(column)}`);
      const node = sql`(select ${joined(selected, ", ")} from (select ${times.now} as ${sql.id(now)}) as ${sql.id("n")})`;
      return [{ name, node: node.toOperationNode() as OperationNode }];
    },
  };
}
