import { unreachable } from '#kernel';
import type { Continuity, IngestEndReason } from '#lanes';
import type { BroadcastNews } from '#relay-core';
import type { Broadcast, BroadcastEnd, CurrentIngest } from './broadcast.ts';
import type { HoldStanding } from './hold-desk.ts';
import type { Incident, TimelinePen } from './timeline-pen.ts';

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
  deadly: 'What the encoder sent made a part of the relay fail',
  quarantined: 'What the encoder sent made a part of the relay fail',
  draining: 'The relay is shutting down',
  'bitrate-exceeded': 'The encoder sent more than this stream may',
  'quota-reached': 'The relay minutes of this workspace are used up',
  'not-authorised': 'The encoder may not publish to this stream any more',
};

const BROADCAST_ENDED: Readonly<Record<Exclude<BroadcastEnd['reason'], 'moved'>, string>> = {
  'end-now': 'The broadcast was ended.',
  'grace-expired': 'The broadcast ended: the encoder did not come back in time.',
  'stream-deleted': 'The broadcast ended: its stream was deleted.',
  draining: 'The broadcast ended: the relay is shutting down.',
  unpublished: 'The broadcast ended: the encoder stopped the stream.',
};

const TAKEN_OVER = {
  silent: 'A new encoder took over from a silent one.',
  'same-address': 'The encoder connected again from the same address and took over.',
  'same-encoder': 'The encoder connected again and took over.',
} as const;

const REFUSED = {
  takeover: 'A second encoder with the same key was refused: the first one is sending.',
  reject: 'A second encoder with the same key was refused, as this stream is set to.',
  backup: 'A third encoder was refused: both inputs are in use.',
} as const;

const SWITCHED = {
  lost: 'the other one is gone',
  frozen: 'the other one sends no picture',
  asked: 'as was asked for',
  'taken-over': 'a new encoder took over',
} as const;

const HELD_PICTURE = {
  'last-picture': 'the last picture',
  keyframe: 'the last keyframe',
  slate: 'the slate',
  none: 'no picture',
} as const;
const HELD_SOUND = { silence: 'silence', none: 'no sound' } as const;

const QUARANTINED: Incident = {
  code: 'ENCODER_QUARANTINED',
  message:
    'What the encoder sends made a part of the relay fail three times within a minute; ' +
    'it is refused for five minutes.',
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

  /** `because`: why the encoder's connection ended, where it did. */
  news(broadcast: Broadcast, news: BroadcastNews, because: IngestEndReason): void {
    this.#pen.tell(broadcast, incidentOf(news, because));
    if (because === 'quarantined') this.#pen.tell(broadcast, QUARANTINED);
  }

  /** Destinations are fed by the relay itself. */
  holdStanding(broadcast: Broadcast, { picture, sound, reason }: HoldStanding): void {
    const isWhole = reason === '';
    const shown = `${HELD_PICTURE[picture]} and ${HELD_SOUND[sound]}`;
    this.#pen.tell(broadcast, {
      code: isWhole ? 'HOLD_STARTED' : 'HOLD_REDUCED',
      message: `Destinations are sent ${shown}${isWhole ? '' : `: ${reason}`}.`,
    });
  }

  /** The last picture is held instead. */
  slateUnusable(broadcast: Broadcast, reason: string): void {
    const message = `The slate cannot be shown, the last picture is held instead: ${reason}.`;
    this.#pen.tell(broadcast, { code: 'SLATE_UNUSABLE', message });
  }

  /** What is written goes on from what was written before, but not in the same way. */
  parametersChanged(broadcast: Broadcast, continuity: Continuity, detail: string): void {
    const what =
      continuity === 'codec' ? 'sends another codec' : 'sends other parameters of the same codec';
    this.#pen.tell(broadcast, {
      code: 'INPUT_PARAMETERS_CHANGED',
      message: `The encoder ${what}${detail === '' ? '' : `: ${detail}`}.`,
    });
  }
}

function incidentOf(news: BroadcastNews, because: IngestEndReason): Incident {
  switch (news.what) {
    case 'encoder-lost': {
      const stay = `destinations stay connected for ${news.graceSeconds} s`;
      return {
        code: news.frozen ? 'ENCODER_FROZEN' : 'ENCODER_LOST',
        message: `${ENCODER_LOST[because]}; ${stay}.`,
      };
    }
    case 'encoder-returned': {
      const message = `The encoder is back after ${(news.awayMs / 1_000).toFixed(1)} s.`;
      return { code: 'ENCODER_RETURNED', message };
    }
    case 'encoder-taken-over':
      return { code: 'ENCODER_TAKEN_OVER', message: TAKEN_OVER[news.ground] };
    case 'encoder-refused':
      return { code: 'ENCODER_REFUSED', message: REFUSED[news.policy] };
    case 'encoders-fight': {
      const message =
        'Two encoders with the same key throw each other out; the newcomer is refused until it ' +
        'has not asked for half a minute.';
      return { code: 'ENCODERS_FIGHT', message };
    }
    case 'input-standby':
      return { code: 'INPUT_STANDBY', message: `The ${news.role} input stands by.` };
    case 'input-lost': {
      const how = news.frozen ? 'sends no picture any more' : 'is gone';
      return { code: 'INPUT_LOST', message: `The ${news.role} input ${how}; it stood by.` };
    }
    case 'input-switched':
      return {
        code: 'INPUT_SWITCHED',
        message: `The ${news.role} input feeds the broadcast: ${SWITCHED[news.why]}.`,
      };
    default:
      return unreachable(news);
  }
}
