import type { LanePool, LaneReport } from '#lanes';
import { parseCidrList } from '#net';
import type { Logger } from '#observability';
import { certificateFiles, readPair, watchPair } from './certificate.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import type { DescriptorBudget } from './descriptor-budget.ts';
import type { RelaySettings } from './env.ts';
import { untilListening } from './listening.ts';

interface LaneSurroundings {
  readonly logger: Logger;
  readonly certificates: CertificateWatch;
  readonly descriptors: DescriptorBudget;
}

/**
 * Starts every lane and waits until all of them listen. The answer ends the watch over the
 * certificate's files.
 *
 * @param hear who is to be told the lanes' reports while they begin.
 */
export async function startLanes(
  lanes: LanePool,
  settings: RelaySettings,
  hear: (listener: (lane: number, report: LaneReport) => void) => void,
  { logger, certificates, descriptors }: LaneSurroundings,
): Promise<() => void> {
  const { limit, pendingConnectionsMax, connectionsMax } = descriptors;
  const files = await certificateFiles({
    certificateFile: settings.get('TLS_CERT_FILE', { infer: true }),
    keyFile: settings.get('TLS_KEY_FILE', { infer: true }),
    dataDirectory: settings.get('FORKCAST_DATA_DIR', { infer: true }),
  });
  const laneSettings = {
    bindHost: settings.get('BIND_HOST', { infer: true }),
    rtmpPort: settings.get('RTMP_PORT', { infer: true }),
    rtmpsPort: settings.get('RTMPS_PORT', { infer: true }),
    certificate: await readPair(files),
    allowedPrivateCidrs: parseCidrList(settings.get('ALLOW_PRIVATE_DESTINATIONS', { infer: true })),
    pendingConnectionsMax,
  };
  certificates.use(laneSettings.certificate);
  const count = settings.get('RELAY_LANES', { infer: true });
  logger.info(
    { openFilesMax: limit, connectionsMax, pendingConnectionsMax: pendingConnectionsMax * count },
    'what the system lets connections have',
  );
  await untilListening(laneSettings, count, (onReport) => {
    hear(onReport);
    lanes.start(laneSettings, count);
  });
  return watchPair(
    files,
    (certificate) => {
      if (lanes.useCertificate(certificate)) certificates.use(certificate);
      logger.info('the TLS certificate was replaced');
    },
    (reason) => logger.warn({ reason }, 'the new TLS certificate is not used'),
  );
}
