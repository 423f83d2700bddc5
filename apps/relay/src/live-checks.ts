import type { DesiredDestination, LiveWarning, StreamStatus } from '#contracts';
import type { Clock } from '#kernel';
import { findPlatform, liveWarnings } from '#platforms';
import type { LiveFacts, RuledDestination, RuledIngest, RuledStranger } from '#platforms';
import { TEST_PLATFORM } from './dialler.ts';
import type { LiveStream } from './live-stream.ts';
import { WarningWatch } from './warning-watch.ts';

/** Any server: nothing is known of what it takes. */
const CUSTOM = 'custom';

export interface LiveChecksPorts {
  readonly clock: Clock;
  /** What the operator says that leaves this node at most; null: nothing was said. */
  readonly uplinkKbpsMax: number | null;
  /** Whether a destination's URL is a door of this node's own encoders. */
  isOwnIngest(url: string): boolean;
  /** To the timeline, once when it begins and once when it is over. */
  onWarning(stream: LiveStream, warning: LiveWarning, isOver: boolean): void;
  onChanged(stream: LiveStream): void;
}

interface Seen {
  readonly stream: LiveStream;
  readonly status: StreamStatus;
  readonly destinations: readonly DesiredDestination[];
  /** What its destinations take together, if all that are wanted are live. */
  readonly outKbps: number;
}

/**
 * Holds what encoders send beside what the platforms of enabled destinations take, and beside each
 * other: once a second, from figures that are there anyway.
 */
export class LiveChecks {
  readonly #ports: LiveChecksPorts;
  readonly #watches = new Map<string, WarningWatch>();

  constructor(ports: LiveChecksPorts) {
    this.#ports = ports;
  }

  /** Called on a beat with all streams of this node. */
  look(streams: readonly LiveStream[]): void {
    for (const stream of streams) if (stream.standing === 'offline') stream.warnings = [];
    const live = streams.filter(({ standing }) => standing !== 'offline').map(seenOf);
    this.#forgetOthers(live);
    const uplinkKbps = sumOf(live);
    for (const seen of live) this.#lookAt(seen, live, uplinkKbps);
  }

  /** What is over says nothing any more; who begins again begins anew. */
  #forgetOthers(live: readonly Seen[]): void {
    const ids = new Set(live.map(({ stream }) => stream.streamId));
    for (const streamId of this.#watches.keys()) {
      if (!ids.has(streamId)) this.#watches.delete(streamId);
    }
  }

  #lookAt(seen: Seen, live: readonly Seen[], uplinkKbps: number): void {
    const { stream } = seen;
    const { clock } = this.#ports;
    const watch = this.#watches.get(stream.streamId) ?? new WarningWatch();
    this.#watches.set(stream.streamId, watch);
    const found = liveWarnings(this.#factsOf(seen, live, uplinkKbps)).map((one) => ({
      ...one,
      destinationIds: [...one.destinationIds],
    }));
    const { begun, over } = watch.look(found, clock.monotonicMs(), clock.wallMs());
    stream.warnings = watch.warnings;
    for (const warning of begun) this.#ports.onWarning(stream, warning, false);
    for (const warning of over) this.#ports.onWarning(stream, warning, true);
    if (begun.length + over.length > 0) this.#ports.onChanged(stream);
  }

  #factsOf(seen: Seen, live: readonly Seen[], uplinkKbps: number): LiveFacts {
    const { stream, status, destinations } = seen;
    const nowMs = this.#ports.clock.wallMs();
    const { workspaceId, quota } = stream.desired;
    const ofWorkspace = live.filter((one) => one.stream.desired.workspaceId === workspaceId);
    const strangers = ofWorkspace.filter((one) => one !== seen).flatMap(strangersIn);
    const startedAt = status.broadcast?.startedAt;
    return {
      ingest: ingestOf(status, nowMs),
      liveForMs: startedAt === undefined ? 0 : nowMs - Date.parse(startedAt),
      destinations: destinations.map((one) => this.#ruled(one)),
      strangers,
      uplink: { kbps: uplinkKbps, kbpsMax: this.#ports.uplinkKbpsMax },
      quota: { kbps: sumOf(ofWorkspace), kbpsMax: quota.outKbpsMax },
    };
  }

  #ruled({ id, name, platform, url, keyFingerprint }: DesiredDestination): RuledDestination {
    const isOwnIngest = this.#ports.isOwnIngest(url);
    const isTest = platform === TEST_PLATFORM;
    const rules = platform === CUSTOM ? undefined : findPlatform(platform);
    return { id, name, platform: rules, isTest, keyFingerprint, isOwnIngest };
  }
}

function seenOf(stream: LiveStream): Seen {
  const status = stream.status();
  const destinations = stream.desired.destinations.filter(({ enabled }) => enabled);
  const outward = destinations.filter(({ platform }) => platform !== TEST_PLATFORM);
  const outKbps = (status.ingest?.kbps ?? 0) * outward.length;
  return { stream, status, destinations, outKbps };
}

function sumOf(seen: readonly Seen[]): number {
  return seen.reduce((sum, { outKbps }) => sum + outKbps, 0);
}

function strangersIn({ stream, destinations }: Seen): RuledStranger[] {
  const streamName = stream.desired.name;
  return destinations.map(({ id, name, keyFingerprint }) => ({
    id,
    name,
    streamName,
    keyFingerprint,
  }));
}

/** Null also until the lane has measured anything. */
function ingestOf({ ingest }: StreamStatus, nowMs: number): RuledIngest | null {
  if (ingest === null || ingest.kbps === 0) return null;
  const { video, audio, connectedAt } = ingest;
  return {
    connectedForMs: nowMs - Date.parse(connectedAt),
    video: video === null ? null : { ...video, hasBFrames: video.hasBFrames ?? null },
    audio,
  };
}
