import { Inject, Injectable } from '@nestjs/common';
import type { FieldFault } from '#contracts';
import { checkHttpsUrl, newSigningSecret } from '#https-call';
import { CodedError } from '#kernel';
import { AddressList, AddressPolicy, NetError, type HostResolver } from '#net';
import type { IngestRulesRecord, WorkspaceDatabase } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import { HOST_RESOLVER } from '../infrastructure/tokens.ts';
import { fieldsAtFault } from '../problem/problem-error.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { ingestRulesView } from './ingest-rules-view.ts';
import type { ChangedIngestRules, ChangeIngestRulesBody } from './ingest-rules-bodies.ts';

@Injectable()
export class ChangeIngestRules {
  constructor(
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(AddressPolicy) private readonly policy: AddressPolicy,
    @Inject(HOST_RESOLVER) private readonly resolve: HostResolver,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
    @Inject(StreamChanges) private readonly changes: StreamChanges,
  ) {}

  /** Rules hold for whoever is live, too: an encoder that they do not allow is ended. */
  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: ChangeIngestRulesBody,
  ): Promise<ChangedIngestRules> {
    const before = await workspace.ingestRules.find(streamId);
    if (before === undefined) throw streamMissing();
    await this.#check(body);
    const { allowedCidrs, kbpsMax } = body;
    const { authorise, secret } = this.#authoriseOf(streamId, body, before);
    const changes = {
      ...(allowedCidrs !== undefined && { allowedCidrs }),
      ...(kbpsMax !== undefined && { kbpsMax }),
      ...(authorise !== undefined && { authorise }),
    };
    await workspace.ingestRules.change(streamId, changes);
    await this.changes.tell(workspace, streamId, 'stream');
    await this.relays.checkKeys(streamId);
    return { ...ingestRulesView({ ...before, ...changes }), authoriseSecret: secret };
  }

  /** Another server gets another secret; another fallback of the same server does not. */
  #authoriseOf(
    streamId: string,
    { authorise: wanted }: ChangeIngestRulesBody,
    before: IngestRulesRecord,
  ): { authorise: IngestRulesRecord['authorise'] | undefined; secret: string | null } {
    if (wanted === undefined || wanted === null) return { authorise: wanted, secret: null };
    if (before.authorise?.url === wanted.url) {
      return { authorise: { ...before.authorise, fallback: wanted.fallback }, secret: null };
    }
    const secret = newSigningSecret();
    const secretSealed = sealKey(this.masterKey, `${streamId}:authorise`, secret);
    return { authorise: { ...wanted, secretSealed }, secret: secret.reveal() };
  }

  async #check({ allowedCidrs = [], authorise }: ChangeIngestRulesBody): Promise<void> {
    const faults = [cidrFault(allowedCidrs), await this.#urlFault(authorise?.url)];
    const [first, ...rest] = faults.filter((fault) => fault !== undefined);
    if (first !== undefined) throw fieldsAtFault([first, ...rest]);
  }

  /** A name that cannot be resolved now is let through: it may be made later. */
  async #urlFault(url: string | undefined): Promise<FieldFault | undefined> {
    if (url === undefined) return undefined;
    try {
      await checkHttpsUrl(url, this.policy, this.resolve);
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown;
      const code = String(thrown.code);
      if (code === 'DNS_FAILED' || code === 'DNS_TIMEOUT') return undefined;
      return { field: 'authorise.url', code, message: thrown.message };
    }
  }
}

function cidrFault(cidrs: readonly string[]): FieldFault | undefined {
  try {
    void new AddressList(cidrs);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof NetError)) throw thrown;
    return { field: 'allowedCidrs', code: thrown.code, message: thrown.message };
  }
}
