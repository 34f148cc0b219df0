/** What an element may get besides its children. */
export interface Attributes {
  readonly class?: string;
  readonly id?: string;
  readonly title?: string;
  readonly role?: string;
  readonly disabled?: boolean;
  readonly onclick?: () => void;
  readonly [attribute: string]: string | boolean | (() => void) | undefined;
}

/** An element with attributes and children; texts are set as text, never as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener("click", value);
    else if (value === true) made.setAttribute(key, "");
    else if (typeof value === "string") made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A sentence in which back-ticks mark what is code. */
export function sentence(text: string): DocumentFragment {
  const made = document.createDocumentFragment();
  text.split("`").forEach((part, index) => {
    if (part !== "") made.append(index % 2 === 1 ? element("code", {}, part) : part);
  });
  return made;
}

/** The element of the page with that id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}
