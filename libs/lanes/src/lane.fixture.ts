import { createRingMemory } from '#ring';
import { FakeTime, freePorts } from '#testing';
import type { Clock, Timers } from '#kernel';
import { TestEncoder, type EncoderOptions } from './encoder.fixture.ts';
import { Lane } from './lane.ts';
import type { CertificatePair, LaneReport } from './messages.ts';
import { INGEST_LIMITS, LANE_LIMITS, type LaneSettings } from './settings.ts';

export type ReportOf<Kind extends LaneReport['kind']> = Extract<LaneReport, { kind: Kind }>;

/** What lanes have reported, and a way to wait for more. */
export class Reports {
  readonly all: { readonly lane: number; readonly report: LaneReport }[] = [];
  readonly #waiting: (() => void)[] = [];

  add(lane: number, report: LaneReport): void {
    this.all.push({ lane, report });
    for (const wake of this.#waiting.splice(0)) wake();
  }

  of<Kind extends LaneReport['kind']>(kind: Kind): ReportOf<Kind>[] {
    return this.all.flatMap(({ report }) =>
      report.kind === kind ? [report as ReportOf<Kind>] : [],
    );
  }

  /** The report of this kind that came, or will come, as number `index`. */
  async next<Kind extends LaneReport['kind']>(kind: Kind, index = 0): Promise<ReportOf<Kind>> {
    for (;;) {
      const found = this.of(kind)[index];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** The lane that made `report`. */
  laneOf(report: LaneReport): number {
    return this.all.find((one) => one.report === report)?.lane ?? -1;
  }
}

/** How many timers a lane has that nothing goes on in: that of its figures. */
export const IDLE_TIMERS = 1;

/** Of an order: it goes to a server, whose certificate the system judges. */
export const ABROAD = { sink: false, certificateSha256: null } as const;

export interface LaneOptions {
  readonly certificate?: CertificatePair;
  readonly ports?: { readonly clock: Clock; readonly timers: Timers };
}

/** A lane in this thread, listening on free ports, with its time in the test's hand. */
export class LaneUnderTest {
  readonly time = new FakeTime();
  readonly reports = new Reports();
  readonly lane: Lane;
  readonly settings: LaneSettings;
  readonly #encoders: TestEncoder[] = [];

  private constructor(settings: LaneSettings, ports?: LaneOptions['ports']) {
    this.settings = settings;
    const { clock, timers } = ports ?? { clock: this.time, timers: this.time };
    const report = (one: LaneReport) => this.reports.add(0, one);
    this.lane = new Lane(settings, { clock, timers, report });
  }

  static async start(options: LaneOptions = {}): Promise<LaneUnderTest> {
    const under = new LaneUnderTest(await laneSettings(options.certificate), options.ports);
    await under.reports.next('listening');
    return under;
  }

  encoder(options: Partial<EncoderOptions> = {}): TestEncoder {
    const { rtmpPort, rtmpsPort } = this.settings;
    const port = options.isSecure === true ? rtmpsPort : rtmpPort;
    const encoder = new TestEncoder({ port, ...options });
    this.#encoders.push(encoder);
    return encoder;
  }

  /** Lets in the publish that is asked for next, on a ring of its own. */
  async publish(encoder: TestEncoder): Promise<{ ingestId: string; ring: SharedArrayBuffer }> {
    const { ingestId } = (await this.reports.next('publish-requested')).request;
    const ring = createRingMemory();
    this.lane.onCommand({
      kind: 'accept-publish',
      ingestId,
      grant: { ring, ringId: 'broadcast', pen: 'now', limits: INGEST_LIMITS },
    });
    await encoder.publishing.promise;
    return { ingestId, ring };
  }

  async close(): Promise<void> {
    this.lane.onCommand({ kind: 'stop-listening' });
    await Promise.all(this.#encoders.map((encoder) => encoder.close()));
  }
}

/** Free ports for RTMP and, with a certificate, for RTMPS. */
export async function laneSettings(certificate?: CertificatePair): Promise<LaneSettings> {
  const [rtmpPort = 0, rtmpsPort = 0] = await freePorts(2);
  return {
    bindHost: '127.0.0.1',
    rtmpPort,
    rtmpsPort: certificate === undefined ? 0 : rtmpsPort,
    certificate: certificate ?? { certificate: '', privateKey: '' },
    allowedPrivateCidrs: ['127.0.0.0/8'],
    pendingConnectionsMax: LANE_LIMITS.pendingConnections,
  };
}
