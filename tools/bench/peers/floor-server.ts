import { join } from 'node:path';
import { beatMs } from '#lanes';
import { LoadProcess } from '../load/conversation.ts';
import type { FloorOrder } from '../load/floor.process.ts';
import { destinationName, eachDestination, type Server } from './server.ts';

const FILE = join(import.meta.dirname, '..', 'load', 'floor.process.ts');

/** Bare writes of Node: the same bytes at a beat of the same length, and nothing else. */
export const floorServer: Server = {
  name: 'floor',
  destinationsMax: Infinity,
  title: ({ secure }) => (secure ? 'floor: bare Node TLS writes' : 'floor: bare Node writes'),
  async start({ scenario, sinks }) {
    const { secure, kbps } = scenario;
    const port = secure ? sinks.secure : sinks.plain;
    const addresses = eachDestination(scenario, (destination) => {
      const name = destinationName(0, destination);
      return { host: '127.0.0.1', port, app: 'live', name, secure };
    });
    const floor = new LoadProcess<FloorOrder>(FILE);
    await floor.ask({ kind: 'write', addresses, kbps, beatMs: beatMs(scenario.destinations) });
    return {
      publishTo: [],
      roots: async () => [floor.pid],
      companions: async () => [],
      stop: () => floor.stop(),
    };
  },
};
