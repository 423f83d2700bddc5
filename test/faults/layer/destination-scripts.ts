import { amfObject } from '#amf';
import { MessageType } from '#rtmp';
import type { DestinationLink, DestinationScript } from '#testing';

type Answers = NonNullable<DestinationScript['answers']>;

/** What servers say when they refuse a publish; each platform has its own favourite. */
export const REFUSED_KEY = 'NetStream.Publish.BadName';

/** Takes the stream and acknowledges each so many bytes of it, as most servers do. */
export function acknowledging(everyBytes: number): Answers {
  return { publish: (link) => accept(link, everyBytes) };
}

/** Says nothing to that command, and stays. */
export function silentAt(command: 'connect' | 'createStream' | 'publish'): Answers {
  return { [command]: () => undefined };
}

/** `_error` to connect, as of a server that has no such app. */
export function refusingApp(description = 'no such application'): Answers {
  return {
    connect: (link, { transactionId }) => {
      const code = 'NetConnection.Connect.Rejected';
      link.say('_error', transactionId, null, amfObject({ level: 'error', code, description }));
      link.socket.end();
    },
  };
}

/** Says no to each publish, until `isKnown` says otherwise. */
export function refusingKey(isKnown: () => boolean = () => false): Answers {
  return {
    publish: (link) => {
      if (isKnown()) return accept(link);
      link.status('error', REFUSED_KEY, 'this key is not known here');
      link.socket.end();
    },
  };
}

/** Says nothing to a publish and closes: how some platforms refuse a key. */
export function closingAtPublish(isKnown: () => boolean = () => false): Answers {
  return {
    publish: (link) => {
      if (isKnown()) return accept(link);
      link.socket.end();
    },
  };
}

/**
 * Has one place for a stream, and keeps it for `keptMs` after the connection that held it was lost:
 * a publish meanwhile is refused as one of a name in use.
 */
export function keepingOldSession(keptMs: number): Answers {
  let freeAtMs = 0;
  return {
    publish: (link) => {
      if (performance.now() < freeAtMs) {
        link.status('error', REFUSED_KEY, 'already publishing');
        link.socket.end();
        return;
      }
      freeAtMs = Number.POSITIVE_INFINITY;
      link.socket.once('close', () => {
        freeAtMs = performance.now() + keptMs;
      });
      accept(link);
    },
  };
}

/** Takes the stream, and resets the connection a while later, each time. */
export function flapping(everyMs: number): Answers {
  return {
    publish: (link) => {
      accept(link);
      const timer = setTimeout(() => link.socket.resetAndDestroy(), everyMs);
      link.socket.once('close', () => clearTimeout(timer));
    },
  };
}

/** Takes the stream and asks for it on another connection. */
export function askingToReconnect(tcUrl: string | undefined): Answers {
  return {
    publish: (link) => {
      accept(link);
      const code = 'NetConnection.Connect.ReconnectRequest';
      const description = 'The streaming server is undergoing updates.';
      const about = { level: 'status', code, description, ...(tcUrl && { tcUrl }) };
      link.say('onStatus', 0, null, amfObject(about));
    },
  };
}

/** Takes the stream, and says to it what is meant to do harm. */
export function harming(bytes: Buffer): Answers {
  return {
    publish: (link) => {
      accept(link);
      link.socket.write(bytes);
    },
  };
}

/** Five bytes each: how an acknowledgement looks whose header is that of the one before. */
export function acknowledgements(count: number): Buffer {
  const first = Buffer.from('02000000000004030000000000000001', 'hex');
  const next = Buffer.from('c200000001', 'hex');
  return Buffer.concat([first, ...Array.from({ length: count }, () => next)]);
}

function accept(link: DestinationLink, acknowledgedEachBytes = 0): void {
  link.status('status', 'NetStream.Publish.Start', '');
  if (acknowledgedEachBytes === 0) return;
  let acknowledged = 0;
  link.socket.on('data', () => {
    if (link.heardBytes - acknowledged < acknowledgedEachBytes) return;
    acknowledged = link.heardBytes;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(acknowledged);
    link.send(MessageType.ACKNOWLEDGEMENT, count);
  });
}
