import type { DeclaredUnit, Reference } from "../analyze/analysis.ts";
import { annotationText } from "../analyze/annotations.ts";
import { diagnose } from "../diagnostics/catalog.ts";
import type { Rule } from "./rule.ts";

/** Uses of what is `@deprecated`, with what it says to use. What is deprecated itself may use it. */
export const deprecatedReference: Rule = ({ analysis }) => {
  const instead = new Map<string, string>();
  const words = new Map<string, DeclaredUnit["kind"]>();
  for (const unit of analysis.units) {
    if (unit.kind === "header") continue;
    words.set(unit.name, unit.kind);
    const text = annotationText(unit.decl.annotations, "deprecated");
    if (text !== null && !instead.has(unit.name)) instead.set(unit.name, text);
  }
  const sound = new Set(analysis.sound);
  return analysis.references.flatMap((reference) => {
    const text = isDeclared(reference) ? instead.get(declaredName(reference.to.name)) : undefined;
    const { by, to, place } = reference;
    if (text === undefined || !sound.has(by) || (by.kind !== "header" && instead.has(by.name))) return [];
    const other = /^use `?(\w+)`?\.?$/iu.exec(text.trim())?.[1];
    const fits =
      other !== undefined && words.get(other) === to.kind && place.span.end - place.span.start === to.name.length;
    const fixes = fits
      ? [{ title: `Write \`${other}\``, preferred: false, edits: [{ ...place, newText: other }] }]
      : [];
    return [diagnose("deprecated-reference", { word: to.kind, name: to.name, instead: text }, place, { fixes })];
  });
};

/** A tier is deprecated with the segmentation that it is part of. */
const declaredName = (name: string): string => name.split(".")[0] ?? name;

const isDeclared = ({ to }: Reference): boolean => to.kind !== "entity" && to.kind !== "field" && to.kind !== "link";
