import { once } from 'node:events';
import { connect } from 'node:net';
import { sentenceOf } from '#kernel';
import { StartFault } from '../supervise/start-fault.ts';

const CONNECT_WITHIN_MS = 5000;

/**
 * Throws a StartFault naming host, port and variable (never the password) if nobody answers at
 * `url`.
 */
export async function assertReachable(
  url: string,
  options: { readonly what: string; readonly variable: string; readonly portDefault: number },
): Promise<void> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const number = port === '' ? options.portDefault : Number(port);
  const socket = connect({ host, port: number });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_WITHIN_MS) });
  } catch (thrown) {
    const late = thrown instanceof Error && thrown.name === 'AbortError';
    const reason = late ? `no answer within ${CONNECT_WITHIN_MS / 1000} s` : sentenceOf(thrown);
    const place = `${options.what} at ${host}:${number}`;
    const sentence = `${place} cannot be reached: ${reason} (${options.variable})`;
    throw new StartFault('SERVICE_UNREACHABLE', sentence, { cause: thrown });
  } finally {
    socket.destroy();
  }
}
