import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const joystickTv: PlatformFacts = {
  id: 'joystick-tv',
  name: 'Joystick.TV',
  servers: [
    { url: 'rtmp://live.joystick.tv/live/', label: 'North America', region: 'north-america' },
    { url: 'rtmp://eu.live.joystick.tv/live/', label: 'Europe', region: 'europe' },
  ],
  hosts: ['joystick.tv'],
  keyHelp: 'Joystick.TV, Stream settings: copy the stream key.',
  keyUrl: 'https://joystick.tv/stream-settings',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 7_500,
    audioKbpsMax: 192,
    fpsMax: 60,
    keyframeSecondsWanted: 2,
    bFramesMax: 0,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};
