/**
 * What Forkcast knows of the platforms it pushes to: servers, limits, where to find the key.
 * It refuses to talk to a platform, and to forbid the unknown: any RTMP server is `custom`.
 * Parts: presets (plain data).
 */
export { isPlatform, platforms } from './presets.ts';
