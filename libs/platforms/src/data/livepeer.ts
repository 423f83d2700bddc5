import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const livepeer: PlatformFacts = {
  id: 'livepeer',
  name: 'Livepeer Studio',
  servers: [
    { url: 'rtmp://rtmp.livepeer.com/live', label: 'Global', region: 'anywhere' },
    { url: 'rtmp://rtmp-a.livepeer.com/live', label: 'Global, primary', region: 'anywhere' },
  ],
  backupServers: [
    { url: 'rtmp://rtmp-b.livepeer.com/live', label: 'Global, backup', region: 'anywhere' },
  ],
  hosts: ['livepeer.com'],
  keyHelp: 'Livepeer Studio, Streams: open the stream and copy its key.',
  keyUrl: 'https://livepeer.studio/dashboard/streams',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 20_000,
    audioKbpsMax: 512,
    keyframeSecondsWanted: 1,
    bFramesMax: 0,
  },
  backupIngest: 'same-key',
  notes: ['After a drop Livepeer waits 5 minutes for the encoder.'],
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};
