import { Inject, Injectable } from '@nestjs/common';
import type { FieldFault } from '#contracts';
import { AddressPolicy, NetError, parseDestinationUrl, resolveDestination } from '#net';
import type { HostResolver } from '#net';
import { findPlatform, keyFault, TEST_DESTINATION } from '#platforms';
import { fieldsAtFault } from '../problem/problem-error.ts';

export const HOST_RESOLVER = Symbol('HostResolver of #net');

/** The settings of a destination that can be wrong in ways that no schema sees. */
export interface CheckedSettings {
  readonly platform?: string | undefined;
  readonly url?: string | undefined;
  readonly backupUrl?: string | null | undefined;
  readonly streamKey?: string | undefined;
  /** The platform that it has, where no other is asked for. */
  readonly keptPlatform?: string | undefined;
}

/** Says what is wrong with a destination while a person is still looking at the form. */
@Injectable()
export class DestinationChecks {
  constructor(
    @Inject(AddressPolicy) private readonly policy: AddressPolicy,
    @Inject(HOST_RESOLVER) private readonly resolve: HostResolver,
  ) {}

  /** @throws ProblemError 422 that names every field at fault. */
  async check(settings: CheckedSettings): Promise<void> {
    const { platform, url, backupUrl, streamKey, keptPlatform } = settings;
    if (platform === TEST_DESTINATION.platform) return;
    const urls = await Promise.all([
      this.urlFault('url', url),
      this.urlFault('backupUrl', backupUrl),
    ]);
    const found = [
      platformFault(platform),
      ...urls,
      streamKeyFault(platform ?? keptPlatform, streamKey),
    ];
    const fields = found.filter((fault) => fault !== undefined);
    const [first] = fields;
    if (first === undefined) return;
    throw fieldsAtFault([first, ...fields.slice(1)]);
  }

  /**
   * A name that cannot be resolved now is let through: it may be made later, and the relay judges
   * every address again when it connects.
   */
  private async urlFault(
    field: string,
    url: string | null | undefined,
  ): Promise<FieldFault | undefined> {
    if (url === null || url === undefined) return undefined;
    try {
      const { host } = parseDestinationUrl(url);
      await resolveDestination(host, this.policy, this.resolve);
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof NetError)) throw thrown;
      if (thrown.code === 'DNS_FAILED' || thrown.code === 'DNS_TIMEOUT') return undefined;
      return { field, code: thrown.code, message: thrown.message };
    }
  }
}

function platformFault(platform: string | undefined): FieldFault | undefined {
  if (platform === undefined || findPlatform(platform) !== undefined) return undefined;
  return {
    field: 'platform',
    code: 'PLATFORM_UNKNOWN',
    message: 'This platform is not known here; use "custom" for any RTMP server.',
  };
}

/** Only what is no key at any platform is refused, and at a server of one's own nothing is. */
function streamKeyFault(
  platform: string | undefined,
  streamKey: string | undefined,
): FieldFault | undefined {
  if (streamKey === undefined || platform === undefined || platform === 'custom') return undefined;
  const fault = keyFault(streamKey);
  return fault && { field: 'streamKey', ...fault };
}
