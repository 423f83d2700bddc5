/**
 * Media that an eager encoder sends before its publish is answered, copied and kept in order. The
 * session bounds it: everything before an accepted publish counts against its limits of messages
 * and bytes.
 */
export class WaitingMessages {
  #messages: { readonly type: number; readonly timestampMs: number; readonly payload: Buffer }[] =
    [];

  /** `payload` is borrowed until return. */
  add(type: number, timestampMs: number, payload: Buffer): void {
    this.#messages.push({ type, timestampMs, payload: Buffer.from(payload) });
  }

  /** Empties the queue into `onMessage`. */
  drain(onMessage: (type: number, timestampMs: number, payload: Buffer) => void): void {
    const messages = this.#messages;
    this.#messages = [];
    for (const { type, timestampMs, payload } of messages) onMessage(type, timestampMs, payload);
  }
}
