import type { Socket } from 'node:net';
import type { Tap } from './beat.ts';

interface Handle {
  readStop(): void;
  readStart(): void;
}

/**
 * Leaves a connection's bytes in the kernel while it is closed, so that they wake nobody. Node's
 * `pause` goes on reading until its own buffer is full; only the handle below stops at once. The
 * handle is no promised interface: where it is another than expected there is no tap, and all is
 * read as it comes.
 */
export function inputTap(socket: Socket): Tap | undefined {
  const handle = handleOf(socket);
  if (handle === undefined) return undefined;
  const whileOpen = (act: () => void): void => {
    // The handle is taken from a socket that is destroyed.
    if (handleOf(socket) === handle) act();
  };
  return {
    close: () => whileOpen(() => handle.readStop()),
    open: () => whileOpen(() => handle.readStart()),
  };
}

function handleOf(socket: object): Handle | undefined {
  const handle: unknown = Reflect.get(socket, '_handle');
  return isHandle(handle) ? handle : undefined;
}

function isHandle(handle: unknown): handle is Handle {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    typeof Reflect.get(handle, 'readStop') === 'function' &&
    typeof Reflect.get(handle, 'readStart') === 'function'
  );
}
