import type { Broadcast, BroadcastEvent } from '#contracts';
import type { AttemptTotal, StatisticsTotal } from '#persistence';
import type { BroadcastItem } from '../broadcasts/broadcast-view.ts';

/** Part of a report: plain texts, of which some were chosen by strangers. */
export type ReportBlock =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface ReportFacts {
  readonly broadcast: BroadcastItem;
  readonly attempts: readonly AttemptTotal[];
  readonly statistics: readonly StatisticsTotal[];
  /** Oldest first. */
  readonly events: readonly BroadcastEvent[];
  /** There are more events than a report shows. */
  readonly isCut: boolean;
  readonly nowMs: number;
}

const END_REASONS: Readonly<Record<string, string>> = {
  'end-now': 'it was ended',
  'grace-expired': 'the encoder did not come back in time',
  'stream-deleted': 'its stream was deleted',
  draining: 'the relay was shut down',
  unpublished: 'the encoder stopped the stream',
  moved: 'another relay took it over',
  'relay-stopped': 'the relay stopped without a word',
};
/** What is not known. */
const NOTHING = '–';

/** What happened in a broadcast, for people: all of it, in the order in which they ask. */
export function broadcastReport(facts: ReportFacts): ReportBlock[] {
  const { broadcast, isCut, events } = facts;
  const cut = `Only the first ${events.length} entries are shown; the export has all of them.`;
  return [
    { kind: 'title', text: `Broadcast of ${broadcast.streamName}` },
    summaryTable(facts),
    { kind: 'heading', text: 'Encoder' },
    encoderTable(facts),
    { kind: 'heading', text: 'Destinations' },
    destinationTable(facts),
    { kind: 'heading', text: 'Timeline' },
    timelineTable(facts),
    ...(isCut ? [{ kind: 'paragraph', text: cut } as const] : []),
  ];
}

function summaryTable({ broadcast, nowMs }: ReportFacts): ReportBlock {
  const { startedAt, endedAt, endReason } = broadcast;
  const rows = [
    ['Began', moment(startedAt)],
    ['Ended', endedAt === null ? 'It is live.' : moment(endedAt)],
    ['Duration', duration(durationMs(broadcast, nowMs))],
  ];
  if (endReason !== null) rows.push(['Ended because', END_REASONS[endReason] ?? endReason]);
  rows.push(['Stream', broadcast.streamId], ['Broadcast', broadcast.id]);
  rows.push(['Relay', broadcast.nodeId]);
  return { kind: 'table', head: ['What', ''], rows };
}

function encoderTable({ statistics }: ReportFacts): ReportBlock {
  const total = statistics.find(({ destinationId }) => destinationId === null);
  if (total === undefined) return { kind: 'paragraph', text: 'No figures are kept.' };
  return {
    kind: 'table',
    head: ['Bitrate', 'Lowest', 'Highest', 'Received', 'Came back'],
    rows: [
      [
        `${total.kbpsAvg} kbit/s`,
        `${total.kbpsMin} kbit/s`,
        `${total.kbpsMax} kbit/s`,
        size(total.bytes),
        times(total.reconnects),
      ],
    ],
  };
}

function destinationTable({ attempts, statistics, broadcast }: ReportFacts): ReportBlock {
  if (attempts.length === 0) return { kind: 'paragraph', text: 'Nothing was sent anywhere.' };
  const rows = attempts.map((attempt) => {
    const isIts = (one: { destinationId: string | null }) =>
      one.destinationId === attempt.destinationId;
    const total = statistics.find(isIts);
    const outcome = broadcast.destinations.find(isIts);
    return [
      attempt.destinationName ?? attempt.destinationId,
      outcome === undefined
        ? NOTHING
        : `${duration(outcome.liveMs)} (${outcome.livePercent} % of the time wanted)`,
      String(attempt.attempts),
      outcome === undefined ? NOTHING : times(outcome.reconnects),
      total === undefined ? NOTHING : String(total.dropped),
      total === undefined ? NOTHING : `${(total.lagMsMax / 1_000).toFixed(1)} s`,
      total === undefined ? NOTHING : `${total.kbpsAvg} kbit/s`,
      size(bytesSent(attempt, total)),
    ];
  });
  return {
    kind: 'table',
    head: [
      'Destination',
      'Live',
      'Connections tried',
      'Came back',
      'Frames dropped',
      'Worst lag',
      'Bitrate',
      'Sent',
    ],
    rows,
  };
}

/** An attempt tells its bytes at its end: what the others sent is in the figures of each second. */
function bytesSent({ untold, bytesWritten }: AttemptTotal, total?: StatisticsTotal): number {
  return untold === 0 ? bytesWritten : Math.max(bytesWritten, total?.bytes ?? 0);
}

function timelineTable({ events, broadcast }: ReportFacts): ReportBlock {
  const startedMs = Date.parse(broadcast.startedAt);
  const rows = events.map(({ at, message, remoteWords, actor }) => [
    moment(at),
    `+${duration(Math.max(0, Date.parse(at) - startedMs))}`,
    remoteWords === null ? message : `${message} The server said: “${remoteWords}”`,
    actor ?? '',
  ]);
  return { kind: 'table', head: ['Time', 'Since the begin', 'What happened', 'By'], rows };
}

function durationMs({ startedAt, endedAt }: Broadcast, nowMs: number): number {
  return (endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt);
}

/** `2026-11-21 20:00:03 UTC` */
function moment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

/** `1:02:03` */
function duration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const pair = (value: number): string => String(value % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3_600)}:${pair(Math.floor(seconds / 60))}:${pair(seconds)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
