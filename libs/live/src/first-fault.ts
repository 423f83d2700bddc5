/** A transaction resolves although commands in it failed: their errors stand in its answer. */
export function firstFault(results: [Error | null, unknown][] | null): void {
  const fault = results?.find(([error]) => error !== null)?.[0];
  if (fault) throw fault;
}
