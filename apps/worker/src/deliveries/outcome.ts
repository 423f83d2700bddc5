/** What became of one try. Its sentences are shown: they hold no URL, and no word of the answer. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number | null }
  /** Whatever else is sent there fails as well: those behind it wait. */
  | {
      readonly kind: 'failed';
      readonly status: number | null;
      readonly fault: string;
      readonly retryAfterSeconds: number | null;
    }
  /** The receiver is there, and does not want this one. */
  | { readonly kind: 'refused'; readonly status: number | null; readonly fault: string }
  /** The receiver asks never to be called again. */
  | { readonly kind: 'gone'; readonly status: number; readonly fault: string };

/** 408 Request Timeout, 425 Too Early, 429 Too Many Requests: it is not the message's fault. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429]);
const GONE = 410;

/** What an HTTP status says about a webhook. */
export function outcomeOf(status: number, retryAfterSeconds: number | null): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === GONE) {
    return { kind: 'gone', status, fault: 'The server answered 410: it wants no more of these.' };
  }
  if (status >= 500 || NOT_NOW.has(status)) {
    return { kind: 'failed', status, fault: `The server answered ${status}.`, retryAfterSeconds };
  }
  const redirected = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return { kind: 'refused', status, fault: `The server answered ${status}${redirected}.` };
}
