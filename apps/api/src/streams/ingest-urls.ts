import type { Request } from 'express';
import type { ApiEnvironment } from '../env.ts';

/** Where encoders publish. Null: that kind of ingest is turned off. */
export interface IngestUrls {
  readonly rtmpUrl: string | null;
  readonly rtmpsUrl: string | null;
}

type IngestSettings = Pick<ApiEnvironment, 'FORKCAST_PUBLIC_URL' | 'RTMP_PORT' | 'RTMPS_PORT'>;

const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/i;

/**
 * The host is the public one where the operator has named it, and else the one by which the caller
 * has found this API: on a home network that is the one that encoders find too.
 */
export function ingestUrlsFor(request: Request, settings: IngestSettings): IngestUrls {
  const publicUrl = settings.FORKCAST_PUBLIC_URL;
  const asked = publicUrl === undefined ? request.hostname : new URL(publicUrl).hostname;
  const host = HOST.test(asked) ? asked : 'localhost';
  const urlOf = (scheme: string, port: number): string | null =>
    port === 0 ? null : `${scheme}://${host}:${port}/live`;
  return {
    rtmpUrl: urlOf('rtmp', settings.RTMP_PORT),
    rtmpsUrl: urlOf('rtmps', settings.RTMPS_PORT),
  };
}
