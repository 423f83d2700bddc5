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

/** What of a stream says where to publish. */
export type IngestAddress = Pick<
  Stream['ingest'],
  'rtmpUrl' | 'rtmpsUrl' | 'recommended' | 'certificate'
>;

/** Which server an encoder should use: the API knows the certificate that it would meet. */
export function serverAdvice(ingest: IngestAddress): ServerAdvice {
  const { rtmpUrl, rtmpsUrl, recommended } = ingest;
  const plain = rtmpUrl === null ? [] : [{ label: 'Server (RTMP)', url: rtmpUrl } as const];
  const secure = rtmpsUrl === null ? [] : [{ label: 'Server (RTMPS)', url: rtmpsUrl } as const];
  return recommended === 'rtmp'
    ? { servers: [...plain, ...secure], why: whyPlain(ingest) }
    : { servers: [...secure, ...plain], why: whySecure(ingest) };
}

function whyPlain({ rtmpUrl, rtmpsUrl, certificate }: IngestAddress): string {
  const isNear = onThisMachine.test(hostOf(rtmpUrl ?? ''));
  if (rtmpsUrl === null) return isNear ? nearWords : openWords;
  if (!isNear) return `OBS refuses the self-made certificate of this Forkcast. ${openWords}`;
  return certificate === 'self-made'
    ? `${nearWords} For RTMPS it has a self-made certificate, which OBS refuses.`
    : `${nearWords} RTMPS begins with a self-made certificate, which OBS refuses.`;
}

function whySecure({ certificate }: IngestAddress): string {
  return certificate === 'trusted'
    ? 'RTMPS is encrypted: nobody on the way can read the key.'
    : 'RTMPS is encrypted. OBS refuses a self-made certificate: if it does not connect, give ' +
        'Forkcast one that is signed.';
}

const nearWords =
  'Forkcast runs on this machine, so plain RTMP is safe: nothing goes over a network.';
const openWords = 'RTMP is not encrypted: who can read your network can read the key.';
const onThisMachine = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** `URL` of an older browser reads no host of a scheme that it does not know. */
function hostOf(url: string): string {
  return /^rtmps?:\/\/(\[[^\]]+\]|[^/:]+)/i.exec(url)?.[1] ?? '';
}
