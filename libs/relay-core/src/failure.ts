/**
 * What a failure asks for. The class decides how soon to try again and whether a person must act;
 * the code and its sentence say what happened.
 */
export type FailureClass =
  | 'transient' // the network or the server; it may work the next time
  | 'rejected' // the server said no to the app or the key
  | 'tls' // the server's certificate cannot be trusted
  | 'config' // what is set for the destination cannot work
  | 'content' // the server does not want what is sent
  | 'congested' // the destination does not take the bytes fast enough
  | 'limit' // the platform ends streams of this length
  | 'fenced' // another relay has taken the destination over
  | 'internal'; // our own fault

export interface Failure {
  readonly class: FailureClass;
  /**
   * One plain sentence for the destination's owner, saying what to do where something can be done.
   */
  readonly sentence: string;
}

/**
 * The one registry of reasons for which an attempt ends. Codes are stable: they are stored and
 * shown.
 */
export const FAILURES = {
  DNS_FAILED: {
    class: 'transient',
    sentence: 'The server name could not be found; check the server URL if this stays so.',
  },
  DNS_TIMEOUT: {
    class: 'transient',
    sentence: 'No name server answered in time; trying again.',
  },
  URL_INVALID: {
    class: 'config',
    sentence: 'The server URL cannot be used; correct it in the settings of this destination.',
  },
  ADDRESS_FORBIDDEN: {
    class: 'config',
    sentence:
      'The server has a private or local address; correct the URL, or have the operator allow it.',
  },
  KEY_UNREADABLE: {
    class: 'config',
    sentence: 'The stored stream key cannot be read any more; enter the stream key anew.',
  },
  OUT_QUOTA: {
    class: 'config',
    sentence:
      'The workspace sends as much as it may; this begins by itself once there is room for it.',
  },
  TCP_REFUSED: {
    class: 'transient',
    sentence: 'The server refused the connection; check host and port if this stays so.',
  },
  TCP_TIMEOUT: {
    class: 'transient',
    sentence: 'The server did not answer; check host and port if this stays so.',
  },
  TCP_UNREACHABLE: {
    class: 'transient',
    sentence: 'There is no way to the server from here; check the network if this stays so.',
  },
  TCP_RESET: {
    class: 'transient',
    sentence: 'The server cut the connection before the stream could begin; trying again.',
  },
  TLS_CERTIFICATE: {
    class: 'tls',
    sentence: 'The certificate of the server cannot be trusted; check the host in the server URL.',
  },
  TLS_PIN_MISMATCH: {
    class: 'config',
    sentence:
      'The server shows another certificate than is asked for; if it is right, enter the new one.',
  },
  TLS_TIMEOUT: {
    class: 'transient',
    sentence: 'The server did not finish the TLS handshake in time; trying again.',
  },
  TLS_FAILED: {
    class: 'transient',
    sentence: 'No TLS connection could be made; check that the URL should begin with rtmps://.',
  },
  HANDSHAKE_TIMEOUT: {
    class: 'transient',
    sentence: 'The server did not answer the RTMP handshake in time; trying again.',
  },
  HANDSHAKE_INVALID: {
    class: 'config',
    sentence: 'What answers there does not speak RTMP; check the server URL and its port.',
  },
  CONNECT_REJECTED: {
    class: 'rejected',
    sentence: 'The server refused the application in the URL; check the path after the host.',
  },
  KEY_REJECTED: {
    class: 'rejected',
    sentence:
      'The platform refused the stream key; check the key, and that nothing else streams with it.',
  },
  KEY_BUSY: {
    class: 'rejected',
    sentence:
      'The platform says that this stream key is in use; waiting for the old session to end.',
  },
  CLOSED_BEFORE_PUBLISH: {
    class: 'rejected',
    sentence:
      'The server closed the connection instead of accepting the stream; check URL and stream key.',
  },
  PUBLISH_TIMEOUT: {
    class: 'transient',
    sentence: 'The server did not accept the stream in time; trying again.',
  },
  CLOSED_BY_PEER: {
    class: 'transient',
    sentence: 'The server closed the connection; connecting again.',
  },
  RESET_BY_PEER: {
    class: 'transient',
    sentence: 'The connection to the server was cut; connecting again.',
  },
  RECONNECT_REQUESTED: {
    class: 'transient',
    sentence: 'The server asked for a new connection; connecting again.',
  },
  STALLED: {
    class: 'congested',
    sentence: 'The server stopped taking data; lower the bitrate if this stays so.',
  },
  OVERTAKEN: {
    class: 'congested',
    sentence: 'The connection is too slow for this stream; lower the bitrate if this stays so.',
  },
  PROTOCOL_ERROR: {
    class: 'transient',
    sentence: 'The server sent something that is not valid RTMP; connecting again.',
  },
  NO_KEYFRAME: {
    class: 'content',
    sentence:
      'The encoder sent no keyframe to begin with; set its keyframe interval to two seconds.',
  },
  CONTENT_UNSUPPORTED: {
    class: 'content',
    sentence: 'The destination does not take the codec of this stream; change it in the encoder.',
  },
  CONTENT_REJECTED: {
    class: 'content',
    sentence:
      'The server keeps closing soon after the stream begins; check key, codec and bitrate.',
  },
  DURATION_LIMIT: {
    class: 'limit',
    sentence: 'The platform ended the stream at what looks like its longest duration.',
  },
  FENCED: {
    class: 'fenced',
    sentence: 'Another relay has taken over this destination.',
  },
  LANE_LOST: {
    class: 'internal',
    sentence: 'A worker of the relay failed; connecting again.',
  },
  RESOURCES_SHORT: {
    class: 'internal',
    sentence: 'The relay has no sockets or memory left for this connection; tell its operator.',
  },
  INTERNAL: {
    class: 'internal',
    sentence: 'The relay failed in a way it does not know; connecting again.',
  },
} as const satisfies Readonly<Record<string, Failure>>;

export type FailureCode = keyof typeof FAILURES;

export function failureOf(code: FailureCode): Failure {
  return FAILURES[code];
}

/** For codes that come back from a store or another process. */
export function isFailureCode(text: string): text is FailureCode {
  return Object.hasOwn(FAILURES, text);
}

const CLASSES: ReadonlySet<string> = new Set(Object.values(FAILURES).map((one) => one.class));

/** For classes that come back from a store. */
export function isFailureClass(text: string): text is FailureClass {
  return CLASSES.has(text);
}
