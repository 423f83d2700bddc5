import { Inject, Injectable } from '@nestjs/common';
import type { DesiredStream, LiveWarning } from '#contracts';
import { CodedError, type Clock } from '#kernel';
import type { Live } from '#live';
import { NetError, parseDestinationUrl } from '#net';
import type { WorkspaceDatabase } from '#persistence';
import { findPlatform, liveWarnings, TEST_DESTINATION } from '#platforms';
import type { RuledDestination } from '#platforms';
import { CLOCK, LIVE } from '../infrastructure/tokens.ts';
import { streamMissing } from '../streams/stream-missing.ts';

/** Where this Forkcast's own encoders publish, by host and port. */
export interface OwnDoor {
  readonly host: string;
  readonly ports: readonly number[];
}

/** What will bite an enabled destination of a stream, before it is live and while it is. */
@Injectable()
export class ReadChecks {
  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError 404 STREAM_NOT_FOUND */
  async run(workspace: WorkspaceDatabase, streamId: string, door: OwnDoor): Promise<LiveWarning[]> {
    const desired = await workspace.desired.load(streamId);
    if (desired === undefined || desired.deleted) throw streamMissing();
    const [seen, planned] = await Promise.all([
      this.seenLive(streamId),
      this.planned(workspace, desired, door),
    ]);
    const told = new Set(seen.flatMap(keysOf));
    return [...seen, ...planned.filter((one) => !keysOf(one).every((key) => told.has(key)))];
  }

  /** What the relay has found; nothing while the stream is off, or nobody can be asked. */
  private async seenLive(streamId: string): Promise<LiveWarning[]> {
    try {
      const status = await this.live.status.getStatus(streamId);
      const ofPushes = status?.pushes.flatMap(({ warnings }) => warnings) ?? [];
      const all = [...(status?.warnings ?? []), ...ofPushes];
      return [...new Map(all.map((one) => [keysOf(one).join(), one])).values()];
    } catch (thrown) {
      if (thrown instanceof CodedError) return [];
      throw thrown;
    }
  }

  /** What can be said without an encoder. */
  private async planned(
    workspace: WorkspaceDatabase,
    { streamId, destinations }: DesiredStream,
    door: OwnDoor,
  ): Promise<LiveWarning[]> {
    const enabled = destinations.filter((one) => one.enabled);
    const fingerprints = enabled.flatMap(({ keyFingerprint }) => keyFingerprint ?? []);
    const found = liveWarnings({
      ingest: null,
      liveForMs: 0,
      destinations: enabled.map((one) => ruled(one, door)),
      strangers: await workspace.sharedKeys.elsewhere(streamId, fingerprints),
      uplink: { kbps: 0, kbpsMax: null },
      quota: { kbps: 0, kbpsMax: null },
    });
    const sinceAt = new Date(this.clock.wallMs()).toISOString();
    return found.map((one) => ({ ...one, destinationIds: [...one.destinationIds], sinceAt }));
  }
}

function ruled(
  destination: DesiredStream['destinations'][number],
  door: OwnDoor,
): RuledDestination {
  const { id, name, platform, url, keyFingerprint } = destination;
  return {
    id,
    name,
    platform: findPlatform(platform),
    isTest: platform === TEST_DESTINATION.platform,
    keyFingerprint,
    isOwnIngest: leadsTo(url, door),
  };
}

function leadsTo(url: string, { host, ports }: OwnDoor): boolean {
  try {
    const there = parseDestinationUrl(url);
    return there.host.toLowerCase() === host.toLowerCase() && ports.includes(there.port);
  } catch (error) {
    if (error instanceof NetError) return false;
    throw error;
  }
}

/** One fault of one destination is said once, whoever has found it. */
function keysOf({ code, destinationIds }: LiveWarning): string[] {
  return destinationIds.map((id) => `${code} ${id}`);
}
