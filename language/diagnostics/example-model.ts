/** The model that the examples of the catalogue are written over: the one of the language's own document. */
export const EXAMPLE_MODEL = `default entity Customer from crm.customers since signed_up_at until deleted_at where not is_test {
  customer_id       : text key
  region            : text from "Cust Region" in ["EU", "NA", "APAC"]
  country           : text optional
  birth_date        : date optional @pii
  email             : text optional @pii
  interests         : list of text
  visits_count      : integer optional
  score             : float optional
  credit            : decimal(12, 2) optional
  signed_up_at      : timestamp
  deleted_at        : timestamp optional
  is_test           : boolean
  marketing_consent : boolean
  account           : Account optional by account_id
  purchases         : many Purchase by customer_id
  visits            : many Visit by customer_id
  bookings          : many Booking by customer_id
}

entity Account from crm.accounts {
  account_id : text key
  plan       : text in ["free", "team"]
  seats      : integer optional
  members    : many Customer by account_id
}

entity Product from shop.products {
  product_id : text key
  brand      : text
  price      : decimal(12, 2) optional
}

event Purchase from crm.events where event_name = "purchase" at ordered_at fresh within 24h keeps 3y once per order_id {
  order_id   : text key
  ordered_at : timestamp
  amount     : decimal(12, 2) in 0..
  category   : text optional
  payload    : json { channel : text  coupon : text }
  product    : Product optional by product_id
  items      : many Item by order_id
}

entity Item from shop.items {
  item_id  : integer key
  quantity : integer
  price    : decimal(12, 2) optional
  gift     : boolean optional
}

event Visit from crm.visits at visited_on {
  visited_on : date
  page       : text optional
  seconds    : integer optional
}

event Booking from crm.bookings at starts_at scheduled {
  booking_id : integer key
  starts_at  : timestamp
  city       : text optional
}

extend Customer from churn_scores by customer_id fresh within 7d {
  churn_risk : float in 0..1
}
`;
