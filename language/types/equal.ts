import type { Type } from "./type.ts";

/** Whether two types are the same in every detail (precision, elements, paths and their order). */
export function sameType(a: Type, b: Type): boolean {
  switch (a.kind) {
    case "decimal":
      return b.kind === "decimal" && a.precision === b.precision && a.scale === b.scale;
    case "list":
      return b.kind === "list" && sameType(a.of, b.of);
    case "json":
      return (
        b.kind === "json" &&
        a.paths.length === b.paths.length &&
        a.paths.every((p, i) => p.name === b.paths[i]!.name && sameType(p.type, b.paths[i]!.type))
      );
    case "entity":
      return b.kind === "entity" && a.name === b.name;
    case "gaps":
      return b.kind === "gaps" && a.of === b.of;
    case "collection":
      return b.kind === "collection" && a.of === b.of && a.grouped === b.grouped;
    case "text":
    case "boolean":
    case "integer":
    case "float":
    case "date":
    case "timestamp":
    case "duration":
    case "window":
    case "error":
      return a.kind === b.kind;
  }
}
