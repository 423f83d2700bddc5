import type { Stream } from '#contracts';

export interface OfferedServer {
  readonly label: 'Server (RTMP)' | 'Server (RTMPS)';
  readonly url: string;
}

export interface ServerAdvice {
  /** The first is the one to take. Empty: both kinds of ingest are turned off. */
  readonly servers: readonly OfferedServer[];
  /** Why that one, or what to do when it is refused. */
  readonly why: string;
}

const onThisMachine = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Which server an encoder should use. No authority signs a certificate for `localhost`: the one
 * there is self-made, and OBS refuses it without a useful word. Elsewhere encryption comes first,
 * since the key would go over the network for all to read.
 */
export function serverAdvice({
  rtmpUrl,
  rtmpsUrl,
}: Pick<Stream['ingest'], 'rtmpUrl' | 'rtmpsUrl'>): ServerAdvice {
  const plain = rtmpUrl === null ? [] : [{ label: 'Server (RTMP)', url: rtmpUrl } as const];
  const secure = rtmpsUrl === null ? [] : [{ label: 'Server (RTMPS)', url: rtmpsUrl } as const];
  if (onThisMachine.test(hostOf(rtmpUrl ?? rtmpsUrl ?? ''))) {
    return {
      servers: [...plain, ...secure],
      why: rtmpUrl === null ? certificateWords : localWords,
    };
  }
  return {
    servers: [...secure, ...plain],
    why: rtmpsUrl === null ? plainWords : certificateWords,
  };
}

const localWords =
  'Forkcast runs on this machine, so plain RTMP is safe: nothing goes over a network. For RTMPS ' +
  'it has a self-made certificate, which OBS refuses.';
const certificateWords =
  'RTMPS is encrypted. OBS refuses a self-made certificate: if it does not connect, give ' +
  'Forkcast one that is signed.';
const plainWords = 'RTMP is not encrypted: who can read your network can read the key.';

/** `URL` of an older browser reads no host of a scheme that it does not know. */
function hostOf(url: string): string {
  return /^rtmps?:\/\/(\[[^\]]+\]|[^/:]+)/i.exec(url)?.[1] ?? '';
}
