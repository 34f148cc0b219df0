import { TEXTS } from "./pools.ts";
import type { Rng } from "./rng.ts";
import type { GenEntity, GenExtension, GenField, GenJson, GenList, GenModel, GenType } from "./shape.ts";

const SCALARS: readonly GenType[] = ["text", "boolean", "integer", "decimal", "float", "date", "timestamp"];

function field(r: Rng, name: string, type: GenType): GenField {
  const mapped = r.chance(0.15);
  return {
    name,
    type,
    column: mapped ? `Col ${name}` : name,
    optional: r.chance(0.7),
    options: type === "text" && r.chance(0.2) ? TEXTS : null,
  };
}

const column = (r: Rng, name: string): string => (r.chance(0.15) ? `Col ${name}` : name);

const lists = (r: Rng, prefix: string, types: readonly GenType[]): GenList[] =>
  types.map((of, i) => ({ name: `${prefix}_list${i}`, column: column(r, `${prefix}_list${i}`), of }));

/** One path of each type that paths have. */
const json = (r: Rng, prefix: string): GenJson[] => [
  {
    name: `${prefix}_json`,
    column: column(r, `${prefix}_json`),
    paths: (["text", "boolean", "integer", "float"] as const).map((type, i) => ({ name: `${type[0]}${i}`, type })),
  },
];

/** Each type at least once on the subject, some of them elsewhere; `amount` and `label` stand on several entities, so that names must be told apart. */
function fields(r: Rng, prefix: string, types: readonly GenType[]): GenField[] {
  return types.map((type, i) => field(r, `${prefix}_${type}${i}`, type));
}

const some = (r: Rng, n: number): GenType[] => Array.from({ length: n }, () => r.pick(SCALARS));

/** A model of five to seven entities: a subject, what it links to, what links to it, events of each kind of time. */
export function generateModel(r: Rng): GenModel {
  const keyType: GenType = r.chance(0.5) ? "text" : "integer";
  const key = (name: string, type: GenType): GenField => ({ name, type, column: name, optional: false, options: null });
  const shared = (name: string, type: GenType): GenField => ({
    name,
    type,
    column: name,
    optional: true,
    options: null,
  });

  const purchaseKey = r.chance(0.8);
  const named = r.chance(0.5);
  const oncePer = purchaseKey && r.chance(0.4) ? "order_id" : null;
  const subjectFields = [...fields(r, "c", [...SCALARS, ...some(r, 2)]), shared("amount", "decimal")];
  const since = r.chance(0.4)
    ? (subjectFields.find((f) => f.type === (r.chance(0.7) ? "timestamp" : "date"))?.name ?? null)
    : null;
  const until = r.chance(0.3)
    ? (subjectFields.filter((f) => f.type === "timestamp" && f.name !== since)[0]?.name ?? null)
    : null;
  const bool = subjectFields.find((f) => f.type === "boolean")?.name as string;

  const customer: GenEntity = {
    name: "Customer",
    event: false,
    isDefault: true,
    table: r.chance(0.5) ? "crm.customers" : "customers",
    key: "id",
    fields: [key("id", keyType), ...subjectFields],
    lists: lists(r, "c", ["text", "integer", r.pick(SCALARS)]),
    json: json(r, "c"),
    links: [
      { name: "account", many: false, target: "Account", by: "account_id" },
      { name: "purchases", many: true, target: "Purchase", by: "customer_id" },
      { name: "visits", many: true, target: "Visit", by: "customer_id" },
      { name: "bookings", many: true, target: "Booking", by: "customer_id" },
    ],
    header: { since, until, where: r.chance(0.3) ? `not ${bool}` : null, at: null, scheduled: false, oncePer: null },
    eventName: null,
  };
  const account: GenEntity = {
    name: "Account",
    event: false,
    isDefault: false,
    table: "accounts",
    key: "account_key",
    fields: [
      key("account_key", "integer"),
      ...fields(r, "a", ["text", "integer", ...some(r, 1)]),
      shared("label", "text"),
    ],
    lists: lists(r, "a", ["text"]),
    json: [],
    links: [{ name: "members", many: true, target: "Customer", by: "account_id" }],
    header: { since: null, until: null, where: null, at: null, scheduled: false, oncePer: null },
    eventName: null,
  };
  const purchase: GenEntity = {
    name: "Purchase",
    event: true,
    isDefault: false,
    table: named ? "crm.events" : "purchases",
    key: purchaseKey ? "order_id" : null,
    fields: [
      ...(purchaseKey ? [key("order_id", "text")] : []),
      key("ordered_at", "timestamp"),
      shared("amount", "decimal"),
      shared("channel", "text"),
      shared("level", "integer"),
      ...fields(r, "p", ["text", "integer", "float", "timestamp", ...some(r, 1)]),
    ],
    lists: lists(r, "p", [r.pick(SCALARS)]),
    json: json(r, "p"),
    links: [
      { name: "product", many: false, target: "Product", by: "product_id" },
      ...(purchaseKey ? [{ name: "items", many: true, target: "Item", by: "order_id" }] : []),
    ],
    header: {
      since: null,
      until: null,
      where: named ? 'event_name = "purchase"' : null,
      at: "ordered_at",
      scheduled: false,
      oncePer,
    },
    eventName: named ? "purchase" : null,
  };
  const visit: GenEntity = {
    name: "Visit",
    event: true,
    isDefault: false,
    table: "visits",
    key: null,
    fields: [key("visited_on", "date"), shared("label", "text"), ...fields(r, "v", ["integer", ...some(r, 1)])],
    lists: [],
    json: [],
    links: [],
    header: { since: null, until: null, where: null, at: "visited_on", scheduled: false, oncePer: null },
    eventName: null,
  };
  const booking: GenEntity = {
    name: "Booking",
    event: true,
    isDefault: false,
    table: named ? "crm.events" : "bookings",
    key: "booking_id",
    fields: [
      key("booking_id", "integer"),
      key(named ? "ordered_at" : "starts_at", "timestamp"),
      shared("channel", "text"),
      { ...shared("level", "decimal"), column: "booking_level" },
      ...fields(r, "b", ["text", "decimal"]),
    ],
    lists: [],
    json: [],
    links: [],
    header: {
      since: null,
      until: null,
      where: named ? 'event_name = "booking"' : null,
      at: named ? "ordered_at" : "starts_at",
      scheduled: true,
      oncePer: null,
    },
    eventName: named ? "booking" : null,
  };
  const product: GenEntity = {
    name: "Product",
    event: false,
    isDefault: false,
    table: "products",
    key: "product_key",
    fields: [key("product_key", "integer"), ...fields(r, "r", ["text", "decimal"])],
    lists: [],
    json: [],
    links: [],
    header: { since: null, until: null, where: null, at: null, scheduled: false, oncePer: null },
    eventName: null,
  };
  const item: GenEntity = {
    name: "Item",
    event: false,
    isDefault: false,
    table: "items",
    key: "item_id",
    fields: [key("item_id", "integer"), ...fields(r, "i", ["integer", "decimal", "text"])],
    lists: [],
    json: [],
    links: [],
    header: { since: null, until: null, where: null, at: null, scheduled: false, oncePer: null },
    eventName: null,
  };
  const extension: GenExtension | null = r.chance(0.6)
    ? { of: "Customer", table: "scores", by: "customer_id", fields: fields(r, "x", ["float", "integer"]) }
    : null;
  return {
    entities: [customer, account, purchase, visit, booking, product, ...(purchaseKey ? [item] : [])],
    extension,
  };
}
