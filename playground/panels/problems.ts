import type { Fix } from "../../language/index.ts";
import type { Page } from "../state/page.ts";
import type { Finding } from "../worker/protocol.ts";
import { element, sentence } from "./element.ts";

/** What somebody may do with a problem. */
export interface ProblemActions {
  readonly goTo: (finding: Finding) => void;
  readonly apply: (fix: Fix) => void;
}

const SEVERITIES = { error: "Error", warning: "Warning", info: "Note" } as const;

/** The list under the editor: every finding, its place to go to, its fixes to apply. */
export function showProblems(list: HTMLElement, title: HTMLElement, page: Page, actions: ProblemActions): void {
  const isLate = page.foundIn !== page.revision;
  list.classList.toggle("late", isLate);
  // Places and fixes hold for the text that they were found in; they wait until the next one is read.
  for (const button of list.querySelectorAll("button")) button.disabled = isLate;
  if (isLate) return;
  const count = page.findings.length;
  title.textContent = count === 0 ? "Problems" : `Problems (${count})`;
  if (count === 0) {
    list.replaceChildren(element("li", { class: "none" }, "No problems."));
    return;
  }
  list.replaceChildren(...page.findings.map((finding) => row(finding, actions)));
}

function row(finding: Finding, { goTo, apply }: ProblemActions): HTMLElement {
  const { severity, code, message, help, fixes, file, from } = finding;
  const place = `${file}:${from.line}:${from.column}`;
  return element(
    "li",
    { class: severity, "data-code": code },
    element("span", { class: "severity" }, `${SEVERITIES[severity]} ${code}`),
    element("button", { type: "button", class: "place", title: "Go there", onclick: () => goTo(finding) }, place),
    element("p", {}, sentence(message)),
    ...(help === null ? [] : [element("p", { class: "help" }, sentence(help))]),
    ...fixes.map((fix) =>
      element("button", { type: "button", class: "fix", onclick: () => apply(fix) }, "Fix: ", sentence(fix.title)),
    ),
  );
}
