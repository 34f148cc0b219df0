import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import type { Shape, Statement } from "../../sql/statement.ts";

/** The answer of `compile` for one dialect. */
export interface Compilation {
  readonly dialect: string;
  readonly shape: Shape;
  readonly statements: readonly Statement[];
  /** What the dialect cannot express. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The answer of `run`, as its JSON has it. */
export interface RunResult {
  /** ISO, UTC, without needless zeros. */
  readonly asOf: string;
  readonly timezone: string;
  /** The version of the time zone database. */
  readonly zoneData: string;
  readonly connection: string;
  /** The value of each param of the project: whole and decimal numbers as text, so that no digit is lost. */
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  /** Who existed as of then; or who does now, where an entity declares neither `since` nor `until`. */
  readonly population: "asOf" | "current";
  /** Fields whose values of today stood in for those of a past as-of. */
  readonly currentFields: readonly string[];
  readonly entities: readonly EntityResult[];
  readonly segments: readonly SegmentResult[];
}

export interface EntityResult {
  readonly name: string;
  readonly key: string;
  readonly population: number;
}

export interface SegmentResult {
  readonly name: string;
  readonly kind: "segment" | "tier" | "arm" | "snapshot";
  readonly entity: string;
  readonly size: number;
  /** Of the population, to six decimals; 0 of nobody. */
  readonly share: number;
  readonly hash: string;
  /** Only where members were asked for, in key order. */
  readonly keys?: readonly string[];
}
