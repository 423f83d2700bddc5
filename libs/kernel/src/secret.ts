import { inspect } from 'node:util';

const MASK = '***';

/**
 * A value that does not print: string conversion, JSON, template literals and `util.inspect` all
 * give a mask. Only `reveal()` gives the value; search for it to see every place where a secret
 * leaves its wrapper.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /**
   * The last four characters, for a person to recognise a key by; nothing of a value shorter than
   * 8.
   */
  hint(): string {
    return this.#value.length < 8 ? '' : this.#value.slice(-4);
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
