import { amfObject, encodeAmf0 } from '#amf';
import { MessageType } from '#rtmp';
import {
  aggregateBody,
  AMF_BOMBS,
  chunkBomb,
  controlMessage,
  rawChunk,
} from '../../test/faults/layer/hostile-bytes.ts';
import type { HostileEncoder } from '../../test/faults/layer/hostile-encoder.ts';
import { STRANGERS, UNKNOWN_MESSAGES } from '../../test/faults/layer/hostile-media.ts';
import { bad, good, seconds } from './outcome.ts';
import type { Answer } from './outcome.ts';
import { within } from './peer-scene.ts';
import type { PeerScene } from './peer-scene.ts';
import { PATIENCE_MS } from './peer-row.ts';
import type { PeerRow } from './peer-row.ts';

const MESSAGE_BYTES_MAX = 8 * 1024 * 1024;
const BOMBS = 4;
const BOMB_STREAMS = 60;
const AFTERWARDS_MS = 3_000;
const AWAY_MS = 5_000;
const PLAYED_FRAMES = 100;
const ARRIVES_WITHIN_MS = 15_000;
const DRIP_MS = 100;
const APP = amfObject({ app: 'live', tcUrl: 'rtmp://127.0.0.1/live' });

/** What an encoder does, and what comes to its port. */
export const ENCODER_PEER_ROWS: readonly PeerRow[] = [
  {
    number: 24,
    wish: {},
    put: async (scene) => {
      const second = await scene.hostile();
      const key = scene.place.keyOf(scene.steadyName);
      let told = 'nothing';
      void second.publish(key, { flashVer: 'another' }).then((code) => {
        told = code;
        if (code === 'NetStream.Publish.Start') second.play();
      });
      await within(AFTERWARDS_MS, () => false);
      const isOut = second.isEnded || told.endsWith('BadName');
      return isOut ? good('the second is refused') : bad(`the second was told ${told}, and stays`);
    },
  },
  { number: 25, wish: { isSteadyFree: true }, put: comesBack },
  {
    number: 28,
    wish: {},
    put: (scene) => {
      const leaps = [0, 3_600_000, -1_200, 2 ** 32 - 6_000, 2 ** 31 + 4_711];
      return relayed(scene, (encoder) =>
        encoder.play((message) => {
          const leap = leaps[Math.floor(encoder.sentFrames / 20)] ?? 0;
          return [{ ...message, timestampMs: (message.timestampMs + leap) >>> 0 }];
        }),
      );
    },
  },
  {
    number: 31,
    wish: {},
    put: async (scene) => {
      const plain = STRANGERS.filter(({ to }) => to === 'rtmp');
      const came = plain.map(async ({ bytes }) => {
        const stranger = await scene.hostile();
        await stranger.say(bytes);
        return stranger;
      });
      return allClosed(await Promise.all(came));
    },
  },
  {
    number: 32,
    wish: {},
    put: async (scene) => {
      const hello = Buffer.concat([Buffer.of(3), Buffer.alloc(3_072)]);
      const late = await scene.hostile();
      late.drip(hello, DRIP_MS);
      const half = await scene.hostile();
      await half.say(hello.subarray(0, 1_537));
      half.drip(hello, DRIP_MS);
      return allClosed([late, half]);
    },
  },
  {
    number: 33,
    wish: {},
    put: async (scene) => {
      const silent = await scene.hostile();
      await greeted(silent);
      const connected = await scene.hostile();
      await greeted(connected);
      await connected.command('connect', 1, APP);
      return allClosed([silent, connected]);
    },
  },
  {
    number: 35,
    wish: {},
    put: async (scene) => {
      for (let index = 0; index < BOMBS; index += 1) {
        const bomb = await scene.hostile();
        await greeted(bomb);
        await bomb.say(chunkBomb(BOMB_STREAMS, MESSAGE_BYTES_MAX));
      }
      await within(AFTERWARDS_MS, () => false);
      return good('nothing to be seen');
    },
  },
  {
    number: 36,
    wish: {},
    put: async (scene) => {
      const ended: boolean[] = [];
      for (const format of [0, 1] as const) {
        const encoder = await scene.hostile();
        await greeted(encoder);
        await encoder.command('connect', 1, APP);
        const payload = Buffer.alloc(128, format);
        await encoder.say(rawChunk({ id: 20, length: 10_000, payload }));
        await encoder.say(rawChunk({ format, id: 20, length: 20_000, payload }));
        await within(AFTERWARDS_MS, () => encoder.isEnded);
        ended.push(encoder.isEnded);
      }
      return good(ended.every(Boolean) ? 'closed' : 'read on');
    },
  },
  {
    number: 37,
    wish: {},
    put: async (scene) => {
      const ended: boolean[] = [];
      for (const chunkBytes of [0, 1, 127, 0x8000_0000]) {
        const encoder = await scene.hostile();
        await greeted(encoder);
        await encoder.say(controlMessage(MessageType.SET_CHUNK_SIZE, chunkBytes));
        await encoder.command('connect', 1, APP);
        await within(AFTERWARDS_MS, () => encoder.isEnded);
        ended.push(encoder.isEnded);
      }
      const count = ended.filter(Boolean).length;
      return good(`${count} of ${ended.length} are closed`);
    },
  },
  {
    number: 38,
    wish: {},
    put: (scene) => {
      const abort = (id: number) => controlMessage(MessageType.ABORT, id);
      const begun = rawChunk({ id: 20, length: 10_000, payload: Buffer.alloc(4_096, 1) });
      const whole = rawChunk({ id: 20, type: MessageType.USER_CONTROL, payload: Buffer.alloc(6) });
      return relayed(scene, (encoder) =>
        encoder.play((message) => {
          void encoder.say(Buffer.concat([abort(4), begun, abort(20), whole]));
          const { type, timestampMs, payload } = message;
          const aggregate = { type: MessageType.AGGREGATE, timestampMs };
          return [{ ...aggregate, payload: aggregateBody({ type, body: payload }) }];
        }),
      );
    },
  },
  { number: 39, wish: {}, put: amfBombs, isForRelaysOnly: true },
  {
    number: 40,
    wish: {},
    put: (scene) =>
      relayed(scene, (encoder) =>
        encoder.play((message) => [
          message,
          // Not in front of the headers: whoever passes all of it on does nothing wrong.
          ...(encoder.sentFrames === 0 ? [] : UNKNOWN_MESSAGES).map((one) => ({
            ...message,
            ...one,
          })),
        ]),
      ),
  },
];

