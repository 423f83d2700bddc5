import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const soopKorea: PlatformFacts = {
  id: 'soop-korea',
  name: 'SOOP Korea',
  servers: [
    { url: 'rtmp://stream.sooplive.co.kr/app/', label: 'Korea', region: 'asia' },
    { url: 'rtmp://rtmp-esu.sooplive.co.kr/app/', label: 'US East', region: 'north-america' },
    { url: 'rtmp://rtmp-wsu.sooplive.co.kr/app/', label: 'US West', region: 'north-america' },
    { url: 'rtmp://rtmp-brz.sooplive.co.kr/app/', label: 'Brazil', region: 'south-america' },
    { url: 'rtmp://rtmp-uk.sooplive.co.kr/app/', label: 'United Kingdom', region: 'europe' },
    { url: 'rtmp://rtmp-sgp.sooplive.co.kr/app/', label: 'Singapore', region: 'asia' },
  ],
  hosts: ['sooplive.co.kr'],
  keyHelp: 'The broadcast settings of your SOOP account show the stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 8_000,
    audioKbpsMax: 192,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};
