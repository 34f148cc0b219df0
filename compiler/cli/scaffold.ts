/** The files of a new project, by path: a model of customers and their orders, two segments, and data in which `Loyal` is counted at once. */
export const scaffold = (now: number): Readonly<Record<string, string>> => ({
  "seglang.json": SETTINGS,
  "model.seg": MODEL,
  "segments.seg": SEGMENTS,
  "data/customers.csv": csv("customer_id,region,signed_up_at", CUSTOMERS, now),
  "data/orders.csv": csv("order_id,customer_id,ordered_at,amount", ORDERS, now),
});

const SETTINGS = `{
  "timezone": "UTC",
  "connections": {
    "default": {
      "engine": "duckdb",
      "tables": { "customers": "data/customers.csv", "orders": "data/orders.csv" }
    }
  }
}
`;

const MODEL = `// What there is to know about customers. Segments are written over it, in segments.seg.

/// People with an account.
default entity Customer from customers since signed_up_at {
  customer_id  : text key
  region       : text optional in ["EU", "NA"]
  signed_up_at : timestamp
  purchases    : many Purchase by customer_id
}

/// An order that was paid.
event Purchase from orders at ordered_at {
  order_id   : text key
  ordered_at : timestamp
  amount     : decimal(10, 2) in 0..
}
`;

const SEGMENTS = `/// Regulars of the last quarter.
segment Loyal where purchases.last90d > 3 and region in ["EU"]

/// They bought before, and not for half a year.
segment Quiet where purchases and no purchases.last180d
`;

/** Rows as they are, but for \`7d\`: a time that many days before now. */
function csv(header: string, rows: readonly string[], now: number): string {
  const lines = rows.map((row) => row.replace(/\b(\d+)d\b/g, (_, days: string) => daysBefore(now, Number(days))));
  return `${[header, ...lines].join("\n")}\n`;
}

const DAY_MS = 86_400_000;

const daysBefore = (now: number, days: number): string =>
  `${new Date(now - days * DAY_MS).toISOString().slice(0, 10)}T09:00:00Z`;

const CUSTOMERS = [
  "c1,EU,400d",
  "c2,EU,350d",
  "c3,NA,300d",
  "c4,EU,280d",
  "c5,,200d",
  "c6,NA,90d",
  "c7,EU,40d",
  "c8,EU,10d",
];

const ORDERS = [
  "o1,c1,80d,24.00",
  "o2,c1,61d,31.50",
  "o3,c1,33d,18.00",
  "o4,c1,12d,45.20",
  "o5,c2,74d,12.00",
  "o6,c2,52d,80.00",
  "o7,c2,50d,15.90",
  "o8,c2,20d,22.00",
  "o9,c2,6d,60.00",
  "o10,c3,70d,35.00",
  "o11,c3,44d,35.00",
  "o12,c3,30d,35.00",
  "o13,c3,8d,35.00",
  "o14,c4,240d,99.00",
  "o15,c4,200d,19.00",
  "o16,c5,190d,27.30",
  "o17,c6,60d,14.00",
  "o18,c7,15d,52.00",
];
