/** A broken invariant of ours, never something a user typed. Caught once, at the edge: command, server, worker. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** What is still to be written. */
export function notYet(what: string): never {
  throw new InternalError(`${what} is not built yet`);
}

/** The end of a `switch` over a union: fails to compile when a case is missing. */
export function assertNever(value: never): never {
  throw new InternalError(`unhandled case: ${JSON.stringify(value)}`);
}
