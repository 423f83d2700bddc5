import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const nimoTv: PlatformFacts = {
  id: 'nimo-tv',
  name: 'Nimo TV',
  servers: [
    { url: 'rtmp://txpush.rtmp.nimo.tv/live/', label: 'Global 2', region: 'anywhere' },
    { url: 'rtmp://alpush.rtmp.nimo.tv/live/', label: 'Global 3', region: 'anywhere' },
  ],
  hosts: ['nimo.tv'],
  keyHelp: 'The live settings of your Nimo TV account show the stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 6_000,
    audioKbpsMax: 160,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};
