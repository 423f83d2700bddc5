import { describe, expect, it } from 'vitest';
import { readPeersOptions } from './peers-options.ts';

const NUMBERS = [1, 2, 5, 31];

describe('the options of peers', () => {
  it('are all rows and all servers unless said', () => {
    const { rows, servers, isWritten } = readPeersOptions([], NUMBERS);
    expect([...rows]).toEqual(NUMBERS);
    expect(servers).toEqual(['Forkcast', 'nginx-rtmp', 'node-media-server']);
    expect(isWritten).toBe(false);
  });

  it('are some rows of one server', () => {
    const parameters = ['--rows', '1-4,31', '--only', 'forkcast', '--write'];
    const { rows, servers, isWritten } = readPeersOptions(parameters, NUMBERS);
    expect([[...rows], servers, isWritten]).toEqual([[1, 2, 31], ['Forkcast'], true]);
  });

  it.each([[['--rows', '3-4']], [['--rows', 'x']], [['--only', 'SRS']], [['--fast']]])(
    '%j are refused',
    (parameters) => {
      const read = () => readPeersOptions(parameters, NUMBERS);
      expect(read).toThrow(expect.objectContaining({ code: 'PEERS_OPTIONS' }));
    },
  );
});
