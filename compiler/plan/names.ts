/** Gives out names that are safe and different from one another: lower case ASCII letters, digits and `_`, at most 30 of them. */
export interface Namer {
  /** A new name that resembles the hint. */
  readonly name: (hint: string) => string;
}

/** `taken` are names that must not be given out, in any case. */
export function namer(taken: Iterable<string> = []): Namer {
  const used = new Set([...taken].map((name) => name.toLowerCase()));
  const counts = new Map<string, number>();
  return {
    name(hint) {
      const base = safe(hint);
      let name = base;
      while (used.has(name)) {
        const count = (counts.get(base) ?? 1) + 1;
        counts.set(base, count);
        name = `${base}_${count}`;
      }
      used.add(name);
      return name;
    },
  };
}

/** `LastOrder` and `last_order` both become `last_order`; what is no ASCII letter or digit becomes `_`. */
export function safe(hint: string): string {
  const snake = hint
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 24)
    .replace(/_+$/, "");
  return /^[a-z]/.test(snake) ? snake : snake === "" ? "x" : `x_${snake}`;
}
