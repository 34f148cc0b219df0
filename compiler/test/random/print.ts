import type {
  Case,
  Gen,
  GenCollection,
  GenDivision,
  GenEntity,
  GenField,
  GenJson,
  GenList,
  GenModel,
  GenSegment,
  GenStep,
} from "./shape.ts";

const typeWord = (type: GenField["type"]): string => (type === "decimal" ? "decimal(12, 2)" : type);

function printField(field: GenField, isKey: boolean): string {
  const parts = [`  ${field.name} : ${typeWord(field.type)}`];
  if (isKey) parts.push("key");
  if (field.optional) parts.push("optional");
  if (field.column !== field.name) parts.push(`from ${JSON.stringify(field.column)}`);
  if (field.options) parts.push(`in [${field.options.map((o) => JSON.stringify(o)).join(", ")}]`);
  return parts.join(" ");
}

const mapped = ({ name, column }: GenList | GenJson): string =>
  column === name ? "optional" : `optional from ${JSON.stringify(column)}`;

const printList = (list: GenList): string => `  ${list.name} : list of ${typeWord(list.of)} ${mapped(list)}`;

function printJson(json: GenJson): string {
  const paths = json.paths.map(({ name, type }) => `${name} : ${typeWord(type)}`);
  return `  ${json.name} : json { ${paths.join("  ")} } ${mapped(json)}`;
}

function printEntity(entity: GenEntity): string {
  const h = entity.header;
  const head = [
    entity.isDefault ? "default " : "",
    entity.event ? "event" : "entity",
    ` ${entity.name} from ${entity.table}`,
  ];
  if (h.since) head.push(` since ${h.since}`);
  if (h.until) head.push(` until ${h.until}`);
  if (h.where) head.push(` where ${h.where}`);
  if (h.at) head.push(` at ${h.at}`);
  if (h.scheduled) head.push(" scheduled");
  if (h.oncePer) head.push(` once per ${h.oncePer}`);
  const fields = entity.fields.map((f) => printField(f, f.name === entity.key));
  const values = [...entity.lists.map(printList), ...entity.json.map(printJson)];
  const links = entity.links.map(
    (l) => `  ${l.name} : ${l.many ? "many " : ""}${l.target}${l.many ? "" : " optional"} by ${l.by}`,
  );
  return `${head.join("")} {\n${[...fields, ...values, ...links].join("\n")}\n}`;
}

export function printModel(model: GenModel): string {
  const parts = model.entities.map(printEntity);
  const e = model.extension;
  if (e)
    parts.push(
      `extend ${e.of} from ${e.table} by ${e.by} {\n${e.fields.map((f) => printField(f, false)).join("\n")}\n}`,
    );
  return `${parts.join("\n\n")}\n`;
}

export function printCollection(c: GenCollection): string {
  return c.path + c.steps.map(printStep).join("");
}

function printStep(s: GenStep): string {
  switch (s.kind) {
    case "where":
      return `.where(${print(s.cond)})`;
    case "window":
      return s.text;
    case "take":
      return `.${s.which}(${s.n}${s.by ? `, by: ${operand(s.by)}` : ""})`;
    case "afterGap":
      return `.after_gap(${s.gap})`;
    case "flatten":
      return `.${s.link}`;
    case "neighbour": {
      const length = s.within === null ? "" : `, within: ${s.within}`;
      const same = s.same.length === 0 ? "" : `, same: ${s.same.length === 1 ? s.same[0] : `[${s.same.join(", ")}]`}`;
      return `.${s.word}(${printCollection(s.other)}${length}${same})`;
    }
    case "per":
      return `.per(${typeof s.by === "string" ? s.by : operand(s.by)})`;
  }
}

const caseWords = (ignore: boolean): string => (ignore ? " ignoring case" : "");

/** Operands are put in parentheses wherever the language would want them, and more often than it needs. A collection counts without `.count` only beside a plain number. */
const operand = (g: Gen): string => {
  if (g.kind === "aggregate") return print({ ...g, bare: false });
  return PLAIN.has(g.kind) ? print(g) : `(${print(g)})`;
};

const PLAIN: ReadonlySet<Gen["kind"]> = new Set([
  "const",
  "field",
  "pick",
  "since",
  "function",
  "group",
  "groupAggregate",
]);

