import { expect, it } from 'vitest';
import { LogCensus } from './log-census.ts';

it('counts what tells of trouble, whatever numbers are in it', () => {
  const census = new LogCensus();
  const line = (level: string, msg: string) => JSON.stringify({ app: 'relay', level, msg });
  census.add(line('info', 'live'));
  census.add(line('warn', 'lane 1 died'));
  census.add(line('warn', 'lane 0 died'));
  census.add('redis ended with SIGKILL; starting it again in 250 ms');
  census.add('{ no JSON 17');
  expect(census.lines).toBe(5);
  expect(census.counts).toEqual([
    ['relay warn: lane N died', 2],
    ['redis ended with SIGKILL; starting it again in N ms', 1],
    ['{ no JSON N', 1],
  ]);
});
