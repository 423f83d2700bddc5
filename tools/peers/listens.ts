import { once } from 'node:events';
import { connect } from 'node:net';
import { waitFor } from '#testing';
import type { RunningProgram } from '#testing';

const LISTENS_WITHIN_MS = 20_000;

/** Resolves when that program takes connections; rejects with its words when it has ended. */
export async function untilListening(program: RunningProgram, port: number): Promise<void> {
  const look = async (): Promise<boolean> => {
    if (!program.isRunning) return true;
    const socket = connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return true;
    } finally {
      socket.destroy();
    }
  };
  await waitFor(`somebody listens at ${port}`, look, LISTENS_WITHIN_MS);
  if (!program.isRunning) throw new Error(`it ended: ${program.stdout}${program.stderr}`);
}
