import { Inject, Injectable } from '@nestjs/common';
import type { FieldFault } from '#contracts';
import type { WebhookFormat } from '#control';
import { checkHttpsUrl, parseHttpsUrl } from '#https-call';
import { CodedError, Secret } from '#kernel';
import { AddressPolicy } from '#net';
import type { HostResolver } from '#net';
import type { NewWebhook } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT, HOST_RESOLVER } from '../infrastructure/tokens.ts';
import { fieldsAtFault, ProblemError } from '../problem/problem-error.ts';

/** What the faults of #https-call and #net are called in answers. */
const FAULTS: Readonly<Record<string, FieldFault>> = {
  HTTPS_URL_NOT_HTTPS: {
    field: 'url',
    code: 'WEBHOOK_URL_NOT_HTTPS',
    message: 'The URL must begin with https://.',
  },
  ADDRESS_FORBIDDEN: {
    field: 'url',
    code: 'WEBHOOK_URL_FORBIDDEN',
    message:
      'The server has a private or local address, to which webhooks do not go; ' +
      'the operator can allow it with ALLOW_PRIVATE_DESTINATIONS.',
  },
};
/** A name that is not known now may be made later: each call is judged again. */
const MAY_COME: ReadonlySet<string> = new Set(['DNS_FAILED', 'DNS_TIMEOUT']);

/** Where a webhook goes, looked at and sealed. */
@Injectable()
export class WebhookTarget {
  constructor(
    @Inject(AddressPolicy) private readonly policy: AddressPolicy,
    @Inject(HOST_RESOLVER) private readonly resolve: HostResolver,
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
  ) {}

  /**
   * Undefined where there is no target in the body. Its hint is all that is shown of it: of a URL
   * the host and four characters.
   *
   * @throws ProblemError 400, 409 or 422 where the target does not fit the format, or is none.
   */
  async seal(
    webhookId: string,
    format: WebhookFormat,
    { url, email }: { readonly url?: string | undefined; readonly email?: string | undefined },
  ): Promise<Pick<NewWebhook, 'targetHint' | 'targetSealed'> | undefined> {
    const [target, other] = format === 'email' ? [email, url] : [url, email];
    if (other !== undefined) throw misplaced(format);
    if (target === undefined) return undefined;
    if (format === 'email') this.checkMail();
    else await this.checkUrl(target);
    return {
      targetHint: format === 'email' ? target : hintOf(target),
      targetSealed: sealKey(this.masterKey, `${webhookId}:target`, new Secret(target)),
    };
  }

  private checkMail(): void {
    const { SMTP_URL, SMTP_FROM } = this.environment;
    if (SMTP_URL === undefined || SMTP_FROM === undefined) {
      throw new ProblemError('MAIL_NOT_SET_UP');
    }
  }

  private async checkUrl(url: string): Promise<void> {
    try {
      await checkHttpsUrl(url, this.policy, this.resolve);
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown;
      const code = String(thrown.code);
      if (MAY_COME.has(code)) return;
      const { message } = thrown;
      throw fieldsAtFault([FAULTS[code] ?? { field: 'url', code: 'WEBHOOK_URL_INVALID', message }]);
    }
  }
}

function hintOf(url: string): string {
  const { host, path } = parseHttpsUrl(url);
  return `${host}/…${new Secret(path).hint()}`;
}

function misplaced(format: WebhookFormat): ProblemError {
  const [field, message] =
    format === 'email'
      ? ['url', 'A webhook of the format email has an e-mail address and no URL.']
      : ['email', `A webhook of the format ${format} has a URL and no e-mail address.`];
  return new ProblemError('VALIDATION_FAILED', message, {
    fields: [{ field, code: 'NOT_ALLOWED', message }],
  });
}
