import type { ChangeDestinationBody, CreateDestinationBody } from '#contracts';
import type { DestinationRecord } from '#persistence';
import { TEST_DESTINATION } from '#platforms';
import { ProblemError } from '../problem/problem-error.ts';

/** The built-in destination has neither server nor key: what it is given is overwritten. */
const BUILT_IN = { ...TEST_DESTINATION, backupUrl: null, certificateSha256: null };

const KEPT = {
  platform: undefined,
  url: undefined,
  streamKey: undefined,
  backupUrl: undefined,
  certificateSha256: undefined,
};

/** @throws ProblemError 400 that names what is missing. */
export function targetOfNew(body: CreateDestinationBody) {
  const { platform, url, streamKey, backupUrl, certificateSha256 } = body;
  if (platform === BUILT_IN.platform) return BUILT_IN;
  if (url === undefined || streamKey === undefined) throw missing({ url, streamKey });
  return { platform, url, streamKey, backupUrl, certificateSha256 };
}

/** What a change of where it goes comes to. @throws ProblemError 400 as above. */
export function targetOfChange(
  before: Pick<DestinationRecord, 'platform'>,
  body: ChangeDestinationBody,
): Pick<ChangeDestinationBody, keyof typeof KEPT> {
  const { platform, url, streamKey, backupUrl, certificateSha256 } = body;
  const wasBuiltIn = before.platform === BUILT_IN.platform;
  if ((platform ?? before.platform) === BUILT_IN.platform) return wasBuiltIn ? KEPT : BUILT_IN;
  const isComplete = url !== undefined && streamKey !== undefined;
  if (wasBuiltIn && !isComplete) throw missing({ url, streamKey });
  return { platform, url, streamKey, backupUrl, certificateSha256 };
}

function missing(given: Pick<ChangeDestinationBody, 'url' | 'streamKey'>): ProblemError {
  const message = 'A destination outside Forkcast needs a server URL and a stream key.';
  const fields = (['url', 'streamKey'] as const)
    .filter((field) => given[field] === undefined)
    .map((field) => ({ field, code: 'MISSING', message }));
  return new ProblemError('VALIDATION_FAILED', message, { status: 400, fields });
}
