import { sql } from "kysely";
import { isScalar } from "../../language/types/kinds.ts";
import type { Term } from "../plan/term.ts";
import { conditionSql } from "./condition.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { elseSql, exactSql, ifSql } from "./exact.ts";
import { floatSql } from "./float.ts";
import { number, ref, type Sql } from "./fragment.ts";
import { functionSql } from "./function.ts";
import { scalarOf } from "./scale.ts";
import { clockSql, daysSinceSql, nextReturnSql, periodsSinceSql, startOfDaySql } from "./time.ts";

const HOUR_MICROS = 3_600_000_000n;

/** A term as SQL that may stand anywhere: what must be checked of it is. */
export function termSql(by: Emitter, term: Term): Sql {
  const { operators } = by;
  switch (term.kind) {
    case "constant":
      return constantSql(by, term);
    case "cell": {
      const stored = by.stored(term.source, term.column, term.type);
      if (stored === "absent" && isScalar(term.type))
        return constantSql(by, { kind: "constant", type: term.type, value: null });
      return operators.cell(ref(term.source, term.column), term.type, stored);
    }
    case "keyText":
      return operators.keyText(termSql(by, term.value), scalarOf(term.value));
    case "column":
      return ref(term.source, term.column);
    case "arithmetic":
    case "negate":
    case "widen":
      return term.type.kind === "float" ? floatSql(by, term) : exactSql(by, term);
    case "else":
      if (term.type.kind === "integer" || term.type.kind === "decimal") return exactSql(by, term);
      return elseSql(by, term);
    case "tile": {
      const parts = sql`(${number(term.tiles)} * ${termSql(by, term.below)})`;
      return sql`(${operators.times.quotient(parts, termSql(by, term.size))} + 1)`;
    }
    case "bucket":
      return operators.bucket(termSql(by, term.seed), operators.keyText(termSql(by, term.key), scalarOf(term.key)));
    case "finite":
      return operators.numbers.finite(termSql(by, term.value));
    case "clock":
      return term.ahead === null
        ? clockSql(by, term.value)
        : operators.times.clock(termSql(by, term.value), termSql(by, term.ahead));
    case "dayOf":
      return operators.times.dayOf(termSql(by, term.value));
    case "part": {
      const value = termSql(by, term.value);
      if (term.part !== "hour") return operators.times.part(term.part, value);
      return operators.times.quotient(operators.times.microsOfDay(value), number(HOUR_MICROS));
    }
    case "startOf":
      return operators.times.startOf(term.unit, termSql(by, term.value));
    case "startOfDay":
      return startOfDaySql(by, term.value);
    case "shift":
      return shiftSql(by, term);
    case "daysSince":
      return daysSinceSql(by, term);
    case "periodsSince":
      return periodsSinceSql(by, term);
    case "elapsed": {
      const [from, to] = [termSql(by, term.from), termSql(by, term.to)];
      const isDays = term.from.type.kind === "date";
      return isDays ? operators.times.daysBetween(from, to) : operators.times.microsBetween(from, to);
    }
    case "periodIndex": {
      const [value, end] = [termSql(by, term.value), termSql(by, term.end)];
      const isDays = term.value.type.kind === "date";
      const { daysBetween, microsBetween, quotient } = operators.times;
      const before = isDays ? daysBetween(value, end) : microsBetween(value, end);
      return sql`case when ${value} < ${end} then ${quotient(sql`(${before} - 1)`, number(BigInt(term.length)))} end`;
    }
    case "nextReturn":
      return nextReturnSql(by, term);
    case "condition":
      return operators.boolean(conditionSql(by, term.condition));
    case "flag":
      return sql`case when ${conditionSql(by, term.condition)} then 1 else 0 end`;
    case "function":
      return functionSql(by, term);
    case "json":
      return operators.json(termSql(by, term.value), term.path, term.type);
    case "if":
      if (term.type.kind === "integer" || term.type.kind === "decimal") return exactSql(by, term);
      return ifSql(by, term);
    case "when":
      return sql`case when ${conditionSql(by, term.condition)} then ${termSql(by, term.value)} end`;
  }
}

function shiftSql(by: Emitter, term: Extract<Term, { kind: "shift" }>): Sql {
  const { times } = by.operators;
  const value = termSql(by, term.value);
  const { unit, amount } = term.by;
  if (unit === "month") return times.shiftMonths(value, amount);
  if (term.type.kind === "date") return times.shiftDays(value, unit === "day" ? amount : amount / 86_400);
  return times.shiftInstant(value, unit === "day" ? amount * 86_400 : amount);
}
