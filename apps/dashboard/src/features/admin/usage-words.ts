import type { Named } from '../../lib/client.ts';
import { kbitPerSecond } from '../../lib/words.ts';

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const unitStep = 1_000;

/** `12,345` */
export function countWords(count: number): string {
  return numbers.format(count);
}

/** `812 B`, `1.2 GB` */
export function bytesWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= unitStep && unit < byteUnits.length - 1) {
    value /= unitStep;
    unit += 1;
  }
  return `${numbers.format(value)} ${byteUnits[unit]}`;
}

export interface Figure {
  readonly label: string;
  readonly words: string;
  readonly used: number;
  /** Null: no quota. */
  readonly max: number | null;
}

/** What is used, each with its quota where there is one. */
export function figuresOf({ quota, streams, destinations, month }: Named<'Usage'>): Figure[] {
  const figure = (
    label: string,
    used: number,
    max: number | null,
    inUnits: (value: number) => string = countWords,
  ): Figure => {
    const words =
      max === null ? `${inUnits(used)}, no limit` : `${inUnits(used)} of ${inUnits(max)}`;
    return { label, words, used, max };
  };
  return [
    figure('Streams', streams, quota.streamsMax),
    figure('Destinations', destinations, quota.destinationsMax),
    figure('Relay minutes this month', month.relayMinutes, quota.relayMinutesMax),
    figure('Sent at most this month', month.outKbpsPeak, quota.outKbpsMax, kbitPerSecond),
    { label: 'Sent this month', words: bytesWords(month.bytesOut), used: 0, max: null },
  ];
}

/** `No limits`, or each that there is. */
export function quotaWords(quota: Named<'Quota'>): string {
  const { streamsMax, destinationsMax, outKbpsMax, relayMinutesMax } = quota;
  const limits = [
    streamsMax === null ? [] : [`${countWords(streamsMax)} streams`],
    destinationsMax === null ? [] : [`${countWords(destinationsMax)} destinations`],
    outKbpsMax === null ? [] : [`${kbitPerSecond(outKbpsMax)} out`],
    relayMinutesMax === null ? [] : [`${countWords(relayMinutesMax)} relay minutes a month`],
  ].flat();
  return limits.length === 0 ? 'No limits' : `At most ${limits.join(', ')}`;
}
