import type { LogOutput } from '#observability';

const LEVELS: Readonly<Record<string, string>> = {
  warn: 'warning: ',
  error: 'error: ',
  fatal: 'fatal: ',
};
/** Said once by the logger itself; a person reading along does not need them. */
const QUIET_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'app', 'name', 'msg', 'v']);
const TEXT_CHARACTERS_MAX = 200;

/**
 * What people see. With a terminal the apps' log lines are shortened; without one they pass as they
 * are.
 */
export class Terminal {
  readonly #output: LogOutput;
  readonly #errors: LogOutput;
  readonly #readable: boolean;

  constructor(streams: { output: LogOutput; errors: LogOutput; readable: boolean }) {
    this.#output = streams.output;
    this.#errors = streams.errors;
    this.#readable = streams.readable;
  }

  say(line: string): void {
    this.#output.write(`forkcast: ${line}\n`);
  }

  /** A fault may be several lines: each is told apart as ours. */
  fault(sentences: string): void {
    for (const line of sentences.split('\n')) this.#errors.write(`forkcast: ${line}\n`);
  }

  /** So many lines found no reader, or no room. */
  lost(lines: number): void {
    this.say(`warning: ${lines} log lines were lost`);
  }

  paragraph(lines: readonly string[]): void {
    this.#output.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
  }

  processLine(name: string, source: 'stdout' | 'stderr', text: string): void {
    const stream = source === 'stdout' ? this.#output : this.#errors;
    stream.write(`${this.#readable ? readableLine(name, text) : text}\n`);
  }
}

/**
 * `name  warning: message key=value` from a JSON log line; any other line with its name before it.
 */
export function readableLine(name: string, text: string): string {
  const label = name.padEnd(8);
  const record = parseRecord(text);
  if (record === undefined) return `${label} ${text}`;
  const level = LEVELS[String(record['level'])] ?? '';
  const fields = Object.entries(record)
    .filter(([key]) => !QUIET_FIELDS.has(key))
    .map(([key, value]) => ` ${key}=${fieldText(value)}`);
  return `${label} ${level}${fieldText(record['msg'] ?? '')}${fields.join('')}`;
}

function fieldText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > TEXT_CHARACTERS_MAX ? `${text.slice(0, TEXT_CHARACTERS_MAX)}…` : text;
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}
