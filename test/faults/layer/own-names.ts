import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DnsCode, NameServer } from '#testing';
import type { DnsReply } from '#testing';
import { whyNot } from './needs.ts';
import type { Surroundings } from './stage.ts';

/** Puts the file named first in the place of the system's, for the command behind it alone. */
const WITH_OWN_RESOLVER = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';

/** A name server for the product alone, which knows the names that it is told. */
export class OwnNames {
  #server: NameServer | undefined;
  readonly #replies = new Map<string, DnsReply>();

  /** Addresses of IPv4 as usually written; a code, or silence, instead of them. */
  tell(name: string, reply: readonly string[] | number | 'silence'): void {
    if (reply === 'silence') this.#replies.set(name, reply);
    else if (typeof reply === 'number') this.#replies.set(name, { code: reply });
    else {
      const addresses = reply.map((address) => address.split('.').map(Number));
      this.#replies.set(name, { code: DnsCode.NO_ERROR, addresses });
    }
  }

  /** How often a name was asked for, of either family. */
  asked(name: string): number {
    return this.#server?.questions.filter((question) => question.name === name).length ?? 0;
  }

  /** Who may not mount asks the system's name server: rows say that they need it. */
  async surroundings(): Promise<Surroundings> {
    const server = await NameServer.open();
    this.#server = server;
    server.reply = ({ name }) => this.#replies.get(name) ?? { code: DnsCode.NO_SUCH_NAME };
    const directory = await mkdtemp(join(tmpdir(), 'forkcast-names-'));
    const file = join(directory, 'resolv.conf');
    await writeFile(file, `nameserver ${server.address}\n`);
    const mayMount = (await whyNot('mount namespaces')) === undefined;
    return {
      prefix: mayMount ? ['unshare', '--mount', 'sh', '-c', WITH_OWN_RESOLVER, file] : [],
      close: async () => {
        server.close();
        await rm(directory, { recursive: true });
      },
    };
  }
}
