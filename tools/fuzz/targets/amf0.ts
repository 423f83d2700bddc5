import { decodeAmf0, decodeAmf0Leniently, encodeAmf0, type AmfValue } from '#amf';
import { Choices } from '../choices.ts';
import { mustEqual, refusalOf } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';
import { anyAmf0Values } from './amf0-bytes.ts';

const ground = ['libs/amf/'];
const seeds = [encodeAmf0(['@setDataFrame', true, [1, 'two', undefined, null], new Date(0), 0.5])];
/** Deep and wide enough, and small enough to be met. */
const SMALL = { depthMax: 3, valuesMax: 24, keyBytesMax: 8, stringBytesMax: 16 };

/** What was read can be written, and reads the same: broken text comes back as it was shown. */
function mustSurvive(values: readonly AmfValue[]): void {
  mustEqual(decodeAmf0(encodeAmf0(values)), values, 'what was written reads the same');
}

function judge(bytes: Buffer): string {
  let values: AmfValue[] = [];
  const code = refusalOf(() => {
    values = decodeAmf0(bytes);
  });
  const codeOfSmall = refusalOf(() => decodeAmf0(bytes, SMALL));
  if (code === undefined) mustSurvive(values);
  return `${code} ${codeOfSmall} ${Math.min(values.length, 8)}`;
}

export const AMF0: readonly FuzzTarget[] = [
  { name: 'amf0', ground, seeds, run: judge },
  {
    // Lengths are right, so that it is read to its end.
    name: 'amf0-values',
    ground,
    seeds: [Buffer.from(Array.from({ length: 96 }, (_, at) => at * 5))],
    run: (input) => judge(anyAmf0Values(new Choices(input))),
  },
  {
    name: 'amf0-lenient',
    ground,
    seeds,
    run(input) {
      const values = decodeAmf0Leniently(input);
      mustSurvive(values);
      decodeAmf0Leniently(input, SMALL);
      refusalOf(() => {
        mustEqual(decodeAmf0(input), values, 'the strict reader reads the same');
      });
      return values
        .map((value) => typeof value)
        .slice(0, 3)
        .join();
    },
  },
];
