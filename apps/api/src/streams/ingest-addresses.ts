import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Stream } from '#contracts';
import type { Clock } from '#kernel';
import type { Live, NodePresence } from '#live';
import type { ApiEnvironment } from '../env.ts';
import { CLOCK, ENVIRONMENT, LIVE } from '../infrastructure/tokens.ts';
import { ingestUrlsFor, type IngestUrls } from './ingest-urls.ts';

/** Where encoders publish, and what they meet there. */
export interface IngestAddress
  extends IngestUrls, Pick<Stream['ingest'], 'certificate' | 'recommended'> {}

type Certificate = IngestAddress['certificate'];

const ON_THIS_MACHINE = /^rtmps?:\/\/(?:localhost|[^:/]+\.localhost|127[.\d]+|\[::1\])[:/]/i;

@Injectable()
export class IngestAddresses {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(LIVE) private readonly live: Live,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Never rejects: where no relay can be asked, the certificate is not known. */
  async of(request: Request): Promise<IngestAddress> {
    const urls = ingestUrlsFor(request, this.environment);
    const nodes = await this.live.presence.nodes().catch((): NodePresence[] => []);
    const certificate = certificateOf(nodes, this.clock.wallMs());
    return { ...urls, certificate, recommended: recommendedOf(urls, certificate) };
  }
}

/** The worst that an encoder may meet: it does not choose its relay. */
export function certificateOf(
  nodes: readonly Pick<NodePresence, 'certificate'>[],
  nowMs: number,
): Certificate {
  const shown = nodes.flatMap(({ certificate }) => certificate ?? []);
  if (shown.some(({ isSelfMade }) => isSelfMade)) return 'self-made';
  const areGood = shown.every(({ expiresAt }) => Date.parse(expiresAt) > nowMs);
  return shown.length > 0 && areGood ? 'trusted' : 'unknown';
}

/**
 * RTMPS where an encoder trusts it. Where it is not known whether it would, the key must not go
 * over a network in the clear; on this machine there is no network.
 */
export function recommendedOf(
  { rtmpUrl, rtmpsUrl }: IngestUrls,
  certificate: Certificate,
): IngestAddress['recommended'] {
  if (rtmpUrl === null) return 'rtmps';
  if (rtmpsUrl === null || certificate === 'self-made') return 'rtmp';
  if (certificate === 'trusted') return 'rtmps';
  return ON_THIS_MACHINE.test(rtmpUrl) ? 'rtmp' : 'rtmps';
}
