import type { Clock, Timers } from '#kernel';
import { deriveKeys, type MasterKey } from '#vault';
import type { Dialler } from './dialler.ts';
import type { RelaySettings } from './env.ts';
import { LiveChecks } from './live-checks.ts';
import type { LiveStream } from './live-stream.ts';
import { MEMORY_SUM, type MemoryBudget } from './memory-budget.ts';
import { isOwnIngest, ownHosts } from './own-ingest.ts';
import { PreviewServer } from './preview-server.ts';
import type { Relay } from './relay.ts';
import { StreamPreviews } from './stream-previews.ts';
import type { Timeline } from './timeline.ts';
import { warningIncident } from './warning-incident.ts';

export interface LookoutPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly settings: RelaySettings;
  readonly masterKey: MasterKey;
  readonly dialler: Dialler;
  readonly timeline: Timeline;
  readonly budget: MemoryBudget;
  /** Asked only once there is one. */
  relay(): Pick<Relay, 'isOn' | 'mediaOf' | 'memoryClaims'>;
  onChanged(stream: LiveStream): void;
}

/** What looks at streams without a say in them: the checks, and the previews. */
export class Lookouts {
  readonly #ports: LookoutPorts;
  readonly #checks: LiveChecks;
  readonly #previews: PreviewServer;
  readonly #streamPreviews: StreamPreviews;
  #previewUrl: string | null = null;

  constructor(ports: LookoutPorts) {
    const { clock, timers, settings, masterKey, dialler, timeline } = ports;
    this.#ports = ports;
    this.#streamPreviews = new StreamPreviews({
      timers,
      dialler,
      mediaOf: (streamId) => ports.relay().mediaOf(streamId),
      isOn: (streamId) => ports.relay().isOn(streamId),
      hasRoom: () => ports.budget.leftBytes(ports.relay().memoryClaims) >= MEMORY_SUM.testBytes,
    });
    const secrets = (): readonly Buffer[] => deriveKeys(masterKey, 'preview');
    this.#previews = new PreviewServer(dialler.previews, this.#streamPreviews, secrets, timers);
    const doors = [
      settings.get('RTMP_PORT', { infer: true }),
      settings.get('RTMPS_PORT', { infer: true }),
    ];
    const hosts = ownHosts();
    this.#checks = new LiveChecks({
      clock,
      uplinkKbpsMax: settings.get('RELAY_UPLINK_KBPS', { infer: true }) ?? null,
      isOwnIngest: (url) => isOwnIngest(url, doors, hosts),
      onWarning: (stream, warning, isOver) => {
        const broadcast = stream.media;
        if (broadcast !== undefined) timeline.tell(broadcast, warningIncident(warning, isOver));
      },
      onChanged: (stream) => ports.onChanged(stream),
    });
  }

  /** Where the API finds previews of this node; null before `listen`. */
  get previewUrl(): string | null {
    return this.#previewUrl;
  }

  /** Errors: `LISTEN_FAILED`. */
  async listen(): Promise<void> {
    const { settings } = this.#ports;
    this.#previewUrl = await this.#previews.listen(
      settings.get('PREVIEW_HOST', { infer: true }),
      settings.get('PREVIEW_PORT', { infer: true }),
    );
  }

  /** Called on a beat with all streams of this node. */
  look(streams: readonly LiveStream[]): void {
    this.#checks.look(streams);
    this.#streamPreviews.look();
  }

  close(): void {
    this.#previews.close();
  }
}
