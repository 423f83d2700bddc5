import type { OutwardEvent, WebhookBody } from '#control';

/** Discord takes 2,000 characters, Slack more than anybody reads. */
const NOTICE_CHARS_MAX = 2_000;
const SUBJECT_CHARS_MAX = 150;
/** Discord's flag for "show no previews of links". */
const SUPPRESS_EMBEDS = 4;
/** Control and format marks: what would break a line, or turn text around. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const DISCORD_MARKS = /[\\*_~`|>#[\]()<@:-]/g;

/** What is said to a machine: Standard Webhooks. */
export function standardBody(event: OutwardEvent): string {
  const body: WebhookBody = { type: event.type, timestamp: event.at, data: event };
  return JSON.stringify(body);
}

/** Nobody is pinged, whatever the name of a stream or the words of a platform hold. */
export function discordBody(event: OutwardEvent, times: number): string {
  const content = escaped(noticeLines(event, times), (line) =>
    line.replace(DISCORD_MARKS, String.raw`\$&`),
  );
  return JSON.stringify({ content, allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS });
}

/** The three characters that Slack reads as its own, escaped; nothing is formatted. */
export function slackBody(event: OutwardEvent, times: number): string {
  const text = escaped(noticeLines(event, times), (line) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
  return JSON.stringify({ text, mrkdwn: false, unfurl_links: false, unfurl_media: false });
}

export interface Mail {
  /** One line. */
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

export function mailOf(event: OutwardEvent, times: number): Mail {
  const [headline = '', ...rest] = noticeLines(event, times);
  return {
    subject: `[Forkcast] ${headline}`.slice(0, SUBJECT_CHARS_MAX).toWellFormed(),
    text: `${[headline, '', ...rest].join('\n')}\n`,
  };
}

/** What is said to a person: what, where, what the platform said, when. */
function noticeLines(event: OutwardEvent, times: number): string[] {
  const { stream, destination, message, remoteWords, at, type, actor } = event;
  // Some messages begin with the destination's name; others speak of "the platform".
  const named = destination !== null && !message.startsWith(`${destination.name} `);
  const names = [stream?.name, named ? destination.name : undefined];
  const where = names.filter((name) => name !== undefined).join(' → ');
  const again = times > 1 ? ` (${times} times)` : '';
  const lines = [`${where === '' ? '' : `${where}: `}${message}${again}`];
  if (remoteWords !== null) lines.push(`It said: ${remoteWords}`);
  if (actor !== null) lines.push(`By: ${actor}`);
  lines.push(`${at.slice(0, 19).replace('T', ' ')} UTC · ${type}`);
  return lines.map((line) => line.replace(UNSEEN, ' '));
}

/**
 * Whole characters only, so that no escape is cut in two: lines that are too long lose their end
 * before they are escaped.
 */
function escaped(lines: readonly string[], escape: (line: string) => string): string {
  const kept: string[] = [];
  let chars = 0;
  for (const line of lines) {
    let text = '';
    for (const character of line) {
      const one = escape(character);
      if (chars + text.length + one.length > NOTICE_CHARS_MAX - lines.length) break;
      text += one;
    }
    chars += text.length;
    kept.push(text);
  }
  return kept.join('\n');
}
