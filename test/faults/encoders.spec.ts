import { describe, expect } from 'vitest';
import { amfObject, encodeAmf0 } from '#amf';
import { videoFlags, MediaFlag } from '#flv';
import { encodeSetChunkSize, MessageType } from '#rtmp';
import type { HeardMedia } from '#testing';
import {
  aggregateBody,
  AMF_BOMBS,
  chunkBomb,
  controlMessage,
  PING_REQUEST,
  rawChunk,
} from './layer/hostile-bytes.ts';
import {
  HEVC_CONFIG,
  hevcFrame,
  isHeader,
  isKeyframe,
  OTHER_AVC_CONFIG,
  STRANGERS,
  UNKNOWN_MESSAGES,
} from './layer/hostile-media.ts';
import { residentBytes } from './layer/process-figures.ts';
import { said } from './layer/relay-log.ts';
import { row } from './layer/row.ts';
import { useStage } from './layer/stage.ts';
import { allEnded, hostile, StreamBeside } from './layer/stream-beside.ts';

const MESSAGE_BYTES_MAX = 8 * 1024 * 1024;
const PARTIAL_BYTES_MAX = 12 * 1024 * 1024;
const KEYFRAME_FRAMES = 60;
const AWAY_MS = 5_000;
/** Longer than a ring holds. */
const WITHOUT_KEYFRAME_MS = 14_000;

const { VIDEO, AUDIO } = MessageType;

