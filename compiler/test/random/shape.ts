/**
 * What the generator makes: a model, segments and rows as plain data of its own, so that a shrinker can cut pieces off and print what is left.
 * It shares no code with the product: the product reads the printed text.
 */
export type GenType = "text" | "boolean" | "integer" | "decimal" | "float" | "date" | "timestamp";

export interface GenField {
  readonly name: string;
  readonly column: string;
  readonly type: GenType;
  readonly optional: boolean;
  readonly options: readonly string[] | null;
}

/** A field that holds a list of values of the type. */
export interface GenList {
  readonly name: string;
  readonly column: string;
  readonly of: GenType;
}

/** A field that holds JSON, and the paths that are declared of it. */
export interface GenJson {
  readonly name: string;
  readonly column: string;
  readonly paths: readonly { readonly name: string; readonly type: GenType }[];
}

export interface GenLink {
  readonly name: string;
  readonly many: boolean;
  readonly target: string;
  readonly by: string;
}

export interface GenEntity {
  readonly name: string;
  readonly event: boolean;
  readonly isDefault: boolean;
  readonly table: string;
  /** The key's field name; its type is text or integer. */
  readonly key: string | null;
  readonly fields: readonly GenField[];
  readonly lists: readonly GenList[];
  readonly json: readonly GenJson[];
  readonly links: readonly GenLink[];
  readonly header: {
    readonly since: string | null;
    readonly until: string | null;
    readonly where: string | null;
    readonly at: string | null;
    readonly scheduled: boolean;
    readonly oncePer: string | null;
  };
  /** The value of `event_name` that its rows carry, where the table is shared. */
  readonly eventName: string | null;
}

export interface GenExtension {
  readonly of: string;
  readonly table: string;
  readonly by: string;
  readonly fields: readonly GenField[];
}

export interface GenModel {
  readonly entities: readonly GenEntity[];
  readonly extension: GenExtension | null;
}

/** A condition or a value. `type` of a value is its type in the language; conditions have `type: "yes"`. */
export type Gen =
  | { readonly kind: "and" | "or"; readonly type: "yes"; readonly items: readonly Gen[] }
  | { readonly kind: "not"; readonly type: "yes"; readonly item: Gen }
  | {
      readonly kind: "compare";
      readonly type: "yes";
      readonly op: string;
      readonly left: Gen;
      readonly right: Gen;
      readonly ignoreCase: boolean;
    }
  | {
      readonly kind: "in";
      readonly type: "yes";
      readonly negated: boolean;
      readonly value: Gen;
      readonly set: string;
      readonly ignoreCase: boolean;
    }
  | {
      readonly kind: "text";
      readonly type: "yes";
      readonly op: string;
      readonly value: Gen;
      readonly needle: string;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: "is"; readonly type: "yes"; readonly what: "known" | "missing"; readonly value: Gen }
  | {
      readonly kind: "has";
      readonly type: "yes";
      readonly path: string;
      /** `value` is asked for where there is one, else those of `set`. */
      readonly words: "has" | "has any" | "has all" | "has none";
      readonly value: Gen | null;
      readonly set: readonly string[];
      readonly ignoreCase: boolean;
    }
  /** `words` such as `at least 2 of`. */
  | { readonly kind: "counted"; readonly type: "yes"; readonly words: string; readonly items: readonly Gen[] }
  /** Of a link or a list. */
  | { readonly kind: "linked"; readonly type: "yes"; readonly what: "known" | "missing"; readonly path: string }
  | { readonly kind: "truth"; readonly type: "yes"; readonly value: Gen }
  | { readonly kind: "exists"; readonly type: "yes"; readonly no: boolean; readonly collection: GenCollection }
  | { readonly kind: "segment"; readonly type: "yes"; readonly name: string }
  | {
      readonly kind: "rank";
      readonly type: "yes";
      readonly which: "top" | "bottom";
      readonly amount: string;
      readonly ties: boolean;
      readonly ranking: GenRanking;
    }
  | { readonly kind: "sample"; readonly type: "yes"; readonly share: string; readonly seed: string }
  | {
      readonly kind: "tile";
      readonly type: "integer" | "float";
      readonly fn: string;
      readonly tiles: string | null;
      readonly ranking: GenRanking;
    }
  | { readonly kind: "const"; readonly type: GenType; readonly text: string }
  | { readonly kind: "field"; readonly type: GenType; readonly path: string }
  | {
      readonly kind: "aggregate";
      readonly type: GenType;
      readonly fn: string;
      readonly collection: GenCollection;
      readonly of: Gen | null;
      readonly bare: boolean;
    }
  | {
      readonly kind: "pick";
      readonly type: GenType;
      readonly which: "first" | "latest";
      readonly collection: GenCollection;
      readonly path: string;
    }
  | {
      readonly kind: "arithmetic";
      readonly type: GenType;
      readonly op: string;
      readonly left: Gen;
      readonly right: Gen;
    }
  | { readonly kind: "else"; readonly type: GenType; readonly value: Gen; readonly fallback: Gen }
  | { readonly kind: "if"; readonly type: GenType; readonly cond: Gen; readonly yes: Gen; readonly no: Gen }
  | { readonly kind: "function"; readonly type: GenType; readonly fn: string; readonly args: readonly Gen[] }
  /** What the elements of the group around share. */
  | { readonly kind: "group"; readonly type: GenType }
  /** Over the elements of the group around. */
  | { readonly kind: "groupAggregate"; readonly type: GenType; readonly fn: string; readonly of: Gen | null }
  | { readonly kind: "since"; readonly type: "integer"; readonly fn: string; readonly value: Gen };

