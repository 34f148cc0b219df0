import type { CaseDecl, PersonDecl, TestDecl, TestObject, TestValue } from "../syntax/claim-nodes.ts";
import { writeText } from "../syntax/literals.ts";
import { displayWidth } from "../text/width.ts";
import { block, widthOf } from "./block.ts";
import type { Cursor } from "./cursor.ts";
import { front } from "./division.ts";
import { BLANK, concat, type Doc, group, LINE, NOTHING, nest, SOFT } from "./doc.ts";
import { dropCommas, expression, INDENT } from "./expression.ts";

/** A test: what everybody has on its first line, and a line for each case, the colons one below the other. */
export function test(c: Cursor, node: TestDecl): Doc {
  const { given } = node;
  const parts = [front(c, (token) => token.type === "LCurly")];
  if (given !== null) parts.push(c.before(BLANK), object(c, given));
  const width = widthOf(node.cases.map(({ title }) => writeText(title.value)));
  return concat([...parts, c.before(BLANK), block(c, node.cases, (one) => caseDoc(c, one, width))]);
}

function caseDoc(c: Cursor, one: CaseDecl, width: number): Doc {
  const title = titleDoc(c, one.title.value, width);
  if (!one.isPeople) return concat([title, ...one.people.map((person) => personDoc(c, person))]);
  const names = widthOf(one.people.map((person) => writeText(person.title?.value ?? "")));
  const named = (person: PersonDecl): Doc =>
    concat([titleDoc(c, person.title?.value ?? "", names), personDoc(c, person)]);
  return nest(INDENT, [title, c.take(), c.before(BLANK), block(c, one.people, named)]);
}

/** `"four orders"  : `. */
function titleDoc(c: Cursor, title: string, width: number): Doc {
  const padding = " ".repeat(Math.max(0, width - displayWidth(writeText(title))));
  return concat([c.take(), padding, c.before(BLANK), c.take(), c.before(BLANK)]);
}

function personDoc(c: Cursor, { object: own, outcome }: PersonDecl): Doc {
  const parts = [object(c, own)];
  if (outcome !== null) parts.push(c.before(BLANK), c.take(), c.before(BLANK), c.take());
  return concat(parts);
}

/** `{ region: "EU"  country: "FR" }`: two blanks part the fields on one line. */
function object(c: Cursor, { fields }: TestObject): Doc {
  const open = c.take();
  const inside: Doc[] = [];
  dropCommas(c);
  for (const [i, field] of fields.entries()) {
    inside.push(c.before(i === 0 ? LINE : { kind: "line", flat: "  " }));
    inside.push(c.take(), ":", c.before(BLANK), valueDoc(c, field.value));
    dropCommas(c);
  }
  const isEmpty = fields.length === 0 && !c.hasComments();
  return group([open, nest(INDENT, inside), c.beforeClosing(isEmpty ? NOTHING : LINE, INDENT), c.take()]);
}

function valueDoc(c: Cursor, value: TestValue): Doc {
  switch (value.kind) {
    case "object":
      return object(c, value);
    case "copies":
      return concat([c.take(), c.before(BLANK), c.take(), c.before(BLANK), object(c, value.object)]);
    case "listing":
      return listing(c, value.items);
    case "plain":
      return expression(c, value.value);
    case "absent":
      return c.take();
  }
}

/** `[3 of { … }, { … }]`, with or without commas in the source. */
function listing(c: Cursor, items: readonly TestValue[]): Doc {
  const open = c.take();
  const inside: Doc[] = [];
  dropCommas(c);
  for (const [i, item] of items.entries()) {
    if (i > 0) inside.push(",");
    inside.push(c.before(i === 0 ? SOFT : LINE), valueDoc(c, item));
    dropCommas(c);
  }
  return group([open, nest(INDENT, inside), c.beforeClosing(SOFT, INDENT), c.take()]);
}
