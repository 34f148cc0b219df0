import type { Tables } from "../load.ts";

/** A small shop with what goes wrong in data: missing values, ties, orphans, rows that do not exist yet or any more, values at the edges of windows. */
export const AS_OF = "2026-03-30T10:17:23.000001Z";

const customer = (customer_id: string, more: Record<string, unknown>) => ({
  customer_id,
  is_test: false,
  signed_up_at: "2025-01-15T09:30:00Z",
  marketing_consent: true,
  ...more,
});

const purchase = (customer_id: string | null, order_id: string | null, ordered_at: string | null, more: Record<string, unknown> = {}) => ({
  event_name: "purchase",
  customer_id,
  order_id,
  ordered_at,
  ...more,
});

export const SHOP_TABLES: Tables = {
  "crm.customers": [
    customer("a", { "Cust Region": "EU", country: "DE", birth_date: "2000-02-29", email: "A@shop.example", visits_count: "3", score: 0.5, credit: "12.50", account_id: "acme" }),
    customer("b", { "Cust Region": "NA", country: "us", birth_date: "1990-12-31", email: "b@shop.example ", visits_count: "0", score: 1e308, credit: "-3.10", account_id: "acme", signed_up_at: "2026-03-29T00:59:59.999999Z" }),
    customer("c", { "Cust Region": null, country: null, birth_date: null, email: null, visits_count: null, score: "NaN", credit: null, account_id: null, signed_up_at: null }),
    customer("d", { "Cust Region": "eu", country: "", birth_date: "2008-03-30", email: "😀", visits_count: "9223372036854775807", score: 0.1, credit: "0.30", account_id: "gone", deleted_at: "2026-03-30T10:17:23.000001Z" }),
    customer("e", { "Cust Region": "EU ", country: "é", birth_date: "2026-03-29", email: "\uffee", visits_count: "-5", score: "Infinity", credit: "9999999999.99", account_id: "umbrella", marketing_consent: null, signed_up_at: "2026-02-28T23:59:59.999999Z" }),
    customer("f", { "Cust Region": "MARS", country: "'; drop table customers; --", birth_date: "1899-12-31", email: "\\' or 1=1 --", visits_count: "30", score: -0.5, credit: "100", account_id: "umbrella", marketing_consent: false, signed_up_at: "2026-01-31T23:30:00Z" }),
    customer("test", { is_test: true }),
    customer("late", { signed_up_at: "2026-03-30T10:17:23.000001Z" }),
    customer("left", { deleted_at: "2026-03-30T10:17:23Z" }),
  ],
  "crm.accounts": [
    { account_id: "acme", plan: "team", seats: "2" },
    { account_id: "umbrella", plan: "free", seats: null },
    { account_id: "empty", plan: "team", seats: "10" },
  ],
  "shop.products": [
    { product_id: "p1", brand: "Acme", price: "10.00" },
    { product_id: "p2", brand: "acme", price: null },
  ],
  "crm.events": [
    purchase("a", "o1", "2026-03-30T10:17:23Z", { amount: "50.00", category: "shoes", product_id: "p1" }),
    purchase("a", "o2", "2025-12-30T10:17:23.000001Z", { amount: "0.10", category: null, product_id: "p2" }),
    purchase("a", "o3", "2025-12-30T10:17:23.000000Z", { amount: null, category: "shoes", product_id: "none" }),
    purchase("a", "o3", "2026-01-01T00:00:00Z", { amount: "7.00", category: "books", product_id: "p1" }),
    purchase("a", null, "2026-02-01T00:00:00Z", { amount: "1.00", category: "Shoes", product_id: null }),
    purchase("b", "o5", "2026-03-28T23:00:00Z", { amount: "20.00", category: "shoes", product_id: "p1" }),
    purchase("b", "o6", "2026-03-28T23:00:00Z", { amount: "20.00", category: "toys", product_id: "p2" }),
    purchase("b", "o7", "2026-03-30T10:17:23.000001Z", { amount: "999.00", category: "shoes" }),
    purchase("c", "o8", null, { amount: "5.00" }),
    purchase("e", "o9", "2026-03-29T01:30:00Z", { amount: "33.33", category: "é", product_id: "p1" }),
    purchase("e", "o10", "2026-03-01T00:00:00Z", { amount: "66.67", category: "toys", product_id: "p1" }),
    purchase("nobody", "o11", "2026-03-01T00:00:00Z", { amount: "1.00" }),
    purchase("test", "o12", "2026-03-01T00:00:00Z", { amount: "1.00" }),
    purchase(null, "o13", "2026-03-01T00:00:00Z", { amount: "1.00" }),
    { ...purchase("f", "o14", "2026-03-01T00:00:00Z", { amount: "1.00" }), event_name: "refund" },
    { ...purchase("f", "o15", "2026-03-01T00:00:00Z", { amount: "1.00" }), event_name: null },
    purchase("nobody", "o16", "2026-01-01T00:00:00Z", { amount: "1.00" }),
    purchase("f", "o16", "2026-01-02T00:00:00Z", { amount: "4.00", category: "shoes", product_id: "p2" }),
  ],
  "shop.items": [
    { item_id: "1", order_id: "o1", quantity: "2", price: "25.00", gift: true },
    { item_id: "2", order_id: "o1", quantity: "1", price: null, gift: null },
    { item_id: "3", order_id: "o5", quantity: "10", price: "2.00", gift: false },
    { item_id: "4", order_id: "o9", quantity: "0", price: "33.33", gift: true },
    { item_id: "5", order_id: "none", quantity: "1", price: "1.00", gift: true },
    { item_id: "6", order_id: null, quantity: "1", price: "1.00", gift: true },
  ],
  "crm.visits": [
    { customer_id: "a", visited_on: "2026-03-29", page: "home", seconds: "30" },
    { customer_id: "a", visited_on: "2026-03-29", page: "home", seconds: "30" },
    { customer_id: "a", visited_on: "2026-03-29", page: null, seconds: null },
    { customer_id: "a", visited_on: "2026-03-30", page: "today", seconds: "1" },
    { customer_id: "b", visited_on: "2026-02-28", page: "Home", seconds: "0" },
    { customer_id: "d", visited_on: "2024-02-29", page: "", seconds: "99" },
    { customer_id: "e", visited_on: null, page: "lost", seconds: "5" },
    { customer_id: "f", visited_on: "2026-03-28", page: "pricing", seconds: "12" },
  ],
  "crm.bookings": [
    { booking_id: "1", customer_id: "a", starts_at: "2026-04-06T10:17:23Z", city: "Oslo" },
    { booking_id: "2", customer_id: "b", starts_at: "2026-04-06T10:17:23.000001Z", city: null },
    { booking_id: "3", customer_id: "e", starts_at: "2026-03-01T00:00:00Z", city: "Rome" },
    { booking_id: "4", customer_id: "f", starts_at: null, city: "Rome" },
  ],
  churn_scores: [
    { customer_id: "a", churn_risk: 0.4 },
    { customer_id: "b", churn_risk: "NaN" },
    { customer_id: "f", churn_risk: 0.9 },
    { customer_id: "nobody", churn_risk: 0.1 },
  ],
};