async function comesBack(scene: PeerScene): Promise<Answer> {
  scene.encoder.reset();
  await within(AWAY_MS, () => false);
  const before = scene.steady.judge.agesMs.length;
  await scene.steadyAgain();
  const isHeard = () => scene.steady.judge.agesMs.length > before + 30;
  const ms = await within(ARRIVES_WITHIN_MS, isHeard);
  const { sessions, faults } = scene.steady.judge;
  const whom = scene.place.play === undefined ? 'the destination' : 'the player';
  if (ms === undefined) return bad(`nothing comes to ${whom} any more`);
  if (sessions > 1) return bad(`${whom} is sent away, and connected anew`);
  const [fault] = faults.filter((one) => !one.startsWith('frame '));
  return fault === undefined ? good(`${whom} stays connected`) : bad(`${whom} gets ${fault}`);
}

async function amfBombs(scene: PeerScene): Promise<Answer> {
  const publisher = await scene.hostileBeside();
  publisher.play();
  for (const bomb of Object.values(AMF_BOMBS)) {
    if (!scene.place.isRunning) break;
    const stranger = await scene.hostile();
    await greeted(stranger);
    const head = Buffer.concat([encodeAmf0(['connect', 1]), bomb()]);
    await stranger.message(MessageType.COMMAND_AMF0, 0, head);
    const metadata = Buffer.concat([encodeAmf0(['@setDataFrame', 'onMetaData']), bomb()]);
    await publisher.message(MessageType.DATA_AMF0, 0, metadata);
    const command = Buffer.concat([encodeAmf0(['whatever', 9]), bomb()]);
    await publisher.message(MessageType.COMMAND_AMF0, 0, command);
    await within(AFTERWARDS_MS / 3, () => !scene.place.isRunning);
  }
  return good('nothing to be seen');
}

/** Whether what an odd encoder sends comes out as a stream in order. */
async function relayed(scene: PeerScene, play: (encoder: HostileEncoder) => void): Promise<Answer> {
  const encoder = await scene.hostileBeside();
  play(encoder);
  const { beside } = scene;
  await within(ARRIVES_WITHIN_MS, () => encoder.sentFrames > PLAYED_FRAMES || encoder.isEnded);
  if (encoder.isEnded) return bad('sends that encoder away');
  const last = encoder.sentFrames - 1;
  await within(ARRIVES_WITHIN_MS / 3, () => (beside.judge.lastFrame ?? -1) >= last);
  if (beside.frames.size === 0) return bad('none of it is passed on');
  const lost = last + 1 - Math.min(...beside.frames) - beside.frames.size;
  const [fault] = beside.judge.faults;
  if (fault !== undefined) return bad(`passes on ${fault}`);
  return lost > 0 ? bad(`${lost} of its frames are missing`) : good('passed on in order');
}

async function allClosed(encoders: readonly HostileEncoder[]): Promise<Answer> {
  await within(PATIENCE_MS, () => encoders.every(({ isEnded }) => isEnded));
  const open = encoders.filter(({ isEnded }) => !isEnded).length;
  if (open > 0) {
    const all = encoders.length;
    return bad(`${open} of ${all} still open after ${seconds(PATIENCE_MS)}`);
  }
  const ends = await Promise.all(encoders.map(({ ended }) => ended));
  return good(`closed after ${seconds(Math.max(...ends.map(({ afterMs }) => afterMs)))}`);
}

/** Some servers answer nobody any more. */
async function greeted(encoder: HostileEncoder): Promise<void> {
  let isDone = false;
  void encoder.greet().then(() => (isDone = true));
  await within(AFTERWARDS_MS, () => isDone || encoder.isEnded);
}
