import { describe } from "vitest";
import { silent, told } from "./lint-rows.ts";

describe("SEG5016: a range that holds nothing", () => {
  told([
    ["age(birth_date) in [|65..18|]", "empty-range", "age(birth_date) in 18..65"],
    ["purchases in [|5..3|]", "empty-range", "purchases in 3..5"],
    ["birth_date in [|2001-01-01..2000-01-01|]", "empty-range", "birth_date in 2000-01-01..2001-01-01"],
    ["purchases.[|during(30d ago..90d ago)|]", "empty-range"],
    ["signed_up_at in [|1mo ago..1y ago|]", "empty-range", "signed_up_at in 1y ago..1mo ago"],
    ["purchases.[|during(signed_up_at + 14d..signed_up_at)|]", "empty-range"],
    ['country in [|"M".."A"|]', "empty-range", 'country in "A".."M"'],
  ]);
  silent([
    "age(birth_date) in 18..18",
    "birth_date in 2000-01-01..2000-01-01",
    "purchases.during(90d ago..30d ago)",
    "purchases.during(4w ago..1mo ago)",
    "purchases.during(signed_up_at..signed_up_at + 14d)",
    "birth_date in 1990-01-01..today",
    "purchases.during(2020-01-01..90d ago)",
    "credit in 0.5..visits_count",
  ]);
});
