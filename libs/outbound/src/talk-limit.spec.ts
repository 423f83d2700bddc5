import { FakeTime } from '#testing';
import { describe, expect, it } from 'vitest';
import {
  ACKNOWLEDGEMENTS_OWED_MAX,
  BYTES_PER_ACKNOWLEDGEMENT,
  SAID_BYTES_MAX,
  SAID_WITHIN_MS,
  TalkLimit,
} from './talk-limit.ts';

/** Of a chunk of type 3: the smallest there is. */
const SMALL_BYTES = 5;
/** Of a chunk of type 0, as every server writes them. */
const USUAL_BYTES = 16;

/** A server that sends nothing but acknowledgements, and what becomes of it. */
class Acknowledging {
  readonly time = new FakeTime();
  readonly #limit = new TalkLimit(this.time, { receivedBytes: 0, acknowledgements: 0 }, 0);
  #receivedBytes = 0;
  #acknowledgements = 0;
  writtenBytes = 0;

  acknowledge(count: number, bytes: number): boolean {
    this.#acknowledgements += count;
    this.#receivedBytes += count * bytes;
    const heard = {
      receivedBytes: this.#receivedBytes,
      acknowledgements: this.#acknowledgements,
    };
    return this.#limit.hear(heard, this.writtenBytes);
  }
}

describe('acknowledgements', () => {
  it('are free for ever, one for each kilobyte that was sent, and cost no timer', () => {
    const server = new Acknowledging();
    for (let second = 0; second < 600; second += 1) {
      server.writtenBytes += 750 * BYTES_PER_ACKNOWLEDGEMENT;
      expect(server.acknowledge(750, USUAL_BYTES)).toBe(true);
    }
    expect(server.time.waiting).toBe(0);
  });

  it.each([SMALL_BYTES, USUAL_BYTES])(
    'of %d bytes count as words when nothing was sent for them, to the last byte',
    (bytes) => {
      const server = new Acknowledging();
      expect(server.acknowledge(ACKNOWLEDGEMENTS_OWED_MAX, bytes)).toBe(true);
      expect(server.acknowledge(Math.floor(SAID_BYTES_MAX / bytes), bytes)).toBe(true);
      expect(server.acknowledge(1, bytes)).toBe(false);
    },
  );

  it('that count as words are forgotten with their minute', () => {
    const server = new Acknowledging();
    server.acknowledge(ACKNOWLEDGEMENTS_OWED_MAX, USUAL_BYTES);
    const words = SAID_BYTES_MAX / USUAL_BYTES;
    expect(server.acknowledge(words, USUAL_BYTES)).toBe(true);
    server.time.advance(SAID_WITHIN_MS);
    expect(server.acknowledge(words, USUAL_BYTES)).toBe(true);
    expect(server.acknowledge(1, USUAL_BYTES)).toBe(false);
  });

  it('are not saved up over hours of media', () => {
    const server = new Acknowledging();
    server.writtenBytes = 1e12;
    expect(server.acknowledge(ACKNOWLEDGEMENTS_OWED_MAX, USUAL_BYTES)).toBe(true);
    expect(server.acknowledge(SAID_BYTES_MAX / USUAL_BYTES, USUAL_BYTES)).toBe(true);
    expect(server.acknowledge(1, USUAL_BYTES)).toBe(false);
  });
});
