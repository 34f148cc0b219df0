import type { Model } from "../model/model.ts";
import type { Declaration, Expr, SegFile } from "../syntax/ast.ts";

/** The entity that a group of people is of, whatever the order of declarations; null where that cannot be told, which is reported elsewhere. */
export type SubjectOf = (group: Expr) => string | null;

/** Reads what `of Loyal`, `of Lifecycle.Active` or `of Customer` is about, through as many declarations as that takes. */
export function subjectsOf(files: readonly SegFile[], model: Model): SubjectOf {
  const declared = new Map<string, Declaration>();
  for (const { declarations } of files)
    for (const decl of declarations) if (!declared.has(decl.name.text)) declared.set(decl.name.text, decl);

  return (group) => {
    const seen = new Set<string>();
    for (let name = nameOf(group); name !== null && !seen.has(name); ) {
      seen.add(name);
      const entity = model.entities.get(name);
      if (entity !== undefined) return entity.kind === "entity" ? name : null;
      const decl = declared.get(name);
      switch (decl?.kind) {
        case "segment":
          name = decl.of === null ? model.defaultEntity : decl.of.text;
          break;
        case "segmentation":
        case "split":
          name = decl.of === null ? model.defaultEntity : nameOf(decl.of);
          break;
        case "snapshot":
          name = nameOf(decl.of);
          break;
        default:
          return null;
      }
    }
    return null;
  };
}

/** The first name of a group: that of the segmentation, of a tier. */
function nameOf(group: Expr): string | null {
  if (group.kind === "name") return group.name.text;
  return group.kind === "member" && group.object.kind === "name" ? group.object.name.text : null;
}
