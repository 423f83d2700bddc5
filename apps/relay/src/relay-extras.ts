import { createPostJson } from '#https-call';
import { systemClock, systemRandom, systemTimers } from '#kernel';
import { AddressPolicy, createHostResolver, parseCidrList } from '#net';
import { openKey } from '#vault';
import { Authoriser } from './authoriser.ts';
import { CertificateWatch } from './certificate-watch.ts';
import type { DiskCache } from './disk-cache.ts';
import type { RelaySettings } from './env.ts';
import { FailedKeys } from './failed-keys.ts';
import { PublishRules } from './publish-rules.ts';
import type { RelayResources } from './resources.ts';

/** What the door asks beside the key itself. */
export interface Doorkeepers {
  readonly failedKeys: FailedKeys;
  readonly rules: PublishRules;
}

/** What is said of a certificate that expires soon, to operators and to every workspace. */
export function certificateWatch({ logger, database, faults }: RelayResources): CertificateWatch {
  return new CertificateWatch({
    clock: systemClock,
    timers: systemTimers,
    onExpiring: ({ fingerprint, expiresAtMs, warnDays }) => {
      const expiresAt = new Date(expiresAtMs).toISOString();
      logger.warn({ expiresAt }, 'the TLS certificate expires soon');
      const message =
        `The certificate that encoders see expires at ${expiresAt}. ` +
        'Then none of them connects over RTMPS any more: replace it.';
      const about = {
        type: 'certificate.expiring',
        code: 'CERTIFICATE_EXPIRING',
        message,
      } as const;
      database.system
        .tellEveryWorkspace({ ...about, key: `${fingerprint} ${warnDays}` })
        .catch((error: unknown) => {
          const fault = error instanceof Error ? error : new Error(String(error));
          faults.report('nobody was told of the certificate', fault);
        });
    },
  });
}

export function doorkeepers(
  { masterKey, database }: RelayResources,
  settings: RelaySettings,
  disk: DiskCache,
): Doorkeepers {
  const allowed = settings.get('ALLOW_PRIVATE_DESTINATIONS', { infer: true });
  const authoriser = new Authoriser({
    clock: systemClock,
    post: createPostJson({
      policy: new AddressPolicy(parseCidrList(allowed)),
      resolve: createHostResolver(),
      clock: systemClock,
      timers: systemTimers,
    }),
    openSecret: (streamId, sealed) => openKey(masterKey, `${streamId}:authorise`, sealed),
  });
  return {
    failedKeys: new FailedKeys(systemClock, systemRandom),
    rules: new PublishRules({
      clock: systemClock,
      links: database.system.publishLinks,
      openSigningKey: (streamId, sealed) => openKey(masterKey, `${streamId}:signing`, sealed),
      broadcastSinceMs: (streamId) => disk.broadcastSinceMs(streamId),
      authorise: (...asked) => authoriser.ask(...asked),
    }),
  };
}
