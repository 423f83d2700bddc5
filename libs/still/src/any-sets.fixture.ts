import * as fc from 'fast-check';
import type { AvcSets, KnownSets } from './avc-sets.ts';

const sequence = fc.record({
  profile: fc.constant(100),
  constraints: fc.constant(0),
  level: fc.constant(40),
  id: fc.constant(0),
  chromaFormat: fc.nat(3),
  areColoursApart: fc.constant(false),
  bitDepth: fc.constant(8),
  chromaBitDepth: fc.constant(8),
  hasScaling: fc.constant(false),
  frameNumberBits: fc.integer({ min: 4, max: 16 }),
  orderType: fc.nat(2),
  orderBits: fc.integer({ min: 4, max: 16 }),
  isOrderSilent: fc.boolean(),
  referenceFramesMax: fc.integer({ min: 1, max: 16 }),
  widthInBlocks: fc.integer({ min: 1, max: 60 }),
  heightInBlocks: fc.integer({ min: 1, max: 20 }).map((pairs) => pairs * 2),
  isFramesOnly: fc.boolean(),
  isFieldAdaptive: fc.boolean(),
  cropHorizontal: fc.constant(0),
  cropVertical: fc.constant(0),
});

const picture = fc.record({
  id: fc.nat(255),
  sequenceId: fc.constant(0),
  isArithmetic: fc.boolean(),
  hasBottomOrder: fc.boolean(),
  sliceGroups: fc.constant(1),
  references: fc.tuple(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 32 })),
  isWeighted: fc.boolean(),
  weightedBothWays: fc.nat(2),
  initialQuantiser: fc.integer({ min: 0, max: 51 }),
  hasDeblockingControl: fc.boolean(),
  hasRedundantCount: fc.boolean(),
  hasLargeTransform: fc.boolean(),
  hasScaling: fc.constant(false),
  chromaOffsets: fc.constant([0, 0] as const),
});

/** All that parameter sets may say of what we write; as far as it must, one thing with another. */
export const anySets: fc.Arbitrary<AvcSets> = fc.record({ sequence, picture }).map((sets) => {
  const { isFramesOnly, isFieldAdaptive, orderType, orderBits, isOrderSilent } = sets.sequence;
  return {
    picture: sets.picture,
    sequence: {
      ...sets.sequence,
      isFieldAdaptive: !isFramesOnly && isFieldAdaptive,
      orderBits: orderType === 0 ? orderBits : 0,
      isOrderSilent: orderType === 1 && isOrderSilent,
    },
  };
});

/** Knows no others. */
export function knownSets(sets: AvcSets): KnownSets {
  return { lengthBytes: 4, find: (id) => (id === sets.picture.id ? sets : undefined) };
}
