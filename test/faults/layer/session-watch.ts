import type { CommandAnswer, DestinationLink } from '#testing';

type Answers = Readonly<Record<string, CommandAnswer>>;

/** Sees when a destination has two connections that publish at one time. */
export class SessionWatch {
  readonly overlaps: string[] = [];
  #publishes = 0;
  readonly #open = new Set<DestinationLink>();

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
        this.#begin(link);
        publish(link, command);
      },
    };
  }

  #begin(link: DestinationLink): void {
    this.#publishes += 1;
    if (this.#open.size > 0) {
      this.overlaps.push(`publish ${this.#publishes} beside ${this.#open.size} that stood`);
    }
    this.#open.add(link);
    void link.ended.then(() => this.#open.delete(link));
    link.socket.once('close', () => this.#open.delete(link));
  }
}

function accept(link: DestinationLink): void {
  link.status('status', 'NetStream.Publish.Start', '');
}
