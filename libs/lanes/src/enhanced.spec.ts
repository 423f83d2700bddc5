import { AmfEcmaArray, AmfObject, encodeAmf0 } from '#amf';
import { ScriptedDestination } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { AAC_CONFIG, audioFrame } from './encoder.fixture.ts';
import { LanesUnderTest } from './lane-thread.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** Enhanced RTMP v2, video: 1, frame type and packet type in the first byte, then the FourCC. */
function video(firstByte: number, fourCc: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.of(firstByte), Buffer.from(fourCc, 'latin1'), data]);
}

function audio(packetType: number, fourCc: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x90 | packetType), Buffer.from(fourCc, 'latin1'), data]);
}

const metadata = encodeAmf0([
  '@setDataFrame',
  'onMetaData',
  new AmfEcmaArray([['encoder', 'obs-output module']]),
]);
const colourInfo = encodeAmf0([
  'colorInfo',
  new AmfObject([['colorConfig', new AmfObject([['transferCharacteristics', 16]])]]),
]);

/** What an encoder sends of each codec; the data are any bytes: nobody on the way looks at them. */
const CASES = ['hvc1', 'av01', 'vp09', 'vvc1'].map((fourCc) => ({
  fourCc,
  colour: video(0x94, fourCc, colourInfo),
  config: video(0x90, fourCc, Buffer.alloc(31, 0x42)),
  keyframe: video(0x93, fourCc, Buffer.alloc(9_000, 0x11)),
  inter: video(0xa3, fourCc, Buffer.alloc(700, 0x22)),
}));

/** What the connect command names: the list, and the names in each of the maps. */
function namedIn(values: unknown): unknown {
  if (!(values instanceof Map)) return undefined;
  const keysOf = (map: unknown): unknown => (map instanceof Map ? [...map.keys()] : []);
  return {
    list: values.get('fourCcList') as unknown,
    video: keysOf(values.get('videoFourCcInfoMap')),
    audio: keysOf(values.get('audioFourCcInfoMap')),
  };
}

describe('Enhanced RTMP', { timeout: 20_000 }, () => {
  it.each(CASES)(
    '$fourCc passes untouched, headers and colour again on each connect',
    async (one) => {
      const { fourCc, colour, config, keyframe, inter } = one;
      const lanes = await LanesUnderTest.start(1);
      const destination = await ScriptedDestination.open();
      opened.push(lanes, destination);
      const { encoder, ring } = await lanes.publish();
      const headers = [
        [DATA, metadata],
        [AUDIO, AAC_CONFIG],
        [VIDEO, colour],
        [VIDEO, config],
      ] as const;
      for (const [type, body] of headers) encoder.send(type, 0, body);
      encoder.video(0, keyframe);
      await lanes.reports.next('ingest-joinable');

      lanes.attempt(0, { attemptId: 'first', ring, url: destination.url() });
      const first = await destination.link();
      await first.until(() => first.media.length >= 5);
      encoder.audio(20, audioFrame(1));
      encoder.video(33, inter);
      await first.until(() => first.media.length >= 7);
      expect(first.media.map(({ type, body }) => [type, body])).toEqual([
        ...headers,
        [VIDEO, keyframe],
        [AUDIO, audioFrame(1)],
        [VIDEO, inter],
      ]);
      const named = namedIn(first.commands[0]?.object);
      expect(named).toEqual({ list: [fourCc], video: [fourCc], audio: [] });

      first.socket.resetAndDestroy();
      expect((await lanes.ended('first')).failure).not.toBeNull();
      lanes.attempt(0, { attemptId: 'second', ring, url: destination.url() });
      const second = await destination.link(1);
      await second.until(() => second.media.length >= 5);
      expect(second.media.slice(0, 5).map(({ type, body }) => [type, body])).toEqual([
        ...headers,
        [VIDEO, keyframe],
      ]);
    },
  );

  it('Opus passes untouched beside H.264, and only Opus is announced', async () => {
    const lanes = await LanesUnderTest.start(1);
    const destination = await ScriptedDestination.open();
    opened.push(lanes, destination);
    const { encoder, ring } = await lanes.publish();
    const opusConfig = audio(0, 'Opus', Buffer.from('OpusHead\u0001\u0002', 'latin1'));
    const opusFrame = audio(1, 'Opus', Buffer.alloc(120, 0x33));
    const avcConfig = Buffer.from('1700000000014d401effe1000467640028010004', 'hex');
    const avcKeyframe = Buffer.from('170100000000000003658841', 'hex');
    encoder.audio(0, opusConfig);
    encoder.video(0, avcConfig);
    encoder.video(0, avcKeyframe);
    encoder.audio(0, opusFrame);
    await lanes.reports.next('ingest-joinable');
    lanes.attempt(0, { attemptId: 'one', ring, url: destination.url() });
    const link = await destination.link();
    await link.until(() => link.media.length >= 4);
    const bodies = link.media.map(({ body }) => body);
    expect(bodies).toEqual([opusConfig, avcConfig, avcKeyframe, opusFrame]);
    const named = namedIn(link.commands[0]?.object);
    expect(named).toEqual({ list: ['Opus'], video: [], audio: ['Opus'] });
  });
});
