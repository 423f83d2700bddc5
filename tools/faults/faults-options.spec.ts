import { describe, expect, it } from 'vitest';
import { readFaultsOptions } from './faults-options.ts';

const numbers = [1, 2, 3, 4, 5];
const rowsOf = (...parameters: string[]) => [...readFaultsOptions(parameters, numbers).rows];

describe('the options of npm run faults', () => {
  it('are all rows, short, and nothing written, unless said', () => {
    const options = readFaultsOptions([], numbers);
    expect(options).toEqual({
      ...{ rows: new Set(numbers), isLong: false, isWritten: false, from: [] },
    });
    expect(readFaultsOptions(['--long', '--write'], numbers)).toMatchObject({
      isLong: true,
      isWritten: true,
    });
  });

  it('name rows one by one and from one to another', () => {
    expect(rowsOf('--rows', '2-4')).toEqual([2, 3, 4]);
    expect(rowsOf('--rows', '5, 1-2')).toEqual([5, 1, 2]);
  });

  it.each([['0'], ['6'], ['4-2'], ['all'], ['1-'], ['']])('are refused for rows %j', (rows) => {
    expect(() => rowsOf('--rows', rows)).toThrow(/--rows takes numbers|there is no row/);
  });

  it('name results that are there already', () => {
    const { from } = readFaultsOptions(['--from', 'a.json', '--from', 'b.json'], numbers);
    expect(from).toEqual(['a.json', 'b.json']);
  });

  it('are refused where nobody knows them', () => {
    expect(() => rowsOf('--fast')).toThrow('--fast');
  });
});
