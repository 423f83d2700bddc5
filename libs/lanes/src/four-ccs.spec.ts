import { describe, expect, it } from 'vitest';
import { fourCcsOf } from './four-ccs.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

const avcConfig = Buffer.from('170000000001640028ffe1', 'hex');
const aacConfig = Buffer.from('af001190', 'hex');
const hevcConfig = Buffer.concat([Buffer.of(0x90), Buffer.from('hvc1'), Buffer.alloc(23, 1)]);
const opusConfig = Buffer.concat([Buffer.of(0x90), Buffer.from('Opus'), Buffer.from('OpusHead')]);

const NONE = { video: [], audio: [] };

describe('the FourCCs of a stream', () => {
  it('are none for H.264 and AAC in their old framing', () => {
    const headers = [
      { typeId: DATA, body: Buffer.from('onMetaData') },
      { typeId: VIDEO, body: avcConfig },
      { typeId: AUDIO, body: aacConfig },
    ];
    expect(fourCcsOf(headers)).toEqual(NONE);
  });

  it('are those of its Enhanced RTMP tracks, each once', () => {
    const headers = [
      { typeId: VIDEO, body: hevcConfig },
      { typeId: VIDEO, body: hevcConfig },
      { typeId: AUDIO, body: opusConfig },
    ];
    expect(fourCcsOf(headers)).toEqual({ video: ['hvc1'], audio: ['Opus'] });
  });

  it('are none of a body that cannot be read', () => {
    expect(fourCcsOf([{ typeId: VIDEO, body: Buffer.of(0x90) }])).toEqual(NONE);
    expect(fourCcsOf([{ typeId: AUDIO, body: Buffer.alloc(0) }])).toEqual(NONE);
  });
});
