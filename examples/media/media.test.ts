import { describeAgreement } from "../test/agree.ts";
import { AS_OF } from "./generate/media.ts";
import { generate } from "./generate.ts";
import { readPlainly } from "./test/plainly.ts";
import { readMedia } from "./test/read.ts";

describeAgreement({
  name: "media",
  generate,
  asOf: [
    ["2026-07-01", AS_OF[0]],
    ["2026-02-23T09:30", AS_OF[1]],
  ],
  readPlainly: (tables, now) => readPlainly(readMedia(tables, now)),
});
