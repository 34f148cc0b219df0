import { describeAgreement } from "../test/agree.ts";
import { AS_OF } from "./generate/nonprofit.ts";
import { generate } from "./generate.ts";
import { readPlainly } from "./test/plainly.ts";
import { readNonprofit } from "./test/read.ts";

describeAgreement({
  name: "nonprofit",
  generate,
  asOf: [
    ["2026-07-01", AS_OF[0]],
    ["2026-02-28T23:30", AS_OF[1]],
  ],
  readPlainly: (tables, now) => readPlainly(readNonprofit(tables, now)),
});
