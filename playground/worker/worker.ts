/** The page's worker: the compiler and the people stay here, so that typing never waits for them. */
import { CUSTOMERS } from "../data/files.ts";
import { SHOP, shopTables } from "../data/shop.ts";
import { monarchGrammar } from "../editor/monarch.ts";
import type { Answer, Edit } from "./protocol.ts";
import { openSession, type Session } from "./session.ts";

let latest: Edit | null = null;
let working = false;
let session: Session | null = null;

const say = (answer: Answer): void => postMessage(answer);

/** Lets messages in that have arrived meanwhile. */
const pause = (): Promise<void> =>
  new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(null);
  });

/** Answers the latest edit; one that is overtaken is left where it stands. */
async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let edit = latest; edit !== null; edit = latest) {
    await answer(edit);
    if (latest === edit) latest = null;
  }
  working = false;
}

async function answer(edit: Edit): Promise<void> {
  try {
    session ??= openSession(() => shopTables(CUSTOMERS), SHOP);
    for (const part of session(edit)) {
      say(part);
      await pause();
      if (latest !== edit) return;
    }
  } catch (error) {
    // A broken invariant of the compiler. What it left behind is not trusted.
    session = null;
    say({ kind: "crashed", revision: edit.revision, report: reportOf(error) });
  }
}

const reportOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

addEventListener("message", ({ data }: MessageEvent<Edit>) => {
  latest = data;
  void work();
});

say({ kind: "started", grammar: monarchGrammar() });