const counted = (g: Gen, beside: Gen): string =>
  g.kind === "aggregate" && (beside.kind === "const" || beside.kind === "field") ? print(g) : operand(g);

const item = (g: Gen): string => (g.kind === "and" || g.kind === "or" ? `(${print(g)})` : print(g));

export function print(g: Gen): string {
  switch (g.kind) {
    case "and":
    case "or":
      return g.items.map(item).join(` ${g.kind} `);
    case "not":
      return `not ${g.item.kind === "exists" && g.item.no ? `(${print(g.item)})` : item(g.item)}`;
    case "compare":
      return `${counted(g.left, g.right)} ${g.op} ${counted(g.right, g.left)}${caseWords(g.ignoreCase)}`;
    case "in":
      return `${operand(g.value)} ${g.negated ? "not in" : "in"} ${g.set}${caseWords(g.ignoreCase)}`;
    case "text":
      return `${operand(g.value)} ${g.op} ${g.needle}${caseWords(g.ignoreCase)}`;
    case "has":
      return `${g.path} ${g.words} ${g.value ? operand(g.value) : `[${g.set.join(", ")}]`}${caseWords(g.ignoreCase)}`;
    case "counted":
      return `${g.words} (${g.items.map(item).join(", ")})`;
    case "is":
      return `${operand(g.value)} is ${g.what}`;
    case "linked":
      return `${g.path} is ${g.what}`;
    case "truth":
      return operand(g.value);
    case "exists":
      return `${g.no ? "no " : ""}${printCollection(g.collection)}`;
    case "segment":
      return g.name;
    case "rank": {
      const { by, of, per } = g.ranking;
      const clauses = [` by ${operand(by)}`, of ? ` of (${print(of)})` : "", per ? ` per ${operand(per)}` : ""];
      return `${g.which} ${g.amount}${clauses.join("")}${g.ties ? " with ties" : ""}`;
    }
    case "sample":
      return `sample(${g.share}, "${g.seed}")`;
    case "tile": {
      const { by, of, per } = g.ranking;
      const args = [...(g.tiles ? [g.tiles] : []), operand(by), ...(of ? [`of: (${print(of)})`] : [])];
      return `${g.fn}(${[...args, ...(per ? [`per: ${operand(per)}`] : [])].join(", ")})`;
    }
    case "const":
      return g.text;
    case "field":
      return g.path;
    case "aggregate":
      return g.bare
        ? printCollection(g.collection)
        : `${printCollection(g.collection)}.${g.fn}${g.of ? `(${operand(g.of)})` : ""}`;
    case "pick":
      return `${printCollection(g.collection)}.${g.which}.${g.path}`;
    case "arithmetic":
      return `${operand(g.left)} ${g.op} ${operand(g.right)}`;
    case "else":
      return `${operand(g.value)} else ${operand(g.fallback)}`;
    case "if":
      return `if ${print(g.cond)} then ${operand(g.yes)} else ${operand(g.no)}`;
    case "function":
      return `${g.fn}(${g.args.map(operand).join(", ")})`;
    case "group":
      return "group";
    case "groupAggregate":
      return g.of ? `${g.fn}(${g.of.kind === "aggregate" ? operand(g.of) : print(g.of)})` : g.fn;
    case "since":
      return `${g.fn}(${operand(g.value)})`;
  }
}

export const printSegment = (s: GenSegment): string => `segment ${s.name} of ${s.of} where ${print(s.cond)}`;

export function printDivision(d: GenDivision): string {
  const block = (lines: readonly string[]): string => ` {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;
  const head = `${d.kind} ${d.name} of ${d.of}`;
  switch (d.kind) {
    case "segmentation":
      return head + block([...d.conds.map((cond, i) => `T${i} : ${print(cond)}`), "Rest : otherwise"]);
    case "split":
      return `${head} seed ${JSON.stringify(d.seed)}${block(d.shares.map((share, i) => `A${i} : ${share}`))}`;
    case "snapshot":
      return `${head} as of 2026-01-31`;
  }
}

export const printSegments = (c: Pick<Case, "segments" | "divisions">): string =>
  `${[...c.segments.map(printSegment), ...c.divisions.map(printDivision)].join("\n")}\n`;
