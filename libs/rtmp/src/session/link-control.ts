import {
  encodeAcknowledgement,
  encodeUserControl,
  encodeWindowAcknowledgementSize,
  readControlNumber,
  readUserControl,
  UserControlEvent,
} from '../message/control-message.ts';
import { MessageType } from '../message/message-type.ts';
import { WINDOW_BYTES, WINDOW_BYTES_MIN } from './session-limits.ts';

/**
 * The upkeep of one connection, the same at both ends: acknowledgements, windows and pings. Some
 * old encoders stop without acknowledgements, so they are sent at half of the smaller window, ours
 * or the peer's; the count wraps at 2^32.
 */
export class LinkControl {
  readonly #send: (bytes: Buffer) => void;
  readonly #onAcknowledged: (bytesTotal: number) => void;
  #receivedBytes = 0;
  #acknowledgedBytes = 0;
  #windowBytes = WINDOW_BYTES;
  #announcedWindowBytes = 0;
  #peerAcknowledgedBytes = 0;

  constructor(send: (bytes: Buffer) => void, onAcknowledged: (bytesTotal: number) => void) {
    this.#send = send;
    this.#onAcknowledged = onAcknowledged;
  }

  /** Bytes from the peer since the connection began, the handshake with them. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** What the peer was told, or is being told, to be our window. */
  announceWindow(windowBytes: number): Buffer {
    this.#announcedWindowBytes = windowBytes;
    return encodeWindowAcknowledgementSize(windowBytes);
  }

  received(bytes: number): void {
    this.#receivedBytes += bytes;
  }

  /** At most once for each time that bytes arrive, and not during the handshake. */
  acknowledge(): void {
    if (this.#receivedBytes - this.#acknowledgedBytes < this.#windowBytes / 2) return;
    this.#acknowledgedBytes = this.#receivedBytes;
    this.#send(encodeAcknowledgement(this.#receivedBytes));
  }

  /**
   * Takes messages of types 3 to 6; says whether it was one.
   *
   * @throws {RtmpError} RTMP_CONTROL_MALFORMED
   */
  handle(type: number, payload: Buffer): boolean {
    switch (type) {
      case MessageType.ACKNOWLEDGEMENT:
        this.#peerAcknowledged(readControlNumber(payload));
        return true;
      case MessageType.USER_CONTROL:
        this.#answerEvent(readUserControl(payload));
        return true;
      case MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE:
        this.#narrowWindow(readControlNumber(payload));
        return true;
      case MessageType.SET_PEER_BANDWIDTH:
        this.#answerBandwidth(readControlNumber(payload));
        return true;
      default:
        return false;
    }
  }

  /**
   * The peer counts in 32 bits; a count that seems to go back is one from before, and says nothing.
   */
  #peerAcknowledged(count: number): void {
    const step = (count - this.#peerAcknowledgedBytes) | 0;
    if (step < 0) return;
    this.#peerAcknowledgedBytes += step;
    this.#onAcknowledged(this.#peerAcknowledgedBytes);
  }

  #answerEvent({ event, value }: { event: number; value: number }): void {
    if (event === UserControlEvent.PING_REQUEST) {
      this.#send(encodeUserControl(UserControlEvent.PING_RESPONSE, value));
    }
  }

  /** 0 is how some say that they need no acknowledgements. */
  #narrowWindow(windowBytes: number): void {
    if (windowBytes === 0) return;
    this.#windowBytes = Math.max(WINDOW_BYTES_MIN, Math.min(WINDOW_BYTES, windowBytes));
  }

  #answerBandwidth(windowBytes: number): void {
    if (windowBytes === this.#announcedWindowBytes) return;
    this.#send(this.announceWindow(windowBytes));
  }
}
