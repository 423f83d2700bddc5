import type { IngestEndReason } from '#lanes';
import type { Broadcast, BroadcastEnd, CurrentIngest } from './broadcast.ts';
import type { TimelinePen } from './timeline.ts';

const ENCODER_LOST: Readonly<Record<IngestEndReason, string>> = {
  unpublished: 'The encoder stopped the stream',
  closed: 'The encoder’s connection was lost',
  idle: 'The encoder sent nothing for ten seconds',
  frozen: 'The encoder sent no picture for three seconds',
  'taken-over': 'The encoder gave way to another with the same key',
  'broadcast-ended': 'The broadcast was ended',
  'key-revoked': 'The stream key was revoked',
  'protocol-error': 'The encoder sent something that is not valid RTMP',
  failed: 'The encoder’s connection failed inside the relay',
  draining: 'The relay is shutting down',
};

const BROADCAST_ENDED: Readonly<Record<Exclude<BroadcastEnd['reason'], 'moved'>, string>> = {
  'end-now': 'The broadcast was ended.',
  'grace-expired': 'The broadcast ended: the encoder did not come back in time.',
  'stream-deleted': 'The broadcast ended: its stream was deleted.',
  draining: 'The broadcast ended: the relay is shutting down.',
};

/** Tells what happens to a broadcast and its encoders. */
export class StreamTimeline {
  readonly #pen: TimelinePen;

  constructor(pen: TimelinePen) {
    this.#pen = pen;
  }

  /** `goesOn`: it began before this process, which may never have written that it did. */
  broadcastStarted(broadcast: Broadcast, ingest: CurrentIngest, goesOn: boolean): void {
    this.#pen.record({
      kind: 'broadcast-started',
      id: broadcast.id,
      streamId: broadcast.streamId,
      streamName: broadcast.streamName,
      nodeId: this.#pen.nodeId,
      at: new Date(broadcast.startedAtMs).toISOString(),
    });
    const how = ingest.request.secure ? 'RTMPS' : 'RTMP';
    this.#pen.tell(
      broadcast,
      goesOn
        ? {
            code: 'RELAY_RESTARTED',
            message: `The relay was started again; an encoder is back over ${how}.`,
          }
        : {
            code: 'BROADCAST_STARTED',
            message: `The broadcast began: an encoder publishes over ${how}.`,
          },
    );
  }

  broadcastEnded(broadcast: Broadcast, end: BroadcastEnd): void {
    this.#pen.tell(
      broadcast,
      end.reason === 'moved'
        ? { code: 'BROADCAST_MOVED', message: `Node ${end.toNode} has taken this stream over.` }
        : { code: 'BROADCAST_ENDED', message: BROADCAST_ENDED[end.reason] },
    );
    this.#pen.record({
      kind: 'broadcast-ended',
      id: broadcast.id,
      at: this.#pen.now(),
      reason: end.reason,
    });
  }

  encoderLost(broadcast: Broadcast, reason: IngestEndReason, graceMs: number): void {
    const graceSeconds = Math.round(graceMs / 1_000);
    this.#pen.tell(broadcast, {
      code: 'ENCODER_LOST',
      message: `${ENCODER_LOST[reason]}; destinations stay connected for ${graceSeconds} s.`,
    });
  }

  encoderReturned(broadcast: Broadcast, tookOver: boolean): void {
    this.#pen.tell(broadcast, {
      code: tookOver ? 'ENCODER_TAKEN_OVER' : 'ENCODER_RETURNED',
      message: tookOver ? 'A new encoder took over from a silent one.' : 'The encoder is back.',
    });
  }
}
