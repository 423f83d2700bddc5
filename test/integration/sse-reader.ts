import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

export interface SseEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/**
 * A reader of server-sent events over a plain connection, so that a spec may also refuse to read.
 */
export interface SseReader {
  readonly status: number;
  readonly events: readonly SseEvent[];
  readonly text: string;
  readonly ended: boolean;
  stopReading(): void;
  close(): void;
}

export async function openSse(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<SseReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // An agent would wait for a free connection; every reader here has its own.
    get(url, { headers, agent: false }, resolve).once('error', reject);
  });
  let text = '';
  let ended = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (text += chunk));
  response.on('error', () => undefined);
  response.on('close', () => (ended = true));
  return {
    status: response.statusCode ?? 0,
    get events() {
      return text.split('\n\n').flatMap(parse);
    },
    get text() {
      return text;
    },
    get ended() {
      return ended;
    },
    stopReading: () => void response.pause(),
    close: () => void response.destroy(),
  };
}

/** A block without data, such as a comment, is no event. */
function parse(block: string): SseEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return [];
  return [{ id: fields.get('id') ?? '', type: fields.get('event') ?? '', data: JSON.parse(data) }];
}
