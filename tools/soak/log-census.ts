/** Lines of the product's log that tell of trouble, counted by what they say. */
export class LogCensus {
  readonly #counts = new Map<string, number>();
  #lines = 0;

  add(text: string): void {
    this.#lines += 1;
    const said = troubleIn(text);
    if (said !== undefined) this.#counts.set(said, (this.#counts.get(said) ?? 0) + 1);
  }

  get lines(): number {
    return this.#lines;
  }

  /** The most frequent first. */
  get counts(): readonly (readonly [string, number])[] {
    return [...this.#counts].toSorted(([, one], [, other]) => other - one);
  }
}

const TROUBLE: ReadonlySet<unknown> = new Set(['warn', 'error', 'fatal']);

/** `relay warn: a lane died and is started again`; undefined for what is no trouble. */
function troubleIn(text: string): string | undefined {
  if (!text.startsWith('{')) return numbersAside(text);
  try {
    const { app, level, msg } = JSON.parse(text) as Record<string, unknown>;
    if (!TROUBLE.has(level)) return undefined;
    return `${String(app)} ${String(level)}: ${numbersAside(String(msg))}`;
  } catch {
    return numbersAside(text);
  }
}

/** So that lines that differ in a number are counted together. */
function numbersAside(text: string): string {
  return text
    .slice(0, 120)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    .replaceAll(/\d+/g, 'N');
}
