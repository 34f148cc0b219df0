import { describeAgreement } from "../test/agree.ts";
import { AS_OF } from "./generate/saas.ts";
import { generate } from "./generate.ts";
import { readPlainly } from "./test/plainly.ts";
import { readSaas } from "./test/read.ts";

describeAgreement({
  name: "saas",
  generate,
  asOf: [
    ["2026-07-01", AS_OF[0]],
    ["2026-03-09T12:00", AS_OF[1]],
  ],
  readPlainly: (tables, now) => readPlainly(readSaas(tables, now)),
});
