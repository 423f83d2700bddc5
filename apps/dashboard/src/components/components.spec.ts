import { createElement } from 'react';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Switch } from './switch.tsx';
import { Tabs } from './tabs.tsx';
import { Ago, Clock, Countdown } from './time.tsx';

const drawn = (element: ReactElement): string => renderToStaticMarkup(element);

describe('a switch', () => {
  const onSwitch = (): void => undefined;

  it('says what it is for, and what is wanted', () => {
    const on = drawn(createElement(Switch, { label: 'Send to Twitch', on: true, onSwitch }));
    expect(on).toContain('role="switch"');
    expect(on).toContain('aria-label="Send to Twitch"');
    expect(on).toContain('aria-checked="true"');
    const off = drawn(createElement(Switch, { label: 'Send to Twitch', on: false, onSwitch }));
    expect(off).toContain('aria-checked="false"');
  });

  it('is busy for as long as what was asked for is not so', () => {
    const at = (pending: boolean): string =>
      drawn(createElement(Switch, { label: 'Send', on: true, pending, onSwitch }));
    expect(at(true)).toContain('aria-busy="true"');
    expect(at(false)).not.toContain('aria-busy');
  });
});

it('names its tabs, and shows what is behind the first', () => {
  const tabs = [
    { id: 'a', words: 'All', content: 'everything' },
    { id: 'b', words: 'Encoder', content: 'one thing' },
  ];
  const page = drawn(createElement(Tabs, { label: 'What happened', tabs }));
  expect(page).toContain('role="tablist"');
  expect(page.match(/role="tab"/g)).toHaveLength(2);
  expect(page).toContain('everything');
  expect(page).not.toContain('one thing');
});

describe('a time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 0, 0) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    [Clock, '2026-01-01T11:59:20.000Z', ':59:20'],
    [Ago, '2026-01-01T11:59:20.000Z', '40 s ago'],
    [Countdown, '2026-01-01T12:00:12.000Z', 'in 12 s'],
  ])('is said in words, and exactly to who points at it', (Time, at, words) => {
    const page = drawn(createElement(Time, { at }));
    expect(page).toContain(words);
    expect(page).toContain(`dateTime="${at}"`);
    expect(page).toMatch(/title="[^"]*2026/);
  });
});
