import type { Row } from './row.ts';

/** What the machine around the product does. */
export const HOST_ROWS: readonly Row[] = [
  {
    number: 4,
    fault: 'the destination is gone, and nothing was under way to it',
    promise: 'found within 20 s',
    specs: ['test/faults/host-network.spec.ts'],
    cases: ['only a held picture is sent', 'nothing is sent'],
    needs: ['network namespaces', 'nft'],
  },
  {
    number: 8,
    fault: 'three of a hundred packets are lost',
    promise: 'stays connected',
    specs: ['test/faults/host-network.spec.ts'],
    needs: ['network namespaces', 'nft'],
  },
  {
    number: 56,
    fault: 'the disk of Postgres is full',
    promise: 'writes fail with a word; the relay goes on, and all is well when there is room',
    specs: ['test/faults/host.spec.ts'],
    needs: ['mount namespaces', 'prlimit'],
  },
  {
    number: 60,
    fault: 'the disk of the log is full',
    promise: 'the relay goes on; lines are dropped and counted',
    specs: ['test/faults/host.spec.ts'],
    needs: ['mount namespaces', 'prlimit'],
  },
  {
    number: 61,
    fault: 'file descriptors run out',
    promise: 'new connections wait; what is live goes on, and destinations can be dialled',
    specs: ['test/faults/host.spec.ts'],
    needs: ['mount namespaces', 'prlimit'],
    also: [
      { file: 'apps/relay/src/descriptor-budget.spec.ts', name: 'descriptor' },
      {
        file: 'libs/lanes/src/connection-limiter.spec.ts',
        name: 'admits fewer where it is told so, of which one address has half',
      },
    ],
  },
  {
    number: 62,
    fault: 'the clock of the machine jumps',
    promise: 'nobody reconnects; ownership and keys hold',
    specs: ['test/faults/host.spec.ts'],
    needs: ['mount namespaces', 'prlimit', 'faketime'],
    also: [
      { file: 'test/sim/simulation.spec.ts', name: 'keep their promises' },
      {
        file: 'apps/relay/src/statistics-pen.spec.ts',
        name: 'goes on at the new time when the clock is set',
      },
    ],
  },
  {
    number: 63,
    fault: 'others take the processor',
    promise: 'encoders are not held up; a destination that falls behind is said to be degraded',
    specs: ['test/faults/host.spec.ts'],
    needs: ['mount namespaces', 'prlimit'],
  },
  {
    number: 64,
    fault: 'memory is short',
    promise: 'a new broadcast is refused before one that runs is harmed',
    specs: ['test/faults/host.spec.ts'],
    needs: ['mount namespaces', 'prlimit'],
    also: [
      {
        file: 'apps/relay/src/relay-memory.spec.ts',
        name: 'is refused when the node’s memory is promised, and nobody else is disturbed',
      },
      {
        file: 'apps/relay/src/memory-budget.spec.ts',
        name: 'lets in a broadcast that fits to the byte, and refuses one of a destination more',
      },
    ],
  },
];
