import { MessageType } from '#rtmp';
import { monotonicMs, readStamp, ScriptedDestination } from '#testing';
import type { DestinationLink } from '#testing';
import { FrameJudge } from '../../test/faults/layer/frame-judge.ts';
import type { JudgedMedia } from '../../test/faults/layer/frame-judge.ts';
import type { WitnessDemand } from '../../test/faults/matrix/row.ts';
import { SmoothTimes } from './smooth-times.ts';

/** What one stream looks like where it arrives. */
export class Arrivals {
  readonly judge: FrameJudge;
  /** Numbers of the frames that came. */
  readonly frames = new Set<number>();
  link: DestinationLink | undefined;
  #times = new SmoothTimes();

  constructor(demand: WitnessDemand) {
    this.judge = new FrameJudge(demand);
  }

  /** A publish was accepted; what comes now belongs to it. */
  begin(): void {
    this.#times = new SmoothTimes();
    this.judge.begin();
  }

  hear(media: JudgedMedia): void {
    this.judge.hear(this.#times.of(media), monotonicMs());
    const stamp = media.type === MessageType.VIDEO ? readStamp(media.body) : undefined;
    if (stamp !== undefined) this.frames.add(stamp.frame);
  }
}

/** The destination that nothing happens to: an obedient server, judging each stream by its name. */
export class HealthySide {
  readonly #streams: ReadonlyMap<string, Arrivals>;
  readonly #server: ScriptedDestination;

  private constructor(server: ScriptedDestination, streams: ReadonlyMap<string, Arrivals>) {
    this.#server = server;
    this.#streams = streams;
  }

  static async open(names: Readonly<Record<string, WitnessDemand>>): Promise<HealthySide> {
    const streams = new Map(
      Object.entries(names).map(([name, demand]) => [name, new Arrivals(demand)]),
    );
    const server = await ScriptedDestination.open({
      answers: {
        publish: (link, { parameters }) => {
          const [name] = parameters;
          const arrivals = typeof name === 'string' ? streams.get(name) : undefined;
          link.status('status', 'NetStream.Publish.Start', '');
          if (arrivals === undefined) return;
          arrivals.link = link;
          arrivals.begin();
        },
      },
      onMedia: (link, media) => {
        for (const arrivals of streams.values()) if (arrivals.link === link) arrivals.hear(media);
      },
    });
    return new HealthySide(server, streams);
  }

  get port(): number {
    return this.#server.port;
  }

  of(name: string): Arrivals {
    const arrivals = this.#streams.get(name);
    if (arrivals === undefined) throw new Error(`nobody awaits ${name}`);
    return arrivals;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
