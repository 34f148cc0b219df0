import { entry } from "../entry.ts";
import { DECLARATION_NAMES } from "./names-declarations.ts";

/** "Did you mean …" or nothing. */
const didYouMean = (suggestion: string | null) => (suggestion === null ? null : `Did you mean \`${suggestion}\`?`);

/** SEG2xxx: names that are not there, or there twice. */
export const NAMES = {
  ...DECLARATION_NAMES,
  "unknown-name": entry<{ name: string; suggestion: string | null; hint: string | null }>({
    number: "SEG2001",
    severity: "error",
    message: (p) => `Nothing called \`${p.name}\` can be used here.`,
    help: (p) => p.hint ?? didYouMean(p.suggestion),
    explain:
      "A name in a condition is a field or a link of the entity that the condition is about, or a param, a list, a trait or a segment of the project. Capital and small letters count.",
    bad: 'segment Europeans where regoin = "EU"',
    good: 'segment Europeans where region = "EU"',
  }),
  "unknown-member": entry<{ name: string; entity: string; suggestion: string | null; hint: string | null }>({
    number: "SEG2002",
    severity: "error",
    message: (p) => `\`${p.entity}\` has no field \`${p.name}\`.`,
    help: (p) => p.hint ?? didYouMean(p.suggestion),
    explain: "After a link and a dot stands a field, a link or a trait of the entity that the link leads to.",
    bad: 'segment Teams where account.plann = "team"',
    good: 'segment Teams where account.plan = "team"',
  }),
  "unknown-step": entry<{ name: string; suggestion: string | null; hint: string | null }>({
    number: "SEG2003",
    severity: "error",
    message: (p) => `\`.${p.name}\` is not a step of a collection.`,
    help: (p) => p.hint ?? didYouMean(p.suggestion),
    explain:
      "After a collection such as `purchases` stand steps: some narrow it (`.where(…)`, `.last90d`), the last may turn it into a value (`.count`, `.sum(amount)`, `.latest`).",
    bad: "segment Frequent where purchases.cuont > 3",
    good: "segment Frequent where purchases.count > 3",
  }),
  "unknown-function": entry<{ name: string; suggestion: string | null; hint: string | null }>({
    number: "SEG2004",
    severity: "error",
    message: (p) => `There is no function \`${p.name}\`.`,
    help: (p) => p.hint ?? didYouMean(p.suggestion),
    explain: "The language has a fixed set of functions; a project adds named values with `trait`, not functions.",
    bad: "segment Adults where aeg(birth_date) >= 18",
    good: "segment Adults where age(birth_date) >= 18",
  }),
  "not-a-period": entry<{ text: string; suggestion: string | null }>({
    number: "SEG2111",
    severity: "error",
    message: (p) => `\`${p.text}\` is no calendar period.`,
    help: (p) =>
      p.suggestion === null
        ? "There are `day`, `week`, `month`, `quarter` and `year`."
        : `Did you mean \`${p.suggestion}\`?`,
    explain:
      "`start_of(month, t)` takes the word for a calendar period: `day`, `week`, `month`, `quarter` or `year`, without quotes. Weeks start on Monday.",
    bad: "segment Cohort where start_of(months, signed_up_at) = 2026-01-01",
    good: "segment Cohort where start_of(month, signed_up_at) = 2026-01-01",
  }),
  "ambiguous-name": entry<{ name: string; places: readonly string[] }>({
    number: "SEG2005",
    severity: "error",
    message: (p) => `\`${p.name}\` can mean ${p.places.join(" or ")}.`,
    help: () => "Write the entity in front of it to say which one is meant.",
    explain:
      "Inside a step such as `.where(…)` the names of the element and those of the entity around it are both visible. A name that both have must say whose it is, as in `Purchase.amount`. A param or a list of the same name is renamed.",
    bad: "param amount : integer = 100\nsegment Spenders where purchases.where(amount > 3)",
    good: "param amount : integer = 100\nsegment Spenders where purchases.where(Purchase.amount > 3)",
  }),
  "duplicate-declaration": entry<{ name: string; word: string }>({
    number: "SEG2006",
    severity: "error",
    message: (p) => `\`${p.name}\` is already the name of ${p.word}.`,
    help: () => "Give one of the two another name; all files of a project share their names.",
    explain:
      "All `.seg` files of a project share one set of names, so that a name means the same everywhere. The first declaration counts; this one is left out.",
    bad: 'segment Europeans where region = "EU"\nsegment Europeans where region in ["EU"]',
    good: 'segment Europeans where region = "EU"\nsegment Americans where region = "NA"',
  }),
  "hides-field": entry<{ name: string; entity: string; word: string }>({
    number: "SEG2007",
    severity: "error",
    message: (p) => `\`${p.entity}\` already has a field \`${p.name}\`.`,
    help: (p) => `Give the ${p.word} a name of its own.`,
    explain: "A trait or a segment is used like a field of its entity, so the two cannot share a name.",
    bad: 'trait country = region else "?"',
    good: "trait country_or_region = country else region",
  }),
  "unknown-subject": entry<{ name: string; suggestion: string | null }>({
    number: "SEG2008",
    severity: "error",
    message: (p) => `There is no entity \`${p.name}\`.`,
    help: (p) => didYouMean(p.suggestion) ?? "After `of` stands an entity that the model declares.",
    explain: "What a segment or a trait is about is an entity that the model declares.",
    bad: "segment BigAccounts of Acount where seats > 50",
    good: "segment BigAccounts of Account where seats > 50",
  }),
  "no-default-entity": entry<{ word: string; entities: readonly string[] }>({
    number: "SEG2009",
    severity: "error",
    message: (p) => `It is not said which entity this ${p.word} is about.`,
    help: (p) =>
      p.entities.length === 0
        ? "The model has to declare an entity first, such as `default entity Customer from customers { … }`."
        : "Write `of` and the entity after the name, or put `default` before one entity of the model.",
    explain: "A segment or a trait without `of` is about the model's `default entity`. This model has none.",
    bad: 'entity Shop from shops {\n  shop_id : text key\n  city    : text\n}\nsegment InBerlin where city = "Berlin"',
    good: 'entity Shop from shops {\n  shop_id : text key\n  city    : text\n}\nsegment InBerlin of Shop where city = "Berlin"',
  }),
  "segment-of-event": entry<{ name: string; event: string }>({
    number: "SEG2010",
    severity: "error",
    message: (p) => `\`${p.event}\` is an event; a segment is a group of an entity's rows.`,
    help: (p) => `Write a yes/no trait instead: \`trait ${p.name} of ${p.event} = …\`.`,
    explain:
      "A segment lists who is in it: customers, accounts. Events happen to somebody; a condition over one event that is needed in several places is a yes/no trait of the event.",
    bad: "segment BigOrders of Purchase where amount > 100",
    good: "trait is_big of Purchase = amount > 100\nsegment BigSpenders where purchases.where(is_big)",
  }),
  "other-subject": entry<{ name: string; what: string; of: string; here: string; hint: string | null }>({
    number: "SEG2011",
    severity: "error",
    message: (p) => `\`${p.name}\` is a ${p.what} of \`${p.of}\`, and this is about \`${p.here}\`.`,
    help: (p) => p.hint ?? `It can be used where a condition is about \`${p.of}\`.`,
    explain:
      "A segment or a trait of another entity is asked through a link: `account in BusyAccounts`, `account.busy`, or inside a step: `members.where(Churned)`.",
    bad: 'segment TeamAccounts of Account where plan = "team"\nsegment InTeams where TeamAccounts',
    good: 'segment TeamAccounts of Account where plan = "team"\nsegment InTeams where account in TeamAccounts',
  }),
  "entity-out-of-scope": entry<{ name: string; here: readonly string[] }>({
    number: "SEG2012",
    severity: "error",
    message: (p) => `No \`${p.name}\` stands here; this is about ${p.here.map((e) => `\`${e}\``).join(" and ")}.`,
    help: (p) =>
      `\`${p.name}.\` before a field works inside a step over a collection of \`${p.name}\`, or where it is the subject.`,
    explain:
      "An entity's name before a dot says whose field is meant where several rows are in play. Only the entities around that place can be named.",
    bad: "segment Spenders where Purchase.amount > 100",
    good: "segment Spenders where purchases.where(Purchase.amount > 100)",
  }),
  "entity-as-value": entry<{ name: string; hint: string | null }>({
    number: "SEG2013",
    severity: "error",
    message: (p) => `\`${p.name}\` is an entity, not something to ask about.`,
    help: (p) => p.hint ?? `Write a dot and a field after it, or ask a link that leads to \`${p.name}\`.`,
    explain: "An entity's name describes a kind of rows. A condition asks fields and links of one row.",
    bad: "segment Buyers where Purchase > 3",
    good: "segment Buyers where purchases > 3",
  }),
  "field-of-many": entry<{ name: string; link: string; numeric: boolean; timed: boolean }>({
    number: "SEG2014",
    severity: "error",
    message: (p) => `There can be many \`${p.link}\`, so there is no single \`${p.name}\`.`,
    help: (p) => {
      const sums = p.numeric ? [`\`.sum(${p.name})\``, `\`.avg(${p.name})\``, `\`.max(${p.name})\``] : [];
      const last = p.timed ? [`\`.latest.${p.name}\` for the last one`] : [];
      return `Write ${[...sums, ...last, `\`.where(${p.name} …)\` to ask each`].join(", ")}.`;
    },
    explain: "A collection has many elements. A field belongs to one of them, or is summed up over all.",
    bad: "segment Spenders where purchases.amount > 100",
    good: "segment Spenders where purchases.sum(amount) > 100",
  }),
  "nothing-behind": entry<{ step: string; what: string }>({
    number: "SEG2015",
    severity: "error",
    message: (p) => `\`.${p.step}\` cannot stand here: ${p.what}.`,
    help: () =>
      "Steps such as `.count` and `.last90d` stand after a link to many, such as `purchases`; fields after a link to one.",
    explain:
      "A dot leads from a row to its fields and links, and from a collection to its steps. Behind a value there is nothing.",
    bad: "segment Located where region.count > 0",
    good: "segment Located where region is known",
  }),
  "not-in-a-header": entry<{ name: string }>({
    number: "SEG2016",
    severity: "error",
    message: (p) => `\`${p.name}\` cannot be read in the header of an entity.`,
    help: () => "The `where` of a header reads columns of its own table only.",
    explain:
      "The `where` of an entity's header says which rows of its table exist at all. It is decided before any link, collection, trait or segment can be asked.",
    bad: "default entity Customer from customers where orders > 0 {\n  id     : text key\n  orders : many Order by id\n}\nentity Order from orders {\n  order_id : text key\n}",
    good: "default entity Customer from customers where not is_test {\n  id      : text key\n  is_test : boolean\n}",
  }),
  "unknown-annotation": entry<{ name: string; word: string; suggestion: string | null; known: readonly string[] }>({
    number: "SEG2017",
    severity: "error",
    message: (p) => `A ${p.word} has no annotation \`@${p.name}\`.`,
    help: (p) =>
      p.suggestion !== null
        ? `Did you mean \`@${p.suggestion}\`?`
        : p.known.length === 0
          ? "Remove it."
          : `Known here: ${p.known.map((k) => `\`@${k}\``).join(", ")}.`,
    explain: "Annotations carry what people and reports need to know; an unknown one would silently do nothing.",
    bad: '@ownr("crm@shop.example")\nsegment Europeans where region = "EU"',
    good: '@owner("crm@shop.example")\nsegment Europeans where region = "EU"',
  }),
  "annotation-arguments": entry<{ name: string; example: string }>({
    number: "SEG2018",
    severity: "error",
    message: (p) => `\`@${p.name}\` is not written like this.`,
    help: (p) => `Write it like \`${p.example}\`.`,
    explain: 'Each annotation has one way to be written: `@owner("…")`, `@tags(a, b)`, `@deprecated("use …")`, `@kpi`.',
    bad: '@owner\nsegment Europeans where region = "EU"',
    good: '@owner("crm@shop.example")\nsegment Europeans where region = "EU"',
  }),
  "field-of-group": entry<{ name: string; steps: readonly string[] }>({
    number: "SEG2131",
    severity: "error",
    message: (p) => `\`${p.name}\` is something of one element, and here stands a group of them.`,
    help: (p) => `Write what of the group is meant: ${p.steps.map((step) => `\`${step}\``).join(" or ")}.`,
    explain:
      "After `.per(…)` a condition is about a group. What all its elements share is `group`; their fields stand inside an aggregate, such as `sum(amount)` or `share(amount > 50)`.",
    bad: 'segment Fans where purchases.per(month).where(category = "shoes").count >= 3',
    good: 'segment Fans where purchases.per(month).where(share(category = "shoes") > 0.5).count >= 3',
  }),
  "link-of-many": entry<{ name: string; link: string; timed: boolean }>({
    number: "SEG2121",
    severity: "error",
    message: (p) => `Each element of \`${p.link}\` has one \`${p.name}\` of its own.`,
    help: (p) =>
      `Ask it inside a step: \`.where(${p.name}.… = …)\`${p.timed ? `, or of one element: \`.latest.${p.name}\`` : ""}.`,
    explain:
      "Behind a collection only a link to many leads on: it gives the elements of all of them. What each has one of stands inside a step.",
    bad: 'segment Acme where purchases.product.brand = "Acme"',
    good: 'segment Acme where purchases.where(product.brand = "Acme")',
  }),
  "not-of-gaps": entry<{ name: string }>({
    number: "SEG2122",
    severity: "error",
    message: (p) => `\`.${p.name}\` does not follow \`.gaps\`.`,
    help: () =>
      "After it stand `.median`, `.avg`, `.min`, `.max`, `.sum` or `.count`; what narrows the collection stands before it.",
    explain: "`.gaps` are the waits in days between each element and the next, and no longer the elements.",
    bad: "segment Regular where purchases.gaps.last90d.median < 30",
    good: "segment Regular where purchases.last90d.gaps.median < 30",
  }),
};
