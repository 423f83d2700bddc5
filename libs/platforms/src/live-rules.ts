import { ingestRules, type RuledIngest, type RuledPlatform } from './ingest-rules.ts';
import type { LiveRuleCode, LiveRuleFinding } from './live-finding.ts';

/** Before a platform ends a broadcast by itself, its owner is told so long. */
export const DURATION_NEAR_MS = 30 * 60_000;
/** Of what is allowed to leave, the part from which on it is told that little is left. */
export const QUOTA_NEAR_SHARE = 0.9;

const MS_PER_HOUR = 3_600_000;

/** One enabled destination of the stream; those that nobody wants are not judged. */
export interface RuledDestination {
  readonly id: string;
  readonly name: string;
  /** Undefined for one that is not known here: nothing can be said of its limits. */
  readonly platform: RuledPlatform | undefined;
  /** The built-in destination: it takes everything, and nothing of it leaves. */
  readonly isTest: boolean;
  /** Equal where host and key are equal; null where that is not known. */
  readonly keyFingerprint: string | null;
  /** Its address is the door of this Forkcast's own encoders. */
  readonly isOwnIngest: boolean;
}

/** An enabled destination of another live stream of the same workspace. */
export interface RuledStranger {
  readonly id: string;
  readonly name: string;
  readonly streamName: string;
  readonly keyFingerprint: string | null;
}

/** What leaves, or would if each enabled destination were live, beside what may. */
export interface RuledOutput {
  readonly kbps: number;
  /** Null: nobody has said. */
  readonly kbpsMax: number | null;
}

export interface LiveFacts {
  /** Null while no encoder is there: nothing is said of what it sends. */
  readonly ingest: RuledIngest | null;
  /** Since the broadcast began. */
  readonly liveForMs: number;
  readonly destinations: readonly RuledDestination[];
  readonly strangers: readonly RuledStranger[];
  /** Of the whole node. */
  readonly uplink: RuledOutput;
  /** Of the stream's workspace. */
  readonly quota: RuledOutput;
}

/**
 * What will bite a destination that is wanted: each finding names those, what they take and what
 * they would be sent. A platform that is not known has no limits, and the built-in test
 * destination takes everything.
 */
export function liveWarnings(facts: LiveFacts): readonly LiveRuleFinding[] {
  const outward = facts.destinations.filter(({ isTest }) => !isTest);
  const found = [
    ...outward.flatMap((destination) => ofDestination(destination, facts)),
    ...duplicateKeys(outward, facts.strangers),
    ...outputs(outward, facts),
  ];
  return merged(found);
}

function ofDestination(destination: RuledDestination, facts: LiveFacts): LiveRuleFinding[] {
  const { id, name, platform } = destination;
  const found: LiveRuleFinding[] = [];
  if (destination.isOwnIngest) {
    const message =
      `${name} leads back to this Forkcast: what it is sent comes in again. ` +
      'Use the server URL of the platform.';
    found.push(finding('LOOP', message, null, null, [id]));
  }
  if (platform === undefined) return found;
  if (facts.ingest !== null) {
    for (const rule of ingestRules(facts.ingest, platform)) {
      found.push({ ...rule, destinationIds: [id] });
    }
  }
  const near = durationNear(platform, facts.liveForMs);
  if (near !== undefined) found.push({ ...near, destinationIds: [id] });
  return found;
}

function durationNear(
  { name, limits }: RuledPlatform,
  liveForMs: number,
): Omit<LiveRuleFinding, 'destinationIds'> | undefined {
  const { hoursMax } = limits;
  if (hoursMax === null || hoursMax * MS_PER_HOUR - liveForMs > DURATION_NEAR_MS) return undefined;
  const message =
    `${name} ends broadcasts after ${hoursMax} hours, and this one is close to that. ` +
    'End it and begin another in time.';
  return {
    code: 'DURATION_NEAR',
    message,
    limit: hoursMax,
    measured: Math.floor((liveForMs / MS_PER_HOUR) * 10) / 10,
  };
}

/** A platform takes one of two that publish with one key, and drops the other again and again. */
function duplicateKeys(
  destinations: readonly RuledDestination[],
  strangers: readonly RuledStranger[],
): LiveRuleFinding[] {
  const byKey = new Map<string, RuledDestination[]>();
  for (const destination of destinations) {
    const { keyFingerprint } = destination;
    if (keyFingerprint === null) continue;
    byKey.set(keyFingerprint, [...(byKey.get(keyFingerprint) ?? []), destination]);
  }
  return [...byKey].flatMap(([fingerprint, same]) => {
    const others = strangers.filter(({ keyFingerprint }) => keyFingerprint === fingerprint);
    if (same.length + others.length < 2) return [];
    const names = [
      ...same.map(({ name }) => name),
      ...others.map(({ name, streamName }) => `${name} of ${streamName}`),
    ];
    const message =
      `${names.join(' and ')} publish with the same stream key. A platform keeps one of them ` +
      'and drops the others: stop all but one.';
    const ids = same.map(({ id }) => id);
    return [finding('DUPLICATE_KEY', message, null, null, ids)];
  });
}

function outputs(
  outward: readonly RuledDestination[],
  { uplink, quota }: LiveFacts,
): LiveRuleFinding[] {
  const found: LiveRuleFinding[] = [];
  const ids = outward.map(({ id }) => id);
  if (ids.length === 0) return found;
  if (uplink.kbpsMax !== null && uplink.kbps > uplink.kbpsMax) {
    const message =
      `All destinations together need ${inMbit(uplink.kbps)}, and this relay’s uplink has ` +
      `${inMbit(uplink.kbpsMax)}. Stop a destination or lower the bitrate.`;
    found.push(finding('UPLINK_SHORT', message, uplink.kbpsMax, uplink.kbps, ids));
  }
  if (quota.kbpsMax !== null && quota.kbps >= quota.kbpsMax * QUOTA_NEAR_SHARE) {
    const message =
      `The destinations of this workspace need ${inMbit(quota.kbps)} of the ` +
      `${inMbit(quota.kbpsMax)} that it may send. Beyond that no further one is connected.`;
    found.push(finding('OUT_QUOTA_NEAR', message, quota.kbpsMax, quota.kbps, ids));
  }
  return found;
}

/** Two destinations on one platform have one fault, not two. */
function merged(found: readonly LiveRuleFinding[]): LiveRuleFinding[] {
  const byWords = new Map<string, LiveRuleFinding>();
  for (const one of found) {
    const words = `${one.code} ${one.message}`;
    const same = byWords.get(words);
    const destinationIds = [...(same?.destinationIds ?? []), ...one.destinationIds];
    byWords.set(words, { ...one, destinationIds });
  }
  return [...byWords.values()];
}

function finding(
  code: LiveRuleCode,
  message: string,
  limit: number | null,
  measured: number | null,
  destinationIds: readonly string[],
): LiveRuleFinding {
  return { code, message, limit, measured, destinationIds };
}

function inMbit(kbps: number): string {
  return `${(kbps / 1_000).toFixed(1)} Mbit/s`;
}
