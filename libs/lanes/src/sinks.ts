import type { OpenOutboundLink } from '#outbound';
import type { LaneReport } from './messages.ts';
import { TestSink } from './test-sink.ts';

/** The built-in destinations that a lane's attempts go to, by their attempts. */
export class Sinks {
  readonly #report: (report: LaneReport) => void;
  readonly #sinks = new Map<string, TestSink>();

  constructor(report: (report: LaneReport) => void) {
    this.#report = report;
  }

  /** In place of the network, for that attempt. */
  opener(attemptId: string): OpenOutboundLink {
    return (_url, _options, handler) => {
      const sink = new TestSink(handler, (bytes, isStart) =>
        this.#report({ kind: 'sink-media', attemptId, isStart, bytes }),
      );
      this.#sinks.set(attemptId, sink);
      return sink;
    };
  }

  /** Does nothing for an attempt that is over, or goes elsewhere. */
  watch(attemptId: string, isWatched: boolean): void {
    this.#sinks.get(attemptId)?.watch(isWatched);
  }

  forget(attemptId: string): void {
    this.#sinks.delete(attemptId);
  }
}
