import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import type { EngineEntry } from "./engines.ts";

const { program } = loadProject([sourceFile("model.seg", "entity Person from people { id : text key }")]);

/** What an engine says of itself, with its version. */
export async function versionOf({ name, open }: EngineEntry): Promise<string> {
  const engine = await open();
  try {
    const runner = await engine.load(program.model, { people: [] });
    const version = await runner.version?.();
    await runner.close();
    if (version === undefined) throw new Error(`${name} says no version`);
    return version;
  } finally {
    await engine.close();
  }
}
