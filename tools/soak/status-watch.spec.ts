import { describe, expect, it } from 'vitest';
import { contradicts } from './status-watch.ts';

const NOW_MS = 100_000;
const publishing = { isPublishing: true, mediaAtMs: NOW_MS - 30 };
const still = { isPublishing: true, mediaAtMs: NOW_MS - 1_000 };
const gone = { isPublishing: false, mediaAtMs: NOW_MS - 30 };

describe('what is told of a push', () => {
  it.each(['live', 'degraded', 'draining'] as const)(
    'is wrong when %s and nobody publishes',
    (state) => {
      expect(contradicts(state, gone, NOW_MS)).toBe(true);
      expect(contradicts(state, publishing, NOW_MS)).toBe(false);
      expect(contradicts(state, still, NOW_MS)).toBe(false);
    },
  );

  it.each(['connecting', 'retrying', 'needs_attention', 'stopped', 'awaiting_stream'] as const)(
    'is wrong when %s and media comes',
    (state) => {
      expect(contradicts(state, publishing, NOW_MS)).toBe(true);
      expect(contradicts(state, still, NOW_MS)).toBe(false);
      expect(contradicts(state, gone, NOW_MS)).toBe(false);
    },
  );
});
