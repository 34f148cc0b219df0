import type { Page } from "../state/page.ts";
import type { DialectSql } from "../worker/protocol.ts";
import { element, sentence } from "./element.ts";

/** How SQL is looked at. */
export interface SqlView {
  readonly dialect: string;
  readonly inline: boolean;
}

/** The SQL of the selected segment in one dialect, its values apart or inlined. */
export function showSql(panel: HTMLElement, page: Page, view: SqlView, choose: (view: SqlView) => void): void {
  const focused = panel.contains(document.activeElement) ? (document.activeElement?.id ?? "") : "";
  const { sql, selected } = page;
  const shown = sql?.dialects.find(({ dialect }) => dialect === view.dialect) ?? sql?.dialects[0];
  if (sql === null || shown === undefined) {
    const why = selected === null ? "There is no segment yet." : `There is no SQL of ${selected} yet.`;
    panel.replaceChildren(element("p", { class: "none" }, why));
    return;
  }
  const dialects = element("select", { id: "dialect" });
  for (const { dialect, title } of sql.dialects) dialects.append(option(dialect, title, dialect === shown.dialect));
  dialects.addEventListener("change", () => choose({ ...view, dialect: dialects.value }));
  const inline = element("input", { type: "checkbox", id: "inline" });
  inline.checked = view.inline;
  inline.addEventListener("change", () => choose({ ...view, inline: inline.checked }));
  const text = view.inline ? shown.inlined : (shown.apart?.sql ?? null);
  const copy = element(
    "button",
    { type: "button", id: "copy-sql", disabled: text === null, onclick: () => void copyText(text ?? "", copy) },
    "Copy",
  );
  panel.classList.toggle("stale", sql.isStale);
  panel.replaceChildren(
    element(
      "div",
      { class: "choices" },
      element("h2", {}, sql.segment),
      ...(sql.isStale ? [element("span", { class: "badge" }, "stale")] : []),
      element("label", {}, "Dialect ", dialects),
      element("label", {}, inline, " Values inlined"),
      copy,
    ),
    ...shown.problems.map((problem) => element("p", { class: "stopped" }, sentence(problem))),
    ...(text === null ? [] : [element("pre", { id: "sql-text", tabindex: "0", "aria-label": "SQL" }, text)]),
    ...(view.inline || shown.apart === null ? [] : [parameters(shown.apart.parameters)]),
  );
  if (focused !== "") document.getElementById(focused)?.focus();
}

function option(value: string, label: string, isChosen: boolean): HTMLOptionElement {
  const made = element("option", { value }, label);
  made.selected = isChosen;
  return made;
}

function parameters(list: NonNullable<DialectSql["apart"]>["parameters"]): HTMLElement {
  if (list.length === 0) return element("p", { class: "none" }, "It has no parameters.");
  const head = ["Parameter", "Type", "Value"].map((label) => element("th", { scope: "col" }, label));
  const rows = list.map(({ name, type, value }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, element("code", {}, name)),
      element("td", {}, type),
      element("td", {}, value === null ? "missing" : element("code", {}, value)),
    ),
  );
  return element(
    "table",
    { id: "parameters" },
    element("caption", {}, "Parameters"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
}

/** Copies a text and says so on the button. */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed here: select and copy the text";
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2_000);
}
