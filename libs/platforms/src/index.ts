/**
 * What Forkcast knows of the platforms that streams are pushed to: servers, limits, where to find the key.
 * It refuses to talk to a platform, and to forbid what it does not know: any RTMP server is `custom`.
 * Parts: presets (plain data).
 */
export { isPlatform, platforms } from './presets.ts';
