/**
 * A fault of the world (bytes, peers, stores, people's input), as opposed to a fault of the
 * program. `code` is stable and may be shown, stored and compared; `message` is one plain sentence
 * for a person.
 */
export class CodedError<Code extends string = string> extends Error {
  override readonly name: string = 'CodedError';
  readonly code: Code;

  constructor(code: Code, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The sentence of any thrown value, for a log line. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
