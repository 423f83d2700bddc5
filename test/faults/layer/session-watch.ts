import type { CommandAnswer, DestinationLink } from '#testing';

type Answers = Readonly<Record<string, CommandAnswer>>;

/** Sees when a destination has two connections that publish at one time. */
export class SessionWatch {
  readonly overlaps: string[] = [];
  #publishes = 0;
  /** With the key that each was asked for with. */
  readonly #open = new Map<DestinationLink, string>();

  /** How many publishes were asked for. */
  get publishes(): number {
    return this.#publishes;
  }

  /** How many stand now. */
  get openNow(): number {
    return this.#open.size;
  }

  /** The answers of a script, with each publish seen first. */
  watching(answers: Answers = {}): Answers {
    const publish = answers['publish'] ?? accept;
    return {
      ...answers,
      publish: (link, command) => {
        this.#begin(link, JSON.stringify(command.parameters[0]));
        publish(link, command);
      },
    };
  }

  #begin(link: DestinationLink, key: string): void {
    this.#publishes += 1;
    if (this.#open.size > 0) {
      // Another key is another stream's: one that still dials a server which was here before.
      const isSame = [...this.#open.values()].includes(key);
      const whose = isSame ? 'the same key' : 'another key';
      const stood = `${this.#open.size} that stood`;
      this.overlaps.push(`publish ${this.#publishes}, of ${whose}, beside ${stood}`);
    }
    this.#open.set(link, key);
    void link.ended.then(() => this.#open.delete(link));
    link.socket.once('close', () => this.#open.delete(link));
  }
}

function accept(link: DestinationLink): void {
  link.status('status', 'NetStream.Publish.Start', '');
}