export interface GenRanking {
  readonly by: Gen;
  readonly of: Gen | null;
  readonly per: Gen | null;
}

export interface GenCollection {
  /** The path that leads to it: `purchases`, `account.members`. `entity` is that of the elements behind all steps. */
  readonly path: string;
  readonly entity: string;
  readonly steps: readonly GenStep[];
  /** The type of what groups share, where the steps end in groups of elements. */
  readonly group: GenType | null;
}

export type GenStep =
  | { readonly kind: "where"; readonly cond: Gen }
  | { readonly kind: "window"; readonly text: string }
  | {
      readonly kind: "take";
      readonly which: "first" | "latest" | "top" | "bottom";
      readonly n: number;
      readonly by: Gen | null;
    }
  | { readonly kind: "afterGap"; readonly gap: string }
  /** From here on the elements are those of `entity`. */
  | { readonly kind: "flatten"; readonly link: string; readonly entity: string }
  | {
      readonly kind: "neighbour";
      readonly word: NeighbourWord;
      readonly other: GenCollection;
      readonly within: string | null;
      readonly same: readonly string[];
    }
  /** Groups by a value, or by the words of a period. */
  | { readonly kind: "per"; readonly by: Gen | string };

export type NeighbourWord = "followed_by" | "not_followed_by" | "preceded_by" | "not_preceded_by";

export interface GenSegment {
  readonly name: string;
  readonly of: string;
  readonly cond: Gen;
}

/** `of` is an entity or a segment, of a snapshot a segment; `entity` whom it is about. Tiers are `T0`, `T1`, …, `Rest`, arms `A0`, `A1`, …. */
export type GenDivision =
  | {
      readonly kind: "segmentation";
      readonly name: string;
      readonly of: string;
      readonly entity: string;
      readonly conds: readonly Gen[];
    }
  | {
      readonly kind: "split";
      readonly name: string;
      readonly of: string;
      readonly entity: string;
      readonly seed: string;
      readonly shares: readonly string[];
    }
  | { readonly kind: "snapshot"; readonly name: string; readonly of: string; readonly entity: string };

export type GenScalar = string | number | boolean | null;

/** A cell of a list is an array, one of JSON its text. */
export type GenCell = GenScalar | readonly GenScalar[];

export type GenRow = Readonly<Record<string, GenCell>>;

export interface Case {
  readonly seed: number;
  readonly asOf: string;
  readonly zone: string;
  readonly model: GenModel;
  readonly segments: readonly GenSegment[];
  readonly divisions: readonly GenDivision[];
  readonly tables: Readonly<Record<string, readonly GenRow[]>>;
}
