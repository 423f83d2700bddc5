import { Inject, Injectable } from '@nestjs/common';
import type { FieldFault } from '#contracts';
import { AddressPolicy, NetError, parseDestinationUrl, resolveDestination } from '#net';
import type { HostResolver } from '#net';
import { findPlatform, keyFault, TEST_DESTINATION } from '#platforms';
import { HOST_RESOLVER } from '../infrastructure/tokens.ts';
import { fieldsAtFault } from '../problem/problem-error.ts';

/** The settings of a destination that can be wrong in ways that no schema sees. */
export interface CheckedSettings {
  readonly platform?: string | undefined;
  readonly url?: string | undefined;
  readonly backupUrl?: string | null | undefined;
  readonly streamKey?: string | undefined;
  readonly certificateSha256?: string | null | undefined;
  /** What it has, and keeps where nothing else is asked for. */
  readonly kept?: Kept;
}

interface Kept {
  readonly platform: string;
  readonly url: string;
  readonly backupUrl: string | null;
  readonly certificateSha256: string | null;
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
    const { platform, url, backupUrl, streamKey, kept } = settings;
    if (platform === TEST_DESTINATION.platform) return;
    const urls = await Promise.all([
      this.urlFault('url', url),
      this.urlFault('backupUrl', backupUrl),
    ]);
    const found = [
      platformFault(platform),
      ...urls,
      streamKeyFault(platform ?? kept?.platform, streamKey),
      certificateFault(settings),
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

/** Judged as it will be: whoever pins a destination is not to lose that by a change of its URL. */
function certificateFault({ kept, ...asked }: CheckedSettings): FieldFault | undefined {
  const { certificateSha256 = kept?.certificateSha256, url = kept?.url } = asked;
  const { backupUrl = kept?.backupUrl } = asked;
  if (certificateSha256 === null || certificateSha256 === undefined) return undefined;
  if ([url, backupUrl].every((one) => one === null || one === undefined || isSecure(one))) {
    return undefined;
  }
  return {
    field: 'certificateSha256',
    code: 'PIN_NEEDS_RTMPS',
    message: 'Only a server with rtmps:// shows a certificate; use such URLs alone, or null here.',
  };
}

/** One that cannot be read is a fault of its own field. */
function isSecure(url: string): boolean {
  try {
    return parseDestinationUrl(url).scheme === 'rtmps';
  } catch (thrown) {
    if (thrown instanceof NetError) return true;
    throw thrown;
  }
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
