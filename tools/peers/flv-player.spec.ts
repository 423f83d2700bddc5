import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { FlvTags } from './flv-player.ts';

const HEADER = Buffer.from('464c5601050000000900000000', 'hex');

function tag(type: number, timestampMs: number, body: Buffer): Buffer {
  const head = Buffer.alloc(11);
  head.writeUInt8(type, 0);
  head.writeUIntBE(body.length, 1, 3);
  head.writeUIntBE(timestampMs % 2 ** 24, 4, 3);
  head.writeUInt8(Math.floor(timestampMs / 2 ** 24), 7);
  return Buffer.concat([head, body, Buffer.alloc(4)]);
}

it('hears each tag of a file once, wherever its bytes are cut', () => {
  const tags = [
    { type: 9, timestampMs: 0, body: 'one' },
    { type: 8, timestampMs: 2 ** 24 + 5, body: '' },
    { type: 18, timestampMs: 2 ** 32 - 1, body: 'three' },
  ];
  const encoded = tags.map((one) => tag(one.type, one.timestampMs, Buffer.from(one.body)));
  const file = Buffer.concat([HEADER, ...encoded]);
  assert(
    property(array(integer({ min: 0, max: file.length })), (cuts) => {
      const heard: unknown[] = [];
      const reader = new FlvTags((one) => heard.push({ ...one, body: one.body.toString() }));
      const ends = [0, ...cuts.toSorted((one, two) => one - two), file.length];
      for (const [index, end] of ends.slice(1).entries()) {
        reader.feed(file.subarray(ends[index], end));
      }
      expect(heard).toEqual(tags);
    }),
  );
});
