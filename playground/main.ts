/** The page: passes changes to the worker and shows what it answers. */
import { AS_OF, CUSTOMERS, FILES, ZONE } from "./data/files.ts";
import { type Editor, makeEditor } from "./editor/monaco.ts";
import { showAudience } from "./panels/audience.ts";
import { byId } from "./panels/element.ts";
import { showProblems } from "./panels/problems.ts";
import { whenChanged } from "./panels/redraw.ts";
import { copyText, type SqlView, showSql } from "./panels/sql.ts";
import { tabs } from "./panels/tabs.ts";
import { wholeNumber } from "./state/numbers.ts";
import { changed, EMPTY, firstSegment, heard, type Page, segmentAt } from "./state/page.ts";
import type { Answer, Edit } from "./worker/protocol.ts";

const ABOUT =
  `Exact: every one of the ${wholeNumber(CUSTOMERS)} customers that the page made up, as of ${AS_OF}, ${ZONE}. ` +
  "Test accounts, deleted accounts and people who signed up later do not exist.";

let page: Page = { ...EMPTY, selected: firstSegment(FILES) };
let view: SqlView = { dialect: "", inline: true };
/** Whether the caret has been moved since the last segment was looked at. */
let caretMoved = false;
let worker = startWorker();
const redraw = { problems: whenChanged(), audience: whenChanged(), sql: whenChanged() };

const editor: Editor = makeEditor(byId("editor"), FILES, { changed: send, moved: caretWasMoved, opened: followFile });
const openTab = tabs(
  byId("files"),
  FILES.map(({ path }) => ({ name: path, label: path, panel: "editor" })),
  editor.open,
);
tabs(
  byId("answers"),
  [
    { name: "audience", label: "Audience", panel: "audience" },
    { name: "sql", label: "SQL", panel: "sql" },
  ],
  () => undefined,
);
byId("crash-copy").addEventListener("click", () => void copyText(page.report ?? "", byId("crash-copy")));
send();

function startWorker(): Worker {
  const made = new Worker(new URL("./worker/worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data }: MessageEvent<Answer>) => hear(data));
  made.addEventListener("error", (event) => {
    event.preventDefault();
    worker.terminate();
    const where = event.filename === "" ? "" : `\n${event.filename}:${event.lineno}:${event.colno}`;
    hear({ kind: "crashed", revision: page.revision, report: `${event.message || "The worker ended."}${where}` });
    worker = startWorker();
  });
  return made;
}

/** Sends all there is; an answer to something earlier is not heard any more. */
function send(): void {
  page = changed(page, page.selected);
  const edit: Edit = { revision: page.revision, files: editor.files(), segment: page.selected };
  worker.postMessage(edit);
  show();
}

function hear(answer: Answer): void {
  if (answer.kind === "started") {
    editor.colour(answer.grammar);
    return;
  }
  const asked = page.selected;
  page = heard(page, answer, editor.files());
  const heardIn = page.revision;
  if (answer.kind === "findings" && answer.revision === heardIn) {
    editor.mark(page.findings);
    followCaret();
  }
  if (page.revision !== heardIn) return;
  if (page.selected === asked) show();
  else send();
}

function select(name: string): void {
  caretMoved = false;
  if (name === page.selected) return;
  page = { ...page, selected: name };
  send();
}

function caretWasMoved(): void {
  caretMoved = true;
  followCaret();
}

/** Looks at the segment that the caret is in, as soon as it is known where segments are in the text as it stands. */
function followCaret(): void {
  if (!caretMoved || page.foundIn !== page.revision) return;
  const name = segmentAt(page.segments, editor.opened(), editor.caret());
  if (name !== null) select(name);
}

function followFile(path: string): void {
  openTab(path);
}

function show(): void {
  const actions = {
    goTo: ({ file, span }: Page["findings"][number]) => editor.goTo(file, span),
    apply: editor.apply,
  };
  redraw.problems([page.findings, page.foundIn === page.revision], () =>
    showProblems(byId("problems"), byId("problems-title"), page, actions),
  );
  redraw.audience([page.segments, page.selected], () => showAudience(byId("audience"), page, ABOUT, select));
  redraw.sql([page.sql, page.selected, view], () =>
    showSql(byId("sql"), page, view, (chosen) => {
      view = chosen;
      show();
    }),
  );
  byId("crash").hidden = page.report === null;
  byId("crash-report").textContent = page.report ?? "";
  document.documentElement.dataset["segRev"] = String(page.answered);
  document.documentElement.dataset["segState"] = page.state;
  if (page.state === "ready") announce();
}

/** Says the number of the selected segment to those who cannot see it change. */
function announce(): void {
  const shown = page.segments.find(({ declared }) => declared.name === page.selected);
  const people = shown?.size?.kind === "counted" && shown.age === "live" ? shown.size.people : null;
  const problems = page.findings.length === 0 ? "" : ` ${page.findings.length} problems.`;
  const said =
    shown === undefined || people === null ? problems : `${shown.declared.name}: ${wholeNumber(people)}.${problems}`;
  if (byId("said").textContent !== said) byId("said").textContent = said;
}
