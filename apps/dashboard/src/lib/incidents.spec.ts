import { describe, expect, it } from 'vitest';
import { incidentsMax, withIncidents } from './incidents.ts';
import type { Incident } from './incidents.ts';

const incident = (second: number, message = `at ${second}`): Incident => ({
  at: new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString(),
  code: 'PUSH_LIVE',
  message,
});
const messagesOf = (news: readonly Incident[]): string[] => news.map(({ message }) => message);

describe('what happened in a broadcast', () => {
  it('stands newest first, however it was heard', () => {
    const heard = withIncidents(undefined, 'b1', [incident(5)]);
    const both = withIncidents(heard, 'b1', [incident(1), incident(9)]);
    expect(messagesOf(both.items)).toEqual(['at 9', 'at 5', 'at 1']);
  });

  it('stands once, though an event and history tell it', () => {
    const heard = withIncidents(undefined, 'b1', [incident(5)]);
    const read = withIncidents(heard, 'b1', [{ ...incident(5), destinationId: null }]);
    expect(messagesOf(read.items)).toEqual(['at 5']);
  });

  it('keeps two that differ only in their destination', () => {
    const news = ['d1', 'd2'].map((destinationId) => ({ ...incident(5), destinationId }));
    expect(withIncidents(undefined, 'b1', news).items).toHaveLength(2);
  });

  it('gives way to a later broadcast', () => {
    const first = withIncidents(undefined, 'b1', [incident(5)]);
    const second = withIncidents(first, 'b2', [incident(6)]);
    expect(second).toEqual({ broadcastId: 'b2', items: [incident(6)] });
  });

  it('does not give way to a late word of an earlier broadcast', () => {
    const held = withIncidents(undefined, 'b2', [incident(6)]);
    expect(withIncidents(held, 'b1', [incident(5)])).toBe(held);
  });

  it.each([
    [incidentsMax, incidentsMax],
    [incidentsMax + 1, incidentsMax],
  ])('of %i incidents keeps the newest %i', (count, kept) => {
    const news = Array.from({ length: count }, (_, second) => incident(second));
    const { items } = withIncidents(undefined, 'b1', news);
    expect(items).toHaveLength(kept);
    expect(items[0]?.message).toBe(`at ${count - 1}`);
  });
});
