import { decodeCommand, decodeCommandLeniently } from '../message/command.ts';
import type { Command } from '../message/command.ts';
import { RtmpError } from '../rtmp-error.ts';
import { readConnect, readStreamName } from './connect-request.ts';
import type { ConnectRequest, PublishRequest } from './connect-request.ts';
import { MESSAGE_STREAM_ID } from './server-answers.ts';
import type { ServerAnswers } from './server-answers.ts';
import type { ServerPhase } from './server-phase.ts';

/** The words by which encoders end their stream. */
export type UnpublishReason =
  'FCUnpublish' | 'deleteStream' | 'closeStream' | 'releaseStream' | 'publish(false)';

/** What commands need of the session around them. */
export interface ServerCommandsPort {
  send(bytes: Buffer): void;
  phase(): ServerPhase;
  announceWindow(): Buffer;
  onConnect(): void;
  onPublish(request: PublishRequest): void;
  onUnpublish(reason: UnpublishReason): void;
}

/**
 * The commands of an encoder, in whatever order it sends them: some create their stream before they
 * announce it, some announce nothing. Only connect must come before publish.
 */
export class ServerCommands {
  readonly #answers: ServerAnswers;
  readonly #port: ServerCommandsPort;
  #connect: ConnectRequest | undefined;

  constructor(answers: ServerAnswers, port: ServerCommandsPort) {
    this.#answers = answers;
    this.#port = port;
  }

  /**
   * @param payload borrowed until return
   * @throws {RtmpError} for a command that cannot be read; while publishing, such a one is ignored
   */
  handle(type: number, payload: Uint8Array): void {
    if (this.#port.phase() !== 'publishing') {
      this.#dispatch(decodeCommand(type, payload));
      return;
    }
    const command = decodeCommandLeniently(type, payload);
    if (command !== undefined) this.#dispatch(command);
  }

  #dispatch(command: Command): void {
    switch (command.name) {
      case 'connect':
        this.#onConnect(command);
        break;
      case 'releaseStream':
        this.#onReleaseStream(command);
        break;
      case 'FCPublish':
        this.#onAnnounce(command);
        break;
      case 'createStream':
        this.#port.send(this.#answers.result(command.transactionId, MESSAGE_STREAM_ID));
        break;
      case '_checkbw':
        this.#port.send(this.#answers.bandwidthChecked(command.transactionId));
        break;
      case 'publish':
        this.#onPublish(command);
        break;
      case 'FCUnpublish':
        this.#port.send(this.#answers.unpublished());
        this.#unpublish('FCUnpublish');
        break;
      case 'deleteStream':
      case 'closeStream':
        this.#unpublish(command.name);
        break;
      case '_result':
      case '_error':
      case 'onStatus':
        // Answers to nothing we asked; to answer them could go on for ever.
        break;
      default:
        this.#onUnknown(command);
    }
  }

  #onConnect(command: Command): void {
    if (this.#connect !== undefined) {
      this.#onUnknown(command);
      return;
    }
    const connect = readConnect(command);
    this.#connect = connect;
    this.#port.onConnect();
    const window = this.#port.announceWindow();
    const { isAnnounced } = connect.enhanced;
    this.#port.send(this.#answers.connected(command.transactionId, isAnnounced, window));
  }

  #onReleaseStream({ transactionId }: Command): void {
    if (transactionId !== 0) this.#port.send(this.#answers.result(transactionId));
    this.#unpublish('releaseStream');
  }

  /** The name goes back to the one who sent it, and nowhere else. */
  #onAnnounce({ transactionId, parameters: [name] }: Command): void {
    const text = typeof name === 'string' ? name : '';
    this.#port.send(this.#answers.announced(transactionId, text));
  }

  #onPublish(command: Command): void {
    const [name] = command.parameters;
    if (name === false) {
      // Wirecast says that it stops by publishing `false`.
      this.#unpublish('publish(false)');
      return;
    }
    if (this.#connect === undefined) throw new RtmpError('RTMP_OUT_OF_ORDER');
    if (this.#port.phase() !== 'connected') {
      this.#onUnknown(command);
      return;
    }
    const streamName = readStreamName(name);
    this.#port.onPublish({ ...this.#connect, streamName });
  }

  #unpublish(reason: UnpublishReason): void {
    if (this.#port.phase() === 'publishing') this.#port.onUnpublish(reason);
  }

  #onUnknown({ transactionId }: Command): void {
    if (transactionId !== 0) this.#port.send(this.#answers.unknown(transactionId));
  }
}
