import type { Row } from "./csv.ts";

/** One CSV file: the names of its columns, and rows that are still being added. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Row[];
}

const table = (...columns: string[]): Table => ({ columns, rows: [] });

/** The files of the shop, by name, still empty. */
export const emptyTables = () => ({
  customers: table(
    "customer_id",
    "email",
    "Sales Region",
    "country",
    "birth_date",
    "signed_up_at",
    "deleted_at",
    "is_test",
    "loyalty_points",
    "home_store_id",
  ),
  churn_scores: table("customer_id", "churn_risk", "scored_on"),
  stores: table("store_id", "city", "country", "opened_on"),
  products: table("product_id", "brand", "category", "price"),
  orders: table("order_id", "customer_id", "ordered_at", "amount", "discount", "context", "cart_id"),
  order_items: table("item_id", "order_id", "product_id", "quantity", "price"),
  cart_adds: table("customer_id", "added_at", "cart_id", "product_id"),
  product_views: table("customer_id", "viewed_at", "product_id"),
  offer_scores: table("customer_id", "offer_uplift"),
  visits: table("customer_id", "visited_on", "page", "seconds"),
  email_events: table("email_id", "customer_id", "event_name", "happened_at", "campaign"),
  consents: table("customer_id", "given_at", "channel", "granted"),
  appointments: table("appointment_id", "customer_id", "store_id", "starts_at", "topic", "deposit", "deposit_currency"),
});

export type Tables = ReturnType<typeof emptyTables>;
