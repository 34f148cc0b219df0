/** A broken invariant of ours, never something a user typed. Caught once, at the edge: command, server, worker. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** The end of a `switch` over a union: fails to compile when a case is missing. */
export function assertNever(value: never): never {
  throw new InternalError(`unhandled case: ${JSON.stringify(value)}`);
}
