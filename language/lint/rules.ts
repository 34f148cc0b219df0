import { alwaysFalse } from "./always-false.ts";
import { alwaysTrue } from "./always-true.ts";
import { anniversaryTrap } from "./anniversary-trap.ts";
import { beyondRetention } from "./beyond-retention.ts";
import { deadBranch } from "./dead-branch.ts";
import { deprecatedReference } from "./deprecated-reference.ts";
import { duplicateSegment } from "./duplicate-segment.ts";
import { emptyRange } from "./empty-range.ts";
import { floatThreshold } from "./float-threshold.ts";
import { missingIncluded } from "./missing-included.ts";
import { nameCase } from "./name-case.ts";
import { notProved } from "./not-proved.ts";
import { nothingIncluded } from "./nothing-included.ts";
import { rankBeside } from "./rank-beside.ts";
import { redundantCondition } from "./redundant-condition.ts";
import { rollingPeriods } from "./rolling-periods.ts";
import type { Rule } from "./rule.ts";
import { sensitiveRead } from "./sensitive-read.ts";
import { stillOpen } from "./still-open.ts";
import { unusedDeclaration } from "./unused-declaration.ts";
import { unusedSegment } from "./unused-segment.ts";

/** Every rule there is. */
export const RULES: readonly Rule[] = [
  missingIncluded,
  nothingIncluded,
  alwaysFalse,
  alwaysTrue,
  deadBranch,
  redundantCondition,
  duplicateSegment,
  emptyRange,
  beyondRetention,
  rankBeside,
  rollingPeriods,
  stillOpen,
  anniversaryTrap,
  unusedDeclaration,
  unusedSegment,
  nameCase,
  floatThreshold,
  deprecatedReference,
  sensitiveRead,
  notProved,
];
