import { element } from "./element.ts";

/** One tab: its id is `tab-` and its name. */
export interface Tab {
  readonly name: string;
  readonly label: string;
  /** The id of the panel that it shows. */
  readonly panel: string;
}

/** Fills a tab list; arrow keys, Home and End move in it. Answers what chooses a tab from elsewhere. */
export function tabs(list: HTMLElement, of: readonly Tab[], chosen: (name: string) => void): (name: string) => void {
  const buttons = of.map(({ name, label, panel }) =>
    element(
      "button",
      { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": panel, onclick: () => choose(name) },
      label,
    ),
  );

  function choose(name: string): void {
    of.forEach((tab, index) => {
      const isChosen = tab.name === name;
      buttons[index]?.setAttribute("aria-selected", String(isChosen));
      buttons[index]?.setAttribute("tabindex", isChosen ? "0" : "-1");
      const panel = document.getElementById(tab.panel);
      if (isChosen) panel?.setAttribute("aria-labelledby", `tab-${name}`);
      if (panel !== null && of.every((other) => other === tab || other.panel !== tab.panel)) panel.hidden = !isChosen;
    });
    chosen(name);
  }

  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    buttons[next]?.focus();
    choose(of[next]?.name ?? "");
  });
  list.replaceChildren(...buttons);
  const first = of[0];
  if (first !== undefined) choose(first.name);
  return choose;
}
