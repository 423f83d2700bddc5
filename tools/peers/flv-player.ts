import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { JudgedMedia } from '../../test/faults/layer/frame-judge.ts';

/** FLV, annex E.2 and E.3: the file's header with the first length, and that of each tag. */
const FILE_HEADER_BYTES = 13;
const TAG_HEADER_BYTES = 11;
const LENGTH_BYTES = 4;

/** Reads tags out of a file of FLV that comes in pieces. */
export class FlvTags {
  readonly #hear: (media: JudgedMedia) => void;
  #bytes = Buffer.alloc(0);
  #isBegun = false;

  constructor(hear: (media: JudgedMedia) => void) {
    this.#hear = hear;
  }

  feed(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (!this.#isBegun) {
      if (this.#bytes.length < FILE_HEADER_BYTES) return;
      this.#bytes = this.#bytes.subarray(FILE_HEADER_BYTES);
      this.#isBegun = true;
    }
    for (;;) {
      if (this.#bytes.length < TAG_HEADER_BYTES) return;
      const end = TAG_HEADER_BYTES + this.#bytes.readUIntBE(1, 3);
      if (this.#bytes.length < end + LENGTH_BYTES) return;
      const timestampMs = this.#bytes.readUIntBE(4, 3) + this.#bytes.readUInt8(7) * 2 ** 24;
      const body = this.#bytes.subarray(TAG_HEADER_BYTES, end);
      this.#hear({ type: this.#bytes.readUInt8(0), timestampMs, body });
      this.#bytes = this.#bytes.subarray(end + LENGTH_BYTES);
    }
  }
}

/** Plays FLV over HTTP from 127.0.0.1. Gives what ends it. */
export async function playFlv(
  port: number,
  path: string,
  hear: (media: JudgedMedia) => void,
): Promise<() => void> {
  const request = get({ host: '127.0.0.1', port, path });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const tags = new FlvTags(hear);
  answer.on('data', (bytes: Buffer) => tags.feed(bytes));
  // That it broke is seen in the frames that do not come.
  answer.on('error', () => undefined);
  return () => void request.destroy();
}
