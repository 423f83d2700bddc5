import { describe, expect, it } from 'vitest';
import { PREVIEW_VIEWERS_MAX, PreviewDesk } from './preview-desk.ts';

/** Somebody who looks, and what he was shown. */
function viewer() {
  const seen: string[] = [];
  return {
    seen,
    write: (bytes: Uint8Array) => seen.push(Buffer.from(bytes).toString()),
    end: () => seen.push('end'),
  };
}

function deskWith(...attempts: readonly string[]) {
  const desk = new PreviewDesk();
  const told: string[] = [];
  for (const attempt of attempts) {
    desk.began('destination', attempt, (watching) => told.push(`${attempt} ${watching}`));
  }
  return { desk, told };
}

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('PreviewDesk', () => {
  it('asks a lane only while somebody looks', () => {
    const { desk, told } = deskWith('attempt');
    expect(told).toEqual([]);
    const leave = desk.open('destination', viewer());
    expect(told).toEqual(['attempt true']);
    if (typeof leave !== 'string') leave();
    expect(told).toEqual(['attempt true', 'attempt false']);
  });

  it('gives each viewer one beginning and all that goes on from it', () => {
    const { desk } = deskWith('attempt');
    const [first, second] = [viewer(), viewer()];
    desk.open('destination', first);
    desk.onMedia('attempt', false, bytes('before'));
    desk.onMedia('attempt', true, bytes('start'));
    desk.open('destination', second);
    desk.onMedia('attempt', false, bytes('more'));
    desk.onMedia('attempt', true, bytes('start again'));
    desk.onMedia('attempt', false, bytes('last'));
    desk.onMedia('another', false, bytes('strange'));
    expect(first.seen).toEqual(['start', 'more', 'last']);
    expect(second.seen).toEqual(['start again', 'last']);
  });

  it('has so many seats and no more, and gives one that is free again', () => {
    const { desk, told } = deskWith('attempt');
    const leaves = Array.from({ length: PREVIEW_VIEWERS_MAX }, () =>
      desk.open('destination', viewer()),
    );
    expect(desk.open('destination', viewer())).toBe('too-many');
    const [leave] = leaves;
    if (typeof leave === 'function') leave();
    expect(desk.open('destination', viewer())).toBeTypeOf('function');
    expect(told).not.toContain('attempt false');
  });

  it('has nothing to show of what is not live', () => {
    const { desk } = deskWith('attempt');
    expect(desk.open('other', viewer())).toBe('not-live');
    desk.ended('attempt');
    expect(desk.open('destination', viewer())).toBe('not-live');
  });

  it('ends with the attempt, and shows the next one to who asks anew', () => {
    const { desk } = deskWith('attempt');
    const first = viewer();
    desk.open('destination', first);
    desk.ended('attempt');
    expect(first.seen).toEqual(['end']);
    desk.ended('attempt');
    expect(first.seen).toEqual(['end']);
  });

  it('shows the newest attempt of a destination', () => {
    const { desk, told } = deskWith('old', 'new');
    desk.open('destination', viewer());
    expect(told).toEqual(['new true']);
  });
});