/** Each with a stream of its own, at the same time, as in life. */
describe('encoders', () => {
  const stage = useStage();

  row(stage, 24, { case: 'is refused where the stream says so' }, async (scene) => {
    const beside = await StreamBeside.open(scene, 'whole', { takeover: 'reject' });
    const first = await beside.steady();
    await beside.heard(first);
    await expect(beside.steady()).rejects.toThrow('NetStream.Publish.BadName');
    await beside.heard(first);
    expect(first.broken).toBeUndefined();
    expect([beside.witness.faults, beside.witness.server.links.length]).toEqual([[], 1]);
  });

  row(stage, 24, { case: 'takes over at once where it is the same program' }, async (scene) => {
    const beside = await StreamBeside.open(scene, 'spliced');
    const first = await beside.steady();
    await beside.heard(first);
    const second = await beside.steady();
    await scene.until('the first is sent away', () => first.broken);
    await scene.until('the second is heard', () => {
      const { lastFrame = 0 } = beside.witness.judge;
      return lastFrame > 0 && lastFrame < first.sentFrames && second.sentFrames > lastFrame;
    });
    expect([beside.witness.faults, beside.witness.server.links.length]).toEqual([[], 1]);
  });

  row(stage, 24, { case: 'waits as a stranger until the first is silent' }, async (scene) => {
    const beside = await StreamBeside.open(scene, 'spliced', { graceSeconds: 60 });
    const first = await beside.steady();
    await beside.heard(first);
    const another = { flashVer: 'another' };
    const refused = await hostile(scene);
    expect(await refused.publish(beside.key, another)).toBe('NetStream.Publish.BadName');
    expect(first.broken).toBeUndefined();
    first.fallSilent();
    const stranger = await scene.until('the stranger is let in', async () => {
      const again = await hostile(scene);
      return (await again.publish(beside.key, another)) === 'NetStream.Publish.Start' && again;
    });
    stranger.play();
    await beside.heardSeconds(stranger);
    await beside.tells('ENCODER_TAKEN_OVER');
    expect([beside.witness.faults, beside.witness.server.links.length]).toEqual([[], 1]);
  });

  row(stage, 25, { stream: { graceSeconds: 60 } }, async (scene) => {
    const { witness } = scene;
    scene.encoder.reset();
    const goneAtMs = performance.now();
    await scene.until('it is held', async () => (await scene.status()).state === 'grace');
    await scene.until('5 s are over', () => performance.now() - goneAtMs >= AWAY_MS);
    const second = await scene.encode();
    const frames = witness.judge.agesMs.length;
    await scene.until('it is heard again', () => witness.judge.agesMs.length > frames + 30);
    scene.figure('back at the destination after', performance.now() - goneAtMs, 'ms');
    expect(second.broken).toBeUndefined();
    expect(witness.server.links).toHaveLength(1);
  });

  row(stage, 26, { stream: { graceSeconds: 1 } }, async (scene) => {
    const { witness } = scene;
    scene.encoder.reset();
    const first = await witness.server.link();
    await first.until(() => first.commandNames.includes('deleteStream'));
    expect(await first.ended).toBe('closed');
    await scene.until('it is over', async () => (await scene.status()).state === 'offline');
    await scene.encode();
    await scene.until('it is live again', () => witness.judge.sessions === 2);
    await scene.until('it is heard again', () => witness.judge.lastFrame ?? false);
    expect(first.commandNames).toContain('FCUnpublish');
  });

  row(stage, 27, { case: 'its picture' }, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const recorder = await beside.recorder();
    const encoder = await beside.encoder();
    const other = { type: VIDEO, timestampMs: 0, payload: OTHER_AVC_CONFIG };
    encoder.play((message) => {
      const isChange = isKeyframe(message) && encoder.sentFrames === KEYFRAME_FRAMES + 1;
      return isChange ? [{ ...other, timestampMs: message.timestampMs }, message] : [message];
    });
    const link = await recorder.link();
    await link.until(() => link.media.some(({ body }) => body.equals(OTHER_AVC_CONFIG)));
    await link.until(() => !isHeader(link.media.findLast(({ type }) => type === VIDEO)!));
    await beside.heard(encoder);
    expect([beside.witness.faults, recorder.links.length]).toEqual([[], 1]);
  });

  row(stage, 27, { case: 'its codec' }, async (scene) => {
    const beside = await StreamBeside.open(scene, 'rejoins');
    const recorder = await beside.recorder();
    const encoder = await beside.encoder();
    encoder.play((message) => {
      if (message.type !== VIDEO || encoder.sentFrames <= KEYFRAME_FRAMES) return [message];
      const frame = { ...message, payload: hevcFrame(message.payload, isKeyframe(message)) };
      return isKeyframe(message) ? [{ ...message, payload: HEVC_CONFIG }, frame] : [frame];
    });
    const isHevc = ({ body }: HeardMedia) => body.subarray(1, 5).toString() === 'hvc1';
    const heard = await scene.until('the other codec is at the destination', () =>
      recorder.links.find(({ media }) => media.filter(isHevc).length > 10),
    );
    const [header, keyframe] = heard.media.filter(isHevc).map(({ body }) => videoFlags(body));
    expect((header ?? 0) & MediaFlag.SEQUENCE_HEADER).not.toBe(0);
    expect((keyframe ?? 0) & MediaFlag.KEYFRAME).not.toBe(0);
    expect(beside.witness.faults).toEqual([]);
  });

  row(stage, 28, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const encoder = await beside.encoder();
    const leaps = [0, 3_600_000, -1_200, 2 ** 32 - 6_000, 2 ** 31 + 4_711];
    const leapFrames = 40;
    encoder.play((message) => {
      const leap = leaps[Math.floor(encoder.sentFrames / leapFrames)] ?? 0;
      return [{ ...message, timestampMs: (message.timestampMs + leap) >>> 0 }];
    });
    await scene.until(
      'all leaps are done',
      () => encoder.sentFrames > leapFrames * (leaps.length + 1),
    );
    await beside.heard(encoder);
    expect([encoder.isEnded, beside.witness.faults]).toEqual([false, []]);
  });

  row(stage, 29, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const encoder = await beside.encoder();
    let isWithout = false;
    encoder.play(
      (message) => {
        if (!isWithout || !isKeyframe(message)) return [message];
        const payload = Buffer.from(message.payload);
        payload[0] = 0x27;
        return [{ ...message, payload }];
      },
      { kbps: 3_000, framesPerSecond: 30 },
    );
    await beside.heard(encoder);
    isWithout = true;
    const lastAtMs = performance.now();
    const waitMs = scene.isLong ? 30_000 : WITHOUT_KEYFRAME_MS;
    await scene.until('long without', () => performance.now() - lastAtMs > waitMs, waitMs + 1_000);
    const recorder = await beside.recorder();
    await scene.until('the newcomer says that it waits', async () => {
      const { pushes } = await beside.status();
      return pushes.some(({ waitingForKeyframe }) => waitingForKeyframe === true);
    });
    await beside.heard(encoder);
    isWithout = false;
    const link = await recorder.link();
    await link.until(() => link.media.filter(({ type }) => type === VIDEO).length > 10);
    expect([encoder.isEnded, beside.witness.faults]).toEqual([false, []]);
    await scene.until('nobody waits any more', async () => {
      const { pushes } = await beside.status();
      return pushes.every((push) => push.state === 'live' && push.waitingForKeyframe !== true);
    });
  });

  row(stage, 30, { case: 'sound alone' }, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const recorder = await beside.recorder();
    const encoder = await beside.encoder();
    encoder.play((message) => (message.type === AUDIO ? [message] : []));
    const link = await recorder.link();
    await link.until(() => link.media.length > 100);
    const sounds = link.media.filter(({ type }) => type === AUDIO);
    expect(sounds.map(({ body }) => body[1])).toEqual([0, ...sounds.slice(1).fill(1 as never)]);
    const times = sounds.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual(times.toSorted((one, next) => one - next));
    expect(link.media.some(({ type }) => type === VIDEO)).toBe(false);
    expect(beside.witness.faults).toEqual([]);
  });

  row(stage, 30, { case: 'a picture alone' }, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const encoder = await beside.encoder();
    encoder.play((message) => (message.type === VIDEO ? [message] : []));
    await beside.heardSeconds(encoder);
    expect(beside.witness.faults).toEqual([]);
  });

  row(stage, 31, async (scene) => {
    const { rtmpPort, rtmpsPort } = scene.forkcast;
    const each = STRANGERS.flatMap((one) => Array.from({ length: 5 }, () => one));
    const came = each.map(async ({ to, within, bytes }) => {
      const port = to === 'rtmp' ? rtmpPort : rtmpsPort;
      const stranger = await hostile(scene, { port, isSecure: within === 'tls' });
      await stranger.say(bytes);
      return stranger;
    });
    await allEnded(scene, await Promise.all(came));
    for (const [words, times] of [
      ['RTMP_TLS_ON_PLAIN_PORT', 5],
      ['RTMP_NOT_RTMP', 15],
      ['no TLS on the RTMPS port', 10],
    ] as const) {
      const lines = await said(scene, words, times);
      // Each lane says the first at once, and then how many more there were.
      expect(lines.length).toBeLessThanOrEqual(6);
    }
  });

  row(stage, 32, async (scene) => {
    const hello = Buffer.concat([Buffer.of(3), Buffer.alloc(3_072)]);
    const late = await hostile(scene);
    late.drip(hello, 100);
    const half = await hostile(scene);
    await half.say(hello.subarray(0, 1_537));
    half.drip(hello, 100);
    const tls = await hostile(scene, { port: scene.forkcast.rtmpsPort });
    tls.drip(Buffer.from(`16030101ff010001fb0303${'00'.repeat(500)}`, 'hex'), 100);
    await allEnded(scene, [late, half, tls]);
    await said(scene, 'no RTMP handshake in time', 2);
    await said(scene, 'no TLS on the RTMPS port', 1);
  });

  row(stage, 33, async (scene) => {
    const silent = await hostile(scene);
    await silent.greet();
    const connected = await hostile(scene);
    await connected.greet();
    await connected.command('connect', 1, amfObject({ app: 'live' }));
    expect(await connected.hears('NetConnection.Connect.Success')).toContain('Success');
    await allEnded(scene, [silent, connected]);
    await said(scene, 'no publish in time', 2);
  });

  row(stage, 35, async (scene) => {
    const before = await residentBytes(await scene.forkcast.appPid('relay'));
    const kept = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const bomb = await hostile(scene);
        await bomb.greet();
        await bomb.say(chunkBomb(60, MESSAGE_BYTES_MAX));
        await bomb.command('connect', 1, amfObject({ app: 'live' }));
        return bomb.hears('NetConnection.Connect.Success');
      }),
    );
    expect(new Set(kept)).toEqual(new Set(['NetConnection.Connect.Success']));
    const after = await residentBytes(await scene.forkcast.appPid('relay'));
    scene.figure('7 GB were announced, and took', (after - before) / 1e6, 'MB');
    for (const bytes of [chunkBomb(1, 0xff_ffff), chunkBomb(65, 1_000)]) {
      const bomb = await hostile(scene);
      await bomb.greet();
      await bomb.say(bytes);
      await bomb.ended;
    }
    await said(scene, 'RTMP_MESSAGE_TOO_LARGE', 1);
    await said(scene, 'RTMP_TOO_MANY_CHUNK_STREAMS', 1);
    const beside = await StreamBeside.open(scene);
    const publisher = await beside.encoder();
    await publisher.say(encodeSetChunkSize(PARTIAL_BYTES_MAX / 3));
    await publisher.say(chunkBomb(3, MESSAGE_BYTES_MAX, PARTIAL_BYTES_MAX / 3));
    expect(publisher.isEnded).toBe(false);
    const more = { length: MESSAGE_BYTES_MAX, payload: Buffer.alloc(PARTIAL_BYTES_MAX / 3) };
    await publisher.say(rawChunk({ id: 50, ...more }));
    await publisher.ended;
    await said(scene, 'RTMP_PARTIAL_BYTES_EXCEEDED', 1);
    expect(beside.witness.faults).toEqual([]);
  });

  row(stage, 36, async (scene) => {
    for (const format of [0, 1] as const) {
      const beside = await StreamBeside.open(scene);
      const encoder = await beside.encoder();
      const payload = Buffer.alloc(4_096, format);
      await encoder.say(rawChunk({ id: 20, length: 10_000, payload }));
      expect(encoder.isEnded).toBe(false);
      await encoder.say(rawChunk({ format, id: 20, length: 20_000, payload }));
      await encoder.ended;
      expect(beside.witness.faults).toEqual([]);
    }
    await said(scene, 'RTMP_MESSAGE_INTERRUPTED', 2);
  });

  row(stage, 37, async (scene) => {
    for (const chunkBytes of [0, 1, 127, 0x8000_0000]) {
      const encoder = await hostile(scene);
      await encoder.greet();
      await encoder.say(controlMessage(MessageType.SET_CHUNK_SIZE, chunkBytes));
      await encoder.ended;
    }
    await said(scene, 'RTMP_CHUNK_SIZE_REFUSED', 4);
    const played = [128, 0x7fff_ffff].map(async (chunkBytes) => {
      const beside = await StreamBeside.open(scene);
      const encoder = await beside.encoder({ chunkBytes });
      encoder.play();
      await beside.heardSeconds(encoder);
      expect([encoder.isEnded, beside.witness.faults]).toEqual([false, []]);
    });
    await Promise.all(played);
  });

  row(stage, 38, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const encoder = await beside.encoder();
    const abort = (id: number) => controlMessage(MessageType.ABORT, id);
    const begun = rawChunk({ id: 20, length: 10_000, payload: Buffer.alloc(4_096, 1) });
    const whole = rawChunk({ id: 20, type: MessageType.USER_CONTROL, payload: Buffer.alloc(6) });
    encoder.play((message) => {
      void encoder.say(Buffer.concat([abort(4), abort(65_000), begun, abort(20), whole]));
      const { type, timestampMs, payload } = message;
      const aggregate = { type: MessageType.AGGREGATE, timestampMs };
      return [{ ...aggregate, payload: aggregateBody({ type, body: payload }) }];
    });
    await beside.heardSeconds(encoder);
    expect([encoder.isEnded, beside.witness.faults]).toEqual([false, []]);
    const inner = { type: MessageType.AGGREGATE, body: Buffer.alloc(20) };
    await encoder.message(MessageType.AGGREGATE, 0, aggregateBody(inner));
    await encoder.ended;
    await said(scene, 'RTMP_AGGREGATE_MALFORMED', 1);
  });

  row(stage, 39, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const publisher = await beside.encoder();
    publisher.play();
    for (const bomb of Object.values(AMF_BOMBS)) {
      const stranger = await hostile(scene);
      await stranger.greet();
      const head = Buffer.concat([encodeAmf0(['connect', 1]), bomb()]);
      await stranger.message(MessageType.COMMAND_AMF0, 0, head);
      await stranger.ended;
      const metadata = Buffer.concat([encodeAmf0(['@setDataFrame', 'onMetaData']), bomb()]);
      await publisher.message(MessageType.DATA_AMF0, 0, metadata);
      const command = Buffer.concat([encodeAmf0(['whatever', 9]), bomb()]);
      await publisher.message(MessageType.COMMAND_AMF0, 0, command);
    }
    await said(scene, 'RTMP_COMMAND_MALFORMED', Object.keys(AMF_BOMBS).length);
    await beside.heardSeconds(publisher);
    expect([publisher.isEnded, beside.witness.faults]).toEqual([false, []]);
  });

  row(stage, 40, async (scene) => {
    const beside = await StreamBeside.open(scene);
    const encoder = await beside.encoder();
    encoder.play((message) => [
      message,
      ...UNKNOWN_MESSAGES.map((one) => ({ ...message, ...one })),
    ]);
    await beside.heardSeconds(encoder);
    expect([encoder.isEnded, beside.witness.faults]).toEqual([false, []]);
  });

  row(stage, 41, async (scene) => {
    const narrow = await StreamBeside.open(scene);
    const asking = await narrow.encoder();
    const deaf = await StreamBeside.open(scene);
    const unread = await deaf.encoder();
    await asking.say(controlMessage(MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE, 1));
    asking.play();
    unread.socket.pause();
    unread.play();
    await Promise.all([narrow.heardSeconds(asking), deaf.heardSeconds(unread)]);
    expect([narrow.witness.faults, deaf.witness.faults]).toEqual([[], []]);
    scene.figure('acknowledged in answer to 4 s', asking.heardBytes, 'bytes');
    expect(asking.heardBytes).toBeLessThan(asking.socket.bytesWritten / 10);
    const pings = Buffer.concat(Array.from({ length: 10_000 }, () => PING_REQUEST));
    while (!unread.isEnded) await unread.say(pings);
    await said(scene, 'an encoder does not read its answers', 1);
  });
});
