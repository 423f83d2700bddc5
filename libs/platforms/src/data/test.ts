import type { PlatformFacts } from '../platform-facts.ts';

/** A destination inside Forkcast: a rehearsal that reaches nobody. */
export const test: PlatformFacts = {
  id: 'test',
  name: 'Test (nobody sees it)',
  servers: [{ url: 'rtmp://test.invalid/live', label: 'Inside Forkcast', region: null }],
  keyHelp: 'It needs no server and no key: it is inside Forkcast.',
  keyLifetime: 'reusable',
  videoCodecs: ['h264', 'hevc', 'av1'],
  audioCodecs: ['aac', 'mp3', 'opus', 'ac3', 'flac'],
  backupIngest: 'none',
  sources: [{ kind: 'documented', what: 'Forkcast itself', url: null, readOn: '2026-11-21' }],
  verifiedOn: '2026-11-21',
};
