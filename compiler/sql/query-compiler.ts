import {
  type CommonTableExpressionNode,
  DefaultQueryCompiler,
  type IdentifierNode,
  ListNode,
  type OperationNode,
  type SelectQueryNode,
  SetOperationNode,
  type WhereNode,
  type WithNode,
} from "kysely";
import { InternalError } from "../../language/text/assert.ts";
import type { Dialect } from "./dialect.ts";
import { isBound } from "./fragment.ts";
import type { Parameter } from "./statement.ts";

/** A compiled query. */
export interface Compiled {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** How deep parentheses and cases lie in one another. */
  readonly depth: number;
  /** How deep `case` alone do; `coalesce` and `nullif` are ones that are written short. */
  readonly cases: number;
}

/** Writes a query tree in the dialect. Same tree, same text. Throws `TooMuchText` where it is longer than so many units of UTF-16. */
export function compileQuery(
  dialect: Dialect,
  inline: boolean,
  node: OperationNode,
  longest: number = Number.POSITIVE_INFINITY,
): Compiled {
  const compiler = new SegmentQueryCompiler(dialect, inline, longest);
  const { sql } = compiler.compileQuery(node as SelectQueryNode, { queryId: "" });
  return { sql, parameters: compiler.bound, depth: compiler.deepest, cases: compiler.mostCases };
}

/** The text became longer than the statement may be. */
export class TooMuchText extends Error {
  override readonly name = "TooMuchText";
}

/**
 * Kysely's compiler with the dialect's quotes, placeholders and literals, and with one clause a line. A value that occurs twice is one parameter, where the engine can say so.
 * Of all of SQL it knows the `select` that this folder builds.
 */
class SegmentQueryCompiler extends DefaultQueryCompiler {
  readonly bound: Parameter[] = [];
  /** How deep parentheses and cases lay in one another. */
  deepest = 0;
  mostCases = 0;
  /** What is open, and whether it is a `case`. */
  readonly #open: boolean[] = [];
  #cases = 0;
  readonly #dialect: Dialect;
  readonly #inline: boolean;
  readonly #longest: number;
  readonly #placeholders = new Map<string, string>();
  #depth = 0;
  #length = 0;

  constructor(dialect: Dialect, inline: boolean, longest: number) {
    super();
    this.#dialect = dialect;
    this.#inline = inline;
    this.#longest = longest;
  }

  protected override visitIdentifier(node: IdentifierNode): void {
    this.#appendQuoted(this.#dialect.identifier(node.name));
  }

  protected override append(text: string): void {
    for (const [token] of text.matchAll(/'(?:[^']|'')*'|(?:\b(?:coalesce|nullif))?\(|\)|\b(?:case|end)\b/g)) {
      if (token.startsWith("'")) continue;
      if (token === ")" || token === "end") this.#close();
      else this.#enter(token !== "(");
    }
    this.#appendQuoted(text);
  }

  #enter(isCase: boolean): void {
    this.#open.push(isCase);
    if (isCase) this.#cases++;
    this.deepest = Math.max(this.deepest, this.#open.length);
    this.mostCases = Math.max(this.mostCases, this.#cases);
  }

  #close(): void {
    if (this.#open.pop() === true) this.#cases--;
  }

  /** Text whose parentheses are none: a name, or a value. */
  #appendQuoted(text: string): void {
    this.#length += text.length;
    if (this.#length > this.#longest) throw new TooMuchText();
    super.append(text);
  }

  /** The one place where a value meets SQL: also those of lists, which do not pass `visitValue`. */
  protected override appendValue(value: unknown): void {
    if (!isBound(value)) throw new InternalError("a value that is no parameter");
    const { parameter } = value;
    if (this.#inline) {
      this.#appendQuoted(this.#dialect.literal(parameter));
      return;
    }
    const key = JSON.stringify([parameter.type, parameter.value]);
    const known = this.#dialect.repeats ? this.#placeholders.get(key) : undefined;
    if (known !== undefined) {
      this.append(known);
      return;
    }
    this.bound.push(parameter);
    const placeholder = this.#dialect.placeholder(this.bound.length, parameter);
    this.#placeholders.set(key, placeholder);
    this.append(placeholder);
  }

  protected override appendImmediateValue(): void {
    throw new InternalError("an immediate value");
  }

  #line(): void {
    this.append(`\n${"  ".repeat(this.#depth)}`);
  }

  #inside(work: () => void): void {
    this.#depth++;
    work();
    this.#depth--;
  }

  #lines(nodes: readonly OperationNode[], separator: string): void {
    nodes.forEach((node, index) => {
      if (index > 0) {
        this.append(separator);
        this.#line();
      }
      this.visitNode(node);
    });
  }

  protected override visitSelectQuery(node: SelectQueryNode): void {
    const parent = this.parentNode;
    const isNested = parent !== undefined && !SetOperationNode.is(parent);
    if (!isNested) {
      this.#select(node);
      if (parent === undefined && this.#dialect.settings !== undefined) {
        this.#line();
        this.append(this.#dialect.settings);
      }
      return;
    }
    this.append("(");
    this.#inside(() => {
      this.#line();
      this.#select(node);
    });
    this.#line();
    this.append(")");
  }

  #select(node: SelectQueryNode): void {
    if (node.with !== undefined) {
      this.visitNode(node.with);
      this.#line();
    }
    this.append("select");
    const selections = node.selections ?? [];
    if (selections.length === 1) {
      this.append(" ");
      this.compileList(selections);
    } else
      this.#inside(() => {
        this.#line();
        this.#lines(selections, ",");
      });
    for (const clause of [node.from, ...(node.joins ?? []), node.where, node.groupBy, node.having]) {
      if (clause === undefined) continue;
      this.#line();
      this.visitNode(clause);
    }
    for (const clause of [...(node.setOperations ?? []), node.orderBy, node.limit]) {
      if (clause === undefined) continue;
      this.#line();
      this.visitNode(clause);
    }
  }

  protected override visitWith(node: WithNode): void {
    this.append("with");
    this.#inside(() => {
      this.#line();
      this.#lines(node.expressions, ",");
    });
  }

  protected override visitCommonTableExpression(node: CommonTableExpressionNode): void {
    this.visitNode(node.name);
    this.append(node.materialized ? " as materialized " : " as ");
    this.visitNode(node.expression);
  }

  protected override visitSetOperation(node: SetOperationNode): void {
    this.append(`${node.operator}${node.all ? " all" : ""}`);
    this.#line();
    this.visitNode(node.expression);
  }

  /** A list of conditions, of which all hold, stands on lines of its own. */
  protected override visitWhere(node: WhereNode): void {
    this.append("where ");
    if (!ListNode.is(node.where)) {
      this.visitNode(node.where);
      return;
    }
    const { items } = node.where;
    this.#inside(() => {
      items.forEach((item, index) => {
        if (index > 0) {
          this.#line();
          this.append("and ");
        }
        this.visitNode(item);
      });
    });
  }
}
