import { describe, expect, it } from 'vitest';
import { anomaliesOf, holdsUp } from './judge.ts';
import type { Incident, Period } from './judge.ts';

const incident = (kind: Incident['kind'], over: Partial<Incident> = {}): Incident => ({
  ...{ atMs: 5_000, who: 'destination 2.1', kind, what: `it ${kind}` },
  ...over,
});
const period = (costs: Period['costs'], over: Partial<Period> = {}): Period => ({
  ...{ number: 4, place: 'stream', target: 'stream 2', fromMs: 4_000, toMs: 6_000, costs },
  ...over,
});
const count = (one: Incident, ...periods: Period[]) => anomaliesOf([one], periods).length;

describe('what a witness heard', () => {
  it.each(['spliced', 'paused', 'rejoined', 'wrong', 'encoder lost'] as const)(
    'is an anomaly when it is %s and nothing was done',
    (kind) => {
      expect(anomaliesOf([incident(kind)], [])).toEqual([
        { atMs: 5_000, who: 'destination 2.1', what: `it ${kind}`, during: [] },
      ]);
    },
  );

  it('may be a leap while its encoder is away, and no new session', () => {
    expect(count(incident('spliced'), period('splice'))).toBe(0);
    expect(count(incident('paused'), period('splice'))).toBe(0);
    expect(count(incident('rejoined'), period('splice'))).toBe(1);
  });

  it('may be a new session while a lane or the relay dies', () => {
    const house = period('rejoin', { place: 'house', target: 'house' });
    for (const kind of ['spliced', 'paused', 'rejoined', 'encoder lost'] as const) {
      expect(count(incident(kind), house)).toBe(0);
    }
    expect(count(incident('wrong'), house)).toBe(1);
  });

  it('is excused by a fault of its own stream alone', () => {
    expect(count(incident('spliced', { who: 'destination 1.1' }), period('splice'))).toBe(1);
    expect(count(incident('spliced', { who: 'destination 12.1' }), period('splice'))).toBe(1);
  });

  it('is excused from the fault’s first moment to its last', () => {
    const at = (atMs: number) => count(incident('spliced', { atMs }), period('splice'));
    expect([at(3_999), at(4_000), at(6_000), at(6_001)]).toEqual([1, 0, 0, 1]);
  });

  it('is told with the faults that were under way', () => {
    const store = period('nothing', { number: 9, place: 'house', target: 'house' });
    const [anomaly] = anomaliesOf([incident('paused')], [store, period('nothing')]);
    expect(anomaly?.during).toEqual([9, 4]);
  });
});

describe('the recovery from a fault', () => {
  const stream = { place: 'stream', target: 'stream 2' } as const;

  it('waits for the house, whatever it is of', () => {
    const house = { place: 'house', target: 'house' } as const;
    for (const other of ['destination 1.3', 'stream 1', 'door']) {
      expect(holdsUp(house, other)).toBe(true);
    }
  });

  it('waits for its stream, and that of the house and the door for each', () => {
    expect(holdsUp(stream, 'destination 2.4')).toBe(true);
    expect(holdsUp(stream, 'destination 1.4')).toBe(false);
    expect(holdsUp(stream, 'stream 1')).toBe(false);
    expect([holdsUp(stream, 'door'), holdsUp(stream, 'house')]).toEqual([true, true]);
  });

  it('waits for no destination and for no stranger', () => {
    expect(holdsUp({ place: 'door', target: 'door' }, 'house')).toBe(false);
    expect(holdsUp({ place: 'destination', target: 'destination 1.3' }, 'house')).toBe(false);
  });
});
