import { by, cents, number, type Row, type Tables, text, time, yes } from "../../test/rows.ts";

export interface Order {
  readonly at: number;
  /** Null where nobody noted the amount. */
  readonly cents: number | null;
}

export interface Email {
  readonly id: string;
  readonly at: number;
  readonly opened: boolean;
}

export interface Consent {
  readonly at: number;
  readonly channel: string | null;
  readonly granted: boolean | null;
}

/** A reader with all that had happened at the moment that is asked about. */
export interface Reader {
  readonly id: string;
  readonly country: string | null;
  readonly zone: string | null;
  readonly born: string | null;
  readonly subscribed: string | null;
  readonly orders: readonly Order[];
  readonly emails: readonly Email[];
  readonly contacts: readonly number[];
  readonly consents: readonly Consent[];
  /** The channels on which they must not be written to. */
  readonly suppressed: readonly (string | null)[];
  readonly complaints: readonly number[];
  readonly disputes: readonly (string | null)[];
}

export interface Prospect {
  readonly id: string;
  readonly similarity: number | null;
  /** Null where they are no reader, or none that exists. */
  readonly reader: Reader | null;
}

export interface Media {
  readonly now: number;
  readonly readers: readonly Reader[];
  readonly prospects: readonly Prospect[];
  /** The keys of the snapshot. */
  readonly slowingDownJune: readonly string[];
}

/** The publisher as of a moment. */
export function readMedia(tables: Tables, now: number): Media {
  const rows = (name: string): readonly Row[] => tables[name] ?? [];
  const past = (name: string, column: string): readonly (Row & { readonly at: number })[] => {
    const found: (Row & { readonly at: number })[] = [];
    for (const row of rows(name)) {
      const at = time(row, column);
      if (at !== null && at < now) found.push({ ...row, at } as Row & { readonly at: number });
    }
    return found;
  };
  const of = <A extends Row>(list: readonly A[]) => by(list, (row) => text(row, "reader_id"));

  const opened = new Set(past("openings", "opened_at").map((row) => text(row, "email_id")));
  const orders = of(past("orders", "ordered_at"));
  const emails = of(past("emails", "sent_at"));
  const contacts = of(past("contacts", "contacted_at"));
  const consents = of(past("consents", "given_at"));
  const suppressions = of(past("suppressions", "suppressed_at"));
  const complaints = of(past("complaints", "complained_at"));
  const disputes = of(rows("disputes"));

  const readers: Reader[] = [];
  for (const row of rows("readers")) {
    const joined = time(row, "joined_at");
    const closed = time(row, "closed_at");
    if ((joined !== null && joined >= now) || (closed !== null && closed < now)) continue;
    const id = text(row, "reader_id") as string;
    readers.push({
      id,
      country: text(row, "country"),
      zone: text(row, "time_zone"),
      born: text(row, "birth_date"),
      subscribed: text(row, "subscribed_on"),
      orders: (orders.get(id) ?? []).map((o) => ({ at: o.at, cents: cents(o, "total") })),
      emails: (emails.get(id) ?? []).map((m) => {
        const email = text(m, "email_id") as string;
        return { id: email, at: m.at, opened: opened.has(email) };
      }),
      contacts: (contacts.get(id) ?? []).map((c) => c.at),
      consents: (consents.get(id) ?? []).map((c) => ({
        at: c.at,
        channel: text(c, "channel"),
        granted: yes(c, "granted"),
      })),
      suppressed: (suppressions.get(id) ?? []).map((s) => text(s, "channel")),
      complaints: (complaints.get(id) ?? []).map((c) => c.at),
      disputes: (disputes.get(id) ?? []).map((d) => text(d, "status")),
    });
  }
  const reader = new Map(readers.map((r) => [r.id, r]));
  const prospects = rows("prospects").map((row) => ({
    id: text(row, "prospect_id") as string,
    similarity: number(row, "similarity"),
    reader: reader.get(text(row, "reader_id") ?? "") ?? null,
  }));
  const slowingDownJune = rows("seg_membership")
    .filter((row) => text(row, "segment") === "SlowingDownJune" && text(row, "left_at") === null)
    .map((row) => text(row, "key") as string);
  return { now, readers, prospects, slowingDownJune };
}
