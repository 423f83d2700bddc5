import { BitWriter } from '#flv';
import type { AacCore } from '#flv';

/** Syntactic elements, ISO/IEC 14496-3 table 4.71 (id_syn_ele). */
const SINGLE = 0;
const PAIR = 1;
const LOW_FREQUENCY = 3;
const END = 7;

/** By channelConfiguration, table 1.19. 0 lists them elsewhere. */
const elementsByConfiguration: ReadonlyArray<readonly number[] | undefined> = [
  undefined,
  [SINGLE],
  [PAIR],
  [SINGLE, PAIR],
  [SINGLE, PAIR, SINGLE],
  [SINGLE, PAIR, PAIR],
  [SINGLE, PAIR, PAIR, LOW_FREQUENCY],
  [SINGLE, PAIR, PAIR, PAIR, LOW_FREQUENCY],
];

/** Main, LC and LTP: coded alike where there is nothing to code. */
const generalTypes: ReadonlySet<number> = new Set([1, 2, 4]);

/** Any gain will do where there is no line to scale. */
const GLOBAL_GAIN = 100;

/**
 * One raw_data_block (section 4.4.2.1) without a spectral line. Without SBR and parametric stereo
 * too, which a decoder does without where a frame brings none. Undefined where we cannot say what
 * a frame looks like.
 */
export function silentAacFrame(core: AacCore): Buffer | undefined {
  const elements = elementsByConfiguration[core.channelConfiguration];
  if (elements === undefined || !generalTypes.has(core.objectType)) return undefined;
  const bits = new BitWriter();
  const tags = new Map<number, number>();
  for (const element of elements) {
    const tag = tags.get(element) ?? 0;
    tags.set(element, tag + 1);
    bits.bits(element, 3).bits(tag, 4);
    if (element === PAIR) writePair(bits);
    else writeChannel(bits, writeWindow);
  }
  bits.bits(END, 3).alignWith(0);
  return Buffer.from(bits.toBytes());
}

/** channel_pair_element behind its tag: a common window, no middle and side. */
function writePair(bits: BitWriter): void {
  bits.bit(1);
  writeWindow(bits);
  bits.bits(0, 2);
  writeChannel(bits);
  writeChannel(bits);
}

/** individual_channel_stream: no section, no pulse, no noise shaping, no gain control. */
function writeChannel(bits: BitWriter, window?: (bits: BitWriter) => void): void {
  bits.bits(GLOBAL_GAIN, 8);
  window?.(bits);
  bits.bits(0, 3);
}

/** ics_info: one long window, shape 0, max_sfb 0, no prediction. */
function writeWindow(bits: BitWriter): void {
  bits.bits(0, 1 + 2 + 1 + 6 + 1);
}
