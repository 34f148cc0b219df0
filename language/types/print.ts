import type { Type } from "./type.ts";

/** A type as a model file writes it: `decimal(12, 2)`, `list of text`, `many Purchase`. */
export function printType(t: Type): string {
  switch (t.kind) {
    case "text":
    case "boolean":
    case "integer":
    case "float":
    case "date":
    case "timestamp":
    case "duration":
    case "window":
      return t.kind;
    case "decimal":
      return `decimal(${t.precision}, ${t.scale})`;
    case "list":
      return `list of ${printType(t.of)}`;
    case "json":
      return `json { ${t.paths.map((p) => `${p.name} : ${printType(p.type)}`).join("  ")} }`;
    case "entity":
      return t.name;
    case "collection":
      return t.grouped ? `groups of ${t.of}` : `many ${t.of}`;
    case "gaps":
      return `gaps of ${t.of}`;
    case "error":
      return "unknown";
  }
}

/** A type inside a sentence, with its article: `a whole number`, `a collection of Purchase`. */
export function describeType(t: Type): string {
  switch (t.kind) {
    case "text":
      return "a text";
    case "boolean":
      return "a yes/no value";
    case "integer":
      return "a whole number";
    case "decimal":
    case "float":
      return "a number";
    case "date":
      return "a date";
    case "timestamp":
      return "a timestamp";
    case "duration":
      return "a duration";
    case "window":
      return "a stretch of time";
    case "list":
      return `a list of ${plural(t.of)}`;
    case "json":
      return "a JSON value";
    case "entity":
      return `one ${t.name}`;
    case "collection":
      return t.grouped ? `groups of ${t.of}` : `a collection of ${t.of}`;
    case "gaps":
      return "the waits between elements";
    case "error":
      return "something unreadable";
  }
}

function plural(t: Type): string {
  switch (t.kind) {
    case "text":
      return "texts";
    case "boolean":
      return "yes/no values";
    case "integer":
      return "whole numbers";
    case "decimal":
    case "float":
      return "numbers";
    case "date":
      return "dates";
    case "timestamp":
      return "timestamps";
    case "duration":
    case "window":
    case "list":
    case "json":
    case "entity":
    case "collection":
    case "gaps":
    case "error":
      return printType(t);
  }
}
