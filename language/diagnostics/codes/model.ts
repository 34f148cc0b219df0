import { entry } from "../entry.ts";

const didYouMean = (suggestion: string | null) => (suggestion === null ? null : `Did you mean \`${suggestion}\`?`);

/** A whole model, for what is wrong with one line of it. */
const shop = (line: string) => `default entity Customer from customers {\n  customer_id : text key\n  ${line}\n}`;

/** An event beside the customers it belongs to. */
const order = (header: string, lines: string) =>
  `${shop("orders      : many Order by customer_id")}\nevent Order ${header} {\n  ${lines}\n}`;

/** SEG70xx: fields, links and their types. SEG71xx: headers and extensions. */
export const MODEL = {
  "unknown-type": entry<{ name: string; suggestion: string | null }>({
    number: "SEG7001",
    severity: "error",
    message: (p) => `There is no type \`${p.name}\`.`,
    help: (p) =>
      didYouMean(p.suggestion) ??
      "Types are `text`, `boolean`, `integer`, `decimal(12, 2)`, `float`, `date`, `timestamp`, `list of …`, `json { … }`, and links to entities.",
    explain:
      "A field's type decides how its column is read and what may be asked of it. The names of types are the same for every engine.",
    bad: shop("region      : string"),
    good: shop("region      : text"),
  }),
  "decimal-digits": entry<{ text: string }>({
    number: "SEG7002",
    severity: "error",
    message: (p) => `\`${p.text}\` does not say how many digits the number has.`,
    help: () =>
      "Write how many digits in all and how many of them after the point: `decimal(12, 2)`. At most 29 stand before the point and 9 after it.",
    explain:
      "Money is exact. `decimal(12, 2)` has twelve digits, two of them after the point. 29 digits before and 9 after the point are what every engine can keep.",
    bad: shop("credit      : decimal(12, 10)"),
    good: shop("credit      : decimal(12, 2)"),
  }),
  "type-takes-nothing": entry<{ name: string }>({
    number: "SEG7003",
    severity: "error",
    message: (p) => `\`${p.name}\` takes nothing in parentheses.`,
    help: (p) => `Write \`${p.name}\`.`,
    explain: "Only `decimal` says how large it is. A text may be as long as it is; an integer has 64 bits.",
    bad: shop("region      : text(20)"),
    good: shop("region      : text"),
  }),
  "list-of-many": entry<{ type: string }>({
    number: "SEG7004",
    severity: "error",
    message: (p) => `A list cannot hold \`${p.type}\`.`,
    help: () => "Write `list of text`, or another type of a single value.",
    explain:
      "A list is a column that holds several single values, such as interests. What is more than that is a table of its own, with a link to many.",
    bad: shop("interests   : list of list of text"),
    good: shop("interests   : list of text"),
  }),
  "json-path-type": entry<{ type: string }>({
    number: "SEG7005",
    severity: "error",
    message: (p) => `A path of a JSON value cannot be \`${p.type}\`.`,
    help: () => "Paths are `text`, `boolean`, `integer` or `float`.",
    explain:
      "JSON itself knows texts, numbers and yes/no. Dates and exact decimals inside it are texts; a column of their own gives them their type.",
    bad: shop("payload     : json { channel : text  placed : date }"),
    good: shop("payload     : json { channel : text  placed : text }"),
  }),
  "duplicate-path": entry<{ name: string }>({
    number: "SEG7006",
    severity: "error",
    message: (p) => `\`${p.name}\` is declared twice in this JSON value.`,
    help: () => "Keep one of them.",
    explain: "A path has one type; two lines for it cannot both be true.",
    bad: shop("payload     : json { channel : text  channel : integer }"),
    good: shop("payload     : json { channel : text  coupon : text }"),
  }),
  "duplicate-field": entry<{ name: string; entity: string }>({
    number: "SEG7007",
    severity: "error",
    message: (p) => `\`${p.entity}\` already has a field \`${p.name}\`.`,
    help: () => "Give it another name; `from` keeps the name of the column.",
    explain:
      "Fields, links and the fields of every `extend` of an entity share one set of names, so that a name in a segment means one thing. The first one counts.",
    bad: shop("region      : text\n  region      : integer"),
    good: shop('region      : text\n  region_code : integer from "region"'),
  }),
  "link-without-column": entry<{ name: string; target: string }>({
    number: "SEG7008",
    severity: "error",
    message: (p) => `\`${p.target}\` is an entity, and nothing says by which column \`${p.name}\` finds it.`,
    help: (p) =>
      `Write \`${p.name} : ${p.target} by …\` with the column of this table that holds its key, or \`many ${p.target} by …\` with the column of that table.`,
    explain: "A link follows a column: to one by a column of this table, to many by a column of the other table.",
    bad: `${shop("account     : Account")}\nentity Account from accounts {\n  account_id : text key\n}`,
    good: `${shop("account     : Account by account_id")}\nentity Account from accounts {\n  account_id : text key\n}`,
  }),
  "unknown-link-target": entry<{ name: string; suggestion: string | null }>({
    number: "SEG7009",
    severity: "error",
    message: (p) => `There is no entity \`${p.name}\` to link to.`,
    help: (p) => didYouMean(p.suggestion) ?? "A link leads to an `entity` or `event` that the model declares.",
    explain:
      "A link leads from the rows of one entity to those of another, which the model has to declare in any of its files.",
    bad: `${shop("account     : Acount by account_id")}\nentity Account from accounts {\n  account_id : text key\n}`,
    good: `${shop("account     : Account by account_id")}\nentity Account from accounts {\n  account_id : text key\n}`,
  }),
  "nothing-to-find-by": entry<{ entity: string; link: string }>({
    number: "SEG7010",
    severity: "error",
    message: (p) => `\`${p.link}\` needs the key of \`${p.entity}\`, which has none.`,
    help: (p) => `Put \`key\` after the type of the field of \`${p.entity}\` that is different in every row.`,
    explain:
      "A link joins a column with a key: to one, it is the key of where it leads; to many, the key of where it starts; the columns of an `extend` are found by the key of what they extend.",
    bad: `${order("from orders at placed_at", "placed_at : timestamp\n  items     : many Item by order_id")}\nentity Item from items {\n  item_id : text key\n}`,
    good: `${order("from orders at placed_at", "order_id  : text key\n  placed_at : timestamp\n  items     : many Item by order_id")}\nentity Item from items {\n  item_id : text key\n}`,
  }),
  "link-column-type": entry<{ column: string; type: string; key: string; keyType: string }>({
    number: "SEG7011",
    severity: "error",
    message: (p) =>
      `\`${p.column}\` is \`${p.type}\` and the key \`${p.key}\` is \`${p.keyType}\`, so they never meet.`,
    help: () => "Give both the same type.",
    explain:
      "A link holds a column against a key. Text never equals a number, so a link between the two would find nothing.",
    bad: `${shop("account_no  : integer\n  account     : Account by account_no")}\nentity Account from accounts {\n  account_id : text key\n}`,
    good: `${shop("account_no  : text\n  account     : Account by account_no")}\nentity Account from accounts {\n  account_id : text key\n}`,
  }),
  "constraint-of-type": entry<{ type: string }>({
    number: "SEG7012",
    severity: "error",
    message: (p) => `What follows \`in\` cannot describe \`${p.type}\`.`,
    help: () => "Lists describe texts, numbers and dates; ranges describe numbers and dates.",
    explain:
      "`in […]` lists the values that a field has, `in 0..` gives their bounds. Editors offer them and check what segments compare them with.",
    bad: shop("is_test     : boolean in [true]"),
    good: shop("is_test     : boolean"),
  }),
  "constraint-form": entry<{ name: string }>({
    number: "SEG7013",
    severity: "error",
    message: (p) => `What describes \`${p.name}\` is not written out as values.`,
    help: () => 'Write a list of values such as `in ["EU", "NA"]`, or a range such as `in 0..`.',
    explain: "What a model promises of a field stands in the field's own line, value by value; it cannot be computed.",
    bad: shop("birth_date  : date in ..today"),
    good: shop("birth_date  : date in 1900-01-01.."),
  }),
  "constraint-value": entry<{ text: string; type: string }>({
    number: "SEG7014",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a value of type \`${p.type}\`.`,
    help: () => "Write a value of the field's own type.",
    explain: "A field can only have values of its type, so a list or range of other values promises nothing.",
    bad: shop('region      : text in ["EU", 7]'),
    good: shop('region      : text in ["EU", "7"]'),
  }),
  "nothing-allowed": entry<{ text: string }>({
    number: "SEG7015",
    severity: "error",
    message: (p) => `\`${p.text}\` leaves no value for the field.`,
    help: () => "Write at least one value, or the smaller end of a range first.",
    explain:
      "An empty list, or a range whose first end is greater than its second, would promise that the field never has a value.",
    bad: shop("score       : float in 1..0"),
    good: shop("score       : float in 0..1"),
  }),
  "several-keys": entry<{ entity: string; first: string }>({
    number: "SEG7016",
    severity: "error",
    message: (p) => `\`${p.entity}\` already has the key \`${p.first}\`.`,
    help: () => "Keep one; for a key of several columns, let a view of the database join them into one.",
    explain: "A row has one key: it is what lists of members hold, and what other tables refer to.",
    bad: shop("email       : text key"),
    good: shop("email       : text"),
  }),
  "key-type": entry<{ name: string; type: string }>({
    number: "SEG7017",
    severity: "error",
    message: (p) => `A key is \`text\` or \`integer\`, and \`${p.name}\` is \`${p.type}\`.`,
    help: () => "Give it the type `text` or `integer`.",
    explain:
      "Keys are compared exactly, sorted and written into files. Texts and whole numbers are the same in all of that on every engine.",
    bad: "default entity Customer from customers {\n  customer_id : float key\n}",
    good: "default entity Customer from customers {\n  customer_id : integer key\n}",
  }),
  "optional-key": entry<{ name: string }>({
    number: "SEG7018",
    severity: "error",
    message: (p) => `The key \`${p.name}\` cannot be optional.`,
    help: () => "Remove `optional`.",
    explain: "Every row is known by its key. A run stops where one is missing.",
    bad: "default entity Customer from customers {\n  customer_id : text key optional\n}",
    good: "default entity Customer from customers {\n  customer_id : text key\n}",
  }),
  "key-in-extension": entry<{ name: string; entity: string }>({
    number: "SEG7019",
    severity: "error",
    message: (p) => `\`${p.name}\` cannot be a key: the rows are found by the key of \`${p.entity}\`.`,
    help: () => "Remove `key`.",
    explain: "An `extend` adds columns to rows that exist already. The column after its `by` holds their key.",
    bad: `${shop("region      : text")}\nextend Customer from scores by customer_id {\n  score_id : text key\n}`,
    good: `${shop("region      : text")}\nextend Customer from scores by customer_id {\n  score_id : text\n}`,
  }),
  "missing-type": entry<{ name: string; word: string }>({
    number: "SEG7020",
    severity: "error",
    message: (p) => `\`${p.name}\` has no type.`,
    help: (p) => `Write its type before \`${p.word}\`, such as \`text\`.`,
    explain: "The type of a field stands right after its colon; whether it is a key or optional comes after the type.",
    bad: "default entity Customer from customers {\n  customer_id : key\n}",
    good: "default entity Customer from customers {\n  customer_id : text key\n}",
  }),
  "missing-key": entry<{ name: string }>({
    number: "SEG7101",
    severity: "error",
    message: (p) => `\`${p.name}\` has no key.`,
    help: () => "Put `key` after the type of the field that is different in every row.",
    explain: "Members of a segment are listed by their key, so every entity has one. Events may do without.",
    bad: "default entity Customer from customers {\n  customer_id : text\n}",
    good: "default entity Customer from customers {\n  customer_id : text key\n}",
  }),
  "missing-time": entry<{ name: string }>({
    number: "SEG7102",
    severity: "error",
    message: (p) => `Nothing says when \`${p.name}\` happens.`,
    help: (p) => `Write \`at\` and a date or timestamp field before the \`{\`, or declare it as \`entity ${p.name}\`.`,
    explain:
      "An event happens at a time; windows such as `.last90d` ask after it. Rows that have no such time are an `entity`.",
    bad: order("from orders", "placed_at : timestamp"),
    good: order("from orders at placed_at", "placed_at : timestamp"),
  }),
  "repeated-clause": entry<{ clause: string }>({
    number: "SEG7103",
    severity: "error",
    message: (p) => `\`${p.clause}\` stands in this header twice.`,
    help: () => "Keep one of them.",
    explain: "Each part of a header is said once; two of them would contradict each other.",
    bad: "default entity Customer from customers since joined since born {\n  customer_id : text key\n  joined      : date\n  born        : date\n}",
    good: "default entity Customer from customers since joined {\n  customer_id : text key\n  joined      : date\n  born        : date\n}",
  }),
  "misplaced-clause": entry<{ clause: string; word: string; instead: string }>({
    number: "SEG7104",
    severity: "error",
    message: (p) => `\`${p.clause}\` does not belong to ${p.word}.`,
    help: (p) => p.instead,
    explain:
      "`since`, `until`, `where`, `fresh within` and `keeps` stand in the header of an entity or event; `at`, `scheduled` and `once per` in that of an event; `by` and `fresh within` in that of an `extend`.",
    bad: "default entity Customer from customers scheduled {\n  customer_id : text key\n}",
    good: "default entity Customer from customers {\n  customer_id : text key\n}",
  }),
  "unknown-header-field": entry<{ clause: string; name: string; entity: string; suggestion: string | null }>({
    number: "SEG7105",
    severity: "error",
    message: (p) => `\`${p.clause}\` names \`${p.name}\`, which is no field of \`${p.entity}\`.`,
    help: (p) => didYouMean(p.suggestion) ?? `Declare it: \`${p.name} : timestamp\`.`,
    explain:
      "`since`, `until` and `at` name a field of the entity itself, since whether it holds days or instants must be known.",
    bad: order("from orders at place_at", "placed_at : timestamp"),
    good: order("from orders at placed_at", "placed_at : timestamp"),
  }),
  "header-field-type": entry<{ clause: string; name: string; type: string; wanted: string }>({
    number: "SEG7106",
    severity: "error",
    message: (p) => `\`${p.clause}\` needs ${p.wanted}, and \`${p.name}\` is \`${p.type}\`.`,
    help: (p) => `Name another field, or give \`${p.name}\` the type that its column really has.`,
    explain:
      "`since`, `until` and `at` are held against the moment of evaluation, so they are dates or timestamps. `once per` compares single values.",
    bad: order("from orders at placed", "placed : text"),
    good: order("from orders at placed", "placed : date"),
  }),
  "not-a-duration": entry<{ clause: string }>({
    number: "SEG7107",
    severity: "error",
    message: (p) => `\`${p.clause}\` needs a length of time.`,
    help: () => "Write a number and a unit, such as `24h`, `7d` or `3y`.",
    explain: "`fresh within 24h` says how late a table may be, `keeps 3y` how far back it reaches.",
    bad: order("from orders at placed fresh within 24", "placed : date"),
    good: order("from orders at placed fresh within 24h", "placed : date"),
  }),
  "several-defaults": entry<{ name: string; first: string }>({
    number: "SEG7108",
    severity: "error",
    message: (p) => `\`${p.first}\` is already the default entity.`,
    help: (p) => `Remove \`default\` before \`${p.name}\` or before \`${p.first}\`.`,
    explain: "A segment that does not say what it is about is about the default entity, so there is one of them.",
    bad: "default entity Customer from customers {\n  customer_id : text key\n}\ndefault entity Shop from shops {\n  shop_id : text key\n}",
    good: "default entity Customer from customers {\n  customer_id : text key\n}\nentity Shop from shops {\n  shop_id : text key\n}",
  }),
  "unknown-extended": entry<{ name: string; suggestion: string | null }>({
    number: "SEG7109",
    severity: "error",
    message: (p) => `There is no entity \`${p.name}\` to extend.`,
    help: (p) =>
      didYouMean(p.suggestion) ?? "An `extend` adds columns of another table to an entity that the model declares.",
    explain: "An `extend` adds the columns of a second table, with one row for each key, to the fields of an entity.",
    bad: `${shop("region      : text")}\nextend Custmer from scores by customer_id {\n  churn_risk : float\n}`,
    good: `${shop("region      : text")}\nextend Customer from scores by customer_id {\n  churn_risk : float\n}`,
  }),
  "extension-without-column": entry<{ entity: string }>({
    number: "SEG7110",
    severity: "error",
    message: (p) => `Nothing says which column holds the key of \`${p.entity}\`.`,
    help: () => "Write `by` and that column after the table.",
    explain: "The rows of an `extend` are found by a column that holds the key of what they extend.",
    bad: `${shop("region      : text")}\nextend Customer from scores {\n  churn_risk : float\n}`,
    good: `${shop("region      : text")}\nextend Customer from scores by customer_id {\n  churn_risk : float\n}`,
  }),
};
