import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const irltoolkit: PlatformFacts = {
  id: 'irltoolkit',
  name: 'IRLToolkit',
  servers: [
    { url: 'rtmps://stream.global.irl.run/ingest', label: 'Nearest', region: 'anywhere' },
    { url: 'rtmps://stream.lax.irl.run/ingest', label: 'Los Angeles', region: 'north-america' },
    { url: 'rtmps://stream.dal.irl.run/ingest', label: 'Dallas', region: 'north-america' },
    { url: 'rtmps://stream.ewr.irl.run/ingest', label: 'New York', region: 'north-america' },
    { url: 'rtmps://stream.mia.irl.run/ingest', label: 'Miami', region: 'north-america' },
    { url: 'rtmps://stream.ams.irl.run/ingest', label: 'Amsterdam', region: 'europe' },
    { url: 'rtmps://stream.fra.irl.run/ingest', label: 'Frankfurt', region: 'europe' },
    { url: 'rtmps://stream.sin.irl.run/ingest', label: 'Singapore', region: 'asia' },
    { url: 'rtmps://stream.tyo.irl.run/ingest', label: 'Tokyo', region: 'asia' },
    { url: 'rtmps://stream.syd.irl.run/ingest', label: 'Sydney', region: 'oceania' },
  ],
  hosts: ['irl.run'],
  keyHelp: 'IRLToolkit, Settings, Ingest: copy the stream key.',
  keyUrl: 'https://irl.run/settings/ingest/',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 20_000,
    audioKbpsMax: 256,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};
