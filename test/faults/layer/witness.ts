import { monotonicMs, ScriptedDestination } from '#testing';
import type { DestinationLink } from '#testing';
import type { WitnessDemand } from '../matrix/row.ts';
import { FrameJudge } from './frame-judge.ts';
import { SessionWatch } from './session-watch.ts';

/** The healthy destination beside the fault: an obedient server that judges all that it gets. */
export class Witness {
  readonly judge: FrameJudge;
  readonly server: ScriptedDestination;
  readonly sessions: SessionWatch;

  private constructor(server: ScriptedDestination, judge: FrameJudge, sessions: SessionWatch) {
    this.server = server;
    this.judge = judge;
    this.sessions = sessions;
  }

  static async open(demand: WitnessDemand): Promise<Witness> {
    const judge = new FrameJudge(demand);
    const sessions = new SessionWatch();
    let current: DestinationLink | undefined;
    const server = await ScriptedDestination.open({
      answers: sessions.watching({
        publish: (link) => {
          current = link;
          judge.begin();
          link.status('status', 'NetStream.Publish.Start', '');
        },
      }),
      onMedia: (link, media) => {
        if (link === current) judge.hear(media, monotonicMs());
      },
    });
    return new Witness(server, judge, sessions);
  }

  /** What was wrong with what came, and with its sessions. */
  get faults(): readonly string[] {
    return [...this.judge.faults, ...this.sessions.overlaps];
  }

  /** How old 99 of 100 frames were at most, in milliseconds. */
  get ageMs(): number {
    const ages = this.judge.agesMs.toSorted((one, other) => one - other);
    return ages[Math.min(ages.length - 1, Math.floor(ages.length * 0.99))] ?? Number.NaN;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
