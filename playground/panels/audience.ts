import { percent, wholeNumber } from "../state/numbers.ts";
import type { Page, Shown } from "../state/page.ts";
import { element, sentence } from "./element.ts";

/** How many people: the selected segment large, all of them in a table. */
export function showAudience(panel: HTMLElement, page: Page, about: string, select: (name: string) => void): void {
  const selected = page.segments.find(({ declared }) => declared.name === page.selected);
  const focused = panel.contains(document.activeElement) ? document.activeElement?.getAttribute("data-segment") : null;
  panel.replaceChildren(
    ...(selected === undefined ? [] : [card(selected)]),
    table(page.segments, page.selected, select),
    element("p", { class: "about" }, about),
  );
  if (focused != null) panel.querySelector<HTMLElement>(`[data-segment="${CSS.escape(focused)}"]`)?.focus();
}

function card({ declared, size, age }: Shown): HTMLElement {
  const title = declared.title === null ? [] : [element("p", { class: "title" }, declared.title)];
  return element(
    "section",
    { class: `card ${age}`, "aria-label": declared.name },
    element("h2", {}, declared.name),
    ...title,
    ...(size === null
      ? [element("p", { class: "number" }, declared.sound ? "…" : "–")]
      : size.kind === "stopped"
        ? [element("p", { class: "stopped" }, sentence(size.why))]
        : [
            element("p", { class: "number", id: "size" }, wholeNumber(size.people)),
            element(
              "p",
              { class: "share" },
              `${percent(size.people, size.of)} of ${wholeNumber(size.of)} `,
              element("code", {}, size.entity),
            ),
            bar(size.people, size.of),
          ]),
    ...(age === "stale" ? [staleNote(size !== null)] : []),
  );
}

const staleNote = (hasSize: boolean): HTMLElement =>
  element(
    "p",
    { class: "note" },
    element("span", { class: "badge" }, hasSize ? "stale" : "no number"),
    hasSize ? " From before the problem; it is counted again when the problem is mended." : " It has a problem.",
  );

/** Exactly as wide as the share; the number beside it says the same. SVG, because its sizes are attributes and not styles. */
function bar(people: number, of: number): SVGElement {
  const made = svg("svg", { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" });
  const width = of === 0 ? 0 : (100 * people) / of;
  made.append(svg("rect", { class: "all", width: "100", height: "4" }));
  made.append(svg("rect", { class: "part", width: String(people > 0 ? Math.max(width, 0.5) : 0), height: "4" }));
  return made;
}

function svg(name: "svg" | "rect", attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function table(segments: readonly Shown[], selected: string | null, select: (name: string) => void): HTMLElement {
  // Most are about one entity; only the others say theirs.
  const usual = segments.flatMap(({ size }) => (size?.kind === "counted" ? [size.entity] : []))[0] ?? "";
  const head = ["Segment", "People", "Share", ""].map((label) => element("th", { scope: "col" }, label));
  return element(
    "table",
    {},
    element("caption", { class: "unseen" }, "People in each segment"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...segments.map((shown) => row(shown, usual, shown.declared.name === selected, select))),
  );
}

function row(
  { declared, size, age }: Shown,
  usualEntity: string,
  isSelected: boolean,
  select: (name: string) => void,
): HTMLElement {
  const { name, title } = declared;
  const button = element(
    "button",
    {
      type: "button",
      class: "segment",
      "data-segment": name,
      title: title ?? name,
      "aria-pressed": String(isSelected),
      onclick: () => select(name),
    },
    name,
  );
  const badge = age === "stale" ? [element("span", { class: "badge" }, size === null ? "no number" : "stale")] : [];
  const counted = size?.kind === "counted" ? size : null;
  const entity =
    counted !== null && counted.entity !== usualEntity
      ? [element("span", { class: "entity" }, `of ${counted.entity}`)]
      : [];
  return element(
    "tr",
    { class: age, "data-size": counted === null ? "" : String(counted.people) },
    element("th", { scope: "row" }, button, ...entity, ...badge),
    element("td", {}, counted === null ? (size === null && declared.sound ? "…" : "–") : wholeNumber(counted.people)),
    element("td", {}, counted === null ? "" : percent(counted.people, counted.of)),
    element("td", { class: "picture" }, ...(counted === null ? [] : [bar(counted.people, counted.of)])),
  );
}
