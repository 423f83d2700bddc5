import { describe, expect, it } from 'vitest';
import type { BroadcastEvent } from './broadcast.ts';
import { Stream, toIngest, TO_HOLD } from './broadcast.fixture.ts';
import {
  GRACE_SECONDS_DEFAULT,
  GRACE_SECONDS_MAX,
  KEYFRAME_WAIT_MS,
  newBroadcast,
} from './broadcast-state.ts';

describe('a stream goes live', () => {
  it('with the first publish, which writes at once', () => {
    const stream = new Stream().publish('a');
    expect(stream.state).toMatchObject({ phase: 'live', active: 'a' });
    expect(stream.effects).toEqual([
      { kind: 'start-broadcast' },
      { kind: 'admit', ingestId: 'a', role: 'primary', pen: 'now' },
      { kind: 'announce', from: 'idle', to: 'live' },
    ]);
  });

  it('on either input', () => {
    const stream = new Stream().publish('b', { role: 'backup' });
    expect(stream.state).toMatchObject({ active: 'b', lastRole: 'backup' });
  });
});

describe('an encoder that blinks', () => {
  it('ends nothing: the hold writes until it is back and has a keyframe', () => {
    const stream = new Stream().live().lose('a');
    expect(stream.state.phase).toBe('grace');
    expect(stream.effects).toEqual([
      TO_HOLD,
      { kind: 'tell', news: { what: 'encoder-lost', frozen: false, graceSeconds: 60 } },
      { kind: 'set-timer', atMs: 1_000 + GRACE_SECONDS_DEFAULT * 1_000 },
      { kind: 'announce', from: 'live', to: 'grace' },
    ]);
    stream.pass(59_999).give({ kind: 'timer' });
    expect(stream.kinds()).toEqual(['set-timer']);
    stream.publish('b');
    expect(stream.effects.slice(0, 2)).toEqual([
      { kind: 'admit', ingestId: 'b', role: 'primary', pen: 'standby' },
      { kind: 'arm', ingestId: 'b' },
    ]);
    expect(stream.state.phase).toBe('grace');
    stream.ready('b');
    expect(stream.effects).toEqual([
      toIngest('b'),
      { kind: 'tell', news: { what: 'encoder-returned', awayMs: 59_999 } },
      { kind: 'clear-timer' },
      { kind: 'announce', from: 'grace', to: 'live' },
    ]);
  });

  it('ends the broadcast when it stays away', () => {
    const stream = new Stream({ graceSeconds: 5 }).live().lose('a').pass(4_999);
    expect(stream.give({ kind: 'timer' }).state.phase).toBe('grace');
    stream.pass(1).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('idle');
    expect(stream.effects).toContainEqual({ kind: 'end-broadcast', reason: 'grace-expired' });
  });

  it('has ten seconds for its keyframe, also when it comes back at the last moment', () => {
    const stream = new Stream({ graceSeconds: 5 }).live().lose('a').pass(4_999).publish('b');
    stream.pass(1).give({ kind: 'timer' });
    expect(stream.effects).toEqual([{ kind: 'set-timer', atMs: 5_999 + KEYFRAME_WAIT_MS }]);
    stream.pass(KEYFRAME_WAIT_MS - 2).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('grace');
    stream.pass(1).give({ kind: 'timer' });
    expect(stream.effects).toContainEqual({ kind: 'end-broadcast', reason: 'grace-expired' });
    expect(stream.effects[0]).toMatchObject({ kind: 'cut-ingest', ingestId: 'b' });
  });

  it('that comes back without a keyframe does not begin the grace period anew', () => {
    const stream = new Stream({ graceSeconds: 5 }).live().lose('a').pass(3_000).publish('b');
    stream.lose('b').pass(2_000).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('idle');
  });

  it('ends the broadcast at once when there is no grace period', () => {
    const stream = new Stream({ graceSeconds: 0 }).live().lose('a');
    expect(stream.state.phase).toBe('idle');
    expect(stream.kinds()).toEqual(['end-broadcast', 'announce']);
  });

  it('does not count when it was not let in', () => {
    expect(new Stream().live().lose('x').effects).toEqual([]);
  });
});

describe('an encoder that freezes', () => {
  it('counts as away, and goes on where it thaws', () => {
    const stream = new Stream().live().freeze('a');
    expect(stream.state).toMatchObject({ phase: 'grace', inputs: [{ health: 'frozen' }] });
    expect(stream.effects[0]).toEqual(TO_HOLD);
    expect(stream.freeze('a').effects).toEqual([]);
    stream.pass(5_000).ready('a');
    expect(stream.effects[0]).toEqual(toIngest('a'));
    expect(stream.state).toMatchObject({
      phase: 'live',
      active: 'a',
      inputs: [{ health: 'well' }],
    });
  });

  it('and then hangs up changes nothing in the grace period', () => {
    const stream = new Stream().live().freeze('a').pass(1_000).lose('a');
    expect(stream.kinds()).toEqual(['announce']);
    expect(stream.state).toMatchObject({ phase: 'grace', heldSinceMs: 1_000, inputs: [] });
  });
});

describe('an encoder that says goodbye', () => {
  it('has blinked, unless its owner says that it then ends', () => {
    expect(new Stream().live().lose('a', true).state.phase).toBe('grace');
    const stream = new Stream({ endOnUnpublish: true }).live();
    expect(stream.lose('a', true).kinds()).toEqual(['end-broadcast', 'announce']);
    expect(stream.effects[0]).toEqual({ kind: 'end-broadcast', reason: 'unpublished' });
    const reset = new Stream({ endOnUnpublish: true }).live().lose('a', false);
    expect(reset.state.phase).toBe('grace');
  });

  it('ends nothing while the other input is there', () => {
    const stream = new Stream({ endOnUnpublish: true }).live().standby().lose('a', true);
    expect(stream.state).toMatchObject({ phase: 'live', pending: { ingestId: 'b' } });
    expect(stream.ready('b').lose('b', true).state.phase).toBe('idle');
  });

  it('ends the broadcast also when it was frozen, or beside one that is', () => {
    const settings = { endOnUnpublish: true };
    const alone = new Stream(settings).live().freeze('a').lose('a', true);
    expect(alone.kinds()).toEqual(['end-broadcast', 'clear-timer', 'announce']);
    const beside = new Stream(settings).live().standby().freeze('b').lose('a', true);
    expect(beside.effects[0]).toMatchObject({ kind: 'cut-ingest', ingestId: 'b' });
    expect(beside.state.phase).toBe('idle');
  });
});

describe('two inputs', () => {
  it('stand side by side, and one writes', () => {
    const stream = new Stream().live().publish('b', { role: 'backup' });
    expect(stream.effects.slice(0, 2)).toEqual([
      { kind: 'admit', ingestId: 'b', role: 'backup', pen: 'standby' },
      { kind: 'tell', news: { what: 'input-standby', role: 'backup' } },
    ]);
    expect(stream.state).toMatchObject({ active: 'a', inputs: [{}, { role: 'backup' }] });
  });

  it.each(['lost', 'frozen'] as const)(
    'the other goes on when the one that writes is %s',
    (why) => {
      const stream = new Stream().live().standby();
      if (why === 'lost') stream.lose('a');
      else stream.freeze('a');
      expect(stream.state.phase).toBe('live');
      expect(stream.effects.slice(0, 3)).toEqual([
        TO_HOLD,
        { kind: 'set-timer', atMs: 61_000 },
        { kind: 'arm', ingestId: 'b' },
      ]);
      stream.ready('b');
      expect(stream.effects[0]).toEqual(toIngest('b'));
      expect(stream.news).toEqual([{ what: 'input-switched', role: 'backup', why }]);
    },
  );

  it('the other has ten seconds for its keyframe, also without a grace period', () => {
    const stream = new Stream({ graceSeconds: 0 }).live().pass(60_000).standby().lose('a');
    expect(stream.effects).toContainEqual({ kind: 'set-timer', atMs: 61_000 + KEYFRAME_WAIT_MS });
    stream.pass(KEYFRAME_WAIT_MS - 1).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('live');
    stream.pass(1).give({ kind: 'timer' });
    expect(stream.effects).toContainEqual({ kind: 'end-broadcast', reason: 'grace-expired' });
  });

  it('one that comes in while the other has not begun may go on in its stead', () => {
    const stream = new Stream().live().standby().lose('a').publish('c');
    expect(stream.state).toMatchObject({ phase: 'live', pending: { ingestId: 'b' } });
    expect(stream.effects).toContainEqual({ kind: 'arm', ingestId: 'c' });
    expect(stream.pass(900).ready('c').state).toMatchObject({ active: 'c', pending: null });
    expect(stream.news).toEqual([{ what: 'encoder-returned', awayMs: 900 }]);
    expect(stream.ready('b').effects).toEqual([{ kind: 'disarm', ingestId: 'b' }]);
  });

  it('do not switch back before the one that writes fails', () => {
    const stream = new Stream().live().standby().lose('a').ready('b');
    stream.publish('c').give({ kind: 'ingest-flowing', ingestId: 'c' });
    expect(stream.state.active).toBe('b');
    expect(stream.ready('c').effects).toEqual([{ kind: 'disarm', ingestId: 'c' }]);
    stream.lose('b').ready('c');
    expect(stream.state.active).toBe('c');
  });

  it('both gone is the grace period, and whoever is back first goes on', () => {
    const stream = new Stream().live().standby().lose('a').lose('b');
    expect(stream.state).toMatchObject({ phase: 'grace', inputs: [] });
    stream.publish('c').publish('d', { role: 'backup' }).ready('d');
    expect(stream.state.active).toBe('d');
    expect(stream.ready('c').effects).toEqual([{ kind: 'disarm', ingestId: 'c' }]);
  });

  it('the one that stands by may go, and that is told', () => {
    const stream = new Stream().live().standby().freeze('b');
    expect(stream.news).toEqual([{ what: 'input-lost', role: 'backup', frozen: true }]);
    expect(stream.lose('b').state).toMatchObject({ phase: 'live', active: 'a' });
    expect(stream.lose('a').state.phase).toBe('grace');
  });

  it('one that has only just come in is armed when the other goes', () => {
    const stream = new Stream().live().publish('b', { role: 'backup' }).lose('a');
    expect(stream.state.phase).toBe('grace');
    expect(stream.effects).toContainEqual({ kind: 'arm', ingestId: 'b' });
  });
});

describe('an input that sends no picture, and is not yet frozen', () => {
  it('goes on until the other, if that is well, has a keyframe', () => {
    const stream = new Stream().live().standby().give({ kind: 'picture-stale' });
    expect(stream.effects).toEqual([{ kind: 'arm', ingestId: 'b' }]);
    stream.ready('b');
    expect(stream.effects[0]).toEqual(toIngest('b'));
    expect(stream.news).toEqual([{ what: 'input-switched', role: 'backup', why: 'frozen' }]);
  });

  it('keeps the pen when its pictures are back before that', () => {
    const stream = new Stream().live().standby().give({ kind: 'picture-stale' });
    stream.give({ kind: 'picture-back' });
    expect(stream.effects).toEqual([{ kind: 'disarm', ingestId: 'b' }]);
    expect(stream.ready('b').state.active).toBe('a');
  });

  it('does not turn back a switch that was asked for', () => {
    const stream = new Stream().live().standby().give({ kind: 'switch-requested' });
    stream.give({ kind: 'picture-stale' }).give({ kind: 'picture-back' });
    expect(stream.ready('b').state.active).toBe('b');
  });

  it('has nobody to turn to where no other input is well', () => {
    expect(new Stream().live().give({ kind: 'picture-stale' }).effects).toEqual([]);
    const waiting = new Stream().live().publish('b', { role: 'backup' });
    expect(waiting.give({ kind: 'picture-stale' }).effects).toEqual([]);
  });
});

describe('a switch that was asked for', () => {
  it('lets the one that writes go on until the other has a keyframe', () => {
    const stream = new Stream().live().standby().give({ kind: 'switch-requested' });
    expect(stream.effects).toEqual([{ kind: 'arm', ingestId: 'b' }]);
    expect(stream.state.active).toBe('a');
    stream.ready('b');
    expect(stream.effects[0]).toEqual(toIngest('b'));
    expect(stream.news).toEqual([{ what: 'input-switched', role: 'backup', why: 'asked' }]);
    stream.give({ kind: 'switch-requested', to: 'primary' }).ready('a');
    expect(stream.state).toMatchObject({ active: 'a', inputs: [{}, { ingestId: 'b' }] });
  });

  it('is nothing where that input writes, is not there or frozen, or where nobody writes', () => {
    const stream = new Stream().live();
    expect(stream.give({ kind: 'switch-requested', to: 'primary' }).effects).toEqual([]);
    expect(stream.give({ kind: 'switch-requested', to: 'backup' }).effects).toEqual([]);
    stream.standby().freeze('b');
    expect(stream.give({ kind: 'switch-requested' }).effects).toEqual([]);
    stream.lose('a');
    expect(stream.give({ kind: 'switch-requested' }).effects).toEqual([]);
  });

  it('is over when the other goes before it has a keyframe', () => {
    const stream = new Stream().live().standby().give({ kind: 'switch-requested' }).lose('b');
    expect(stream.state).toMatchObject({ phase: 'live', active: 'a', pending: null });
  });
});

describe('end now', () => {
  it('cuts every encoder and ends the broadcast', () => {
    const stream = new Stream().live().standby().give({ kind: 'end-now' });
    expect(stream.kinds()).toEqual(['cut-ingest', 'cut-ingest', 'end-broadcast', 'announce']);
    expect(stream.give({ kind: 'end-now' }).effects).toEqual([]);
  });

  it('ends a grace period', () => {
    const stream = new Stream().live().lose('a').give({ kind: 'end-now' });
    expect(stream.kinds()).toEqual(['end-broadcast', 'clear-timer', 'announce']);
  });
});

describe('the settings', () => {
  const settings = (graceSeconds: number): BroadcastEvent => ({
    kind: 'settings-changed',
    settings: { graceSeconds, endOnUnpublish: true, takeover: 'reject' },
  });

  it('can be changed while the grace period runs', () => {
    const stream = new Stream().live().lose('a').pass(10_000).give(settings(20));
    expect(stream.effects).toEqual([{ kind: 'set-timer', atMs: 21_000 }]);
    stream.give(settings(10));
    expect(stream.effects).toContainEqual({ kind: 'end-broadcast', reason: 'grace-expired' });
    expect(stream.kinds()).toContain('clear-timer');
  });

  it('are kept for the next time when they are changed while live', () => {
    const stream = new Stream().live().give(settings(7));
    expect(stream.effects).toEqual([]);
    expect(stream.lose('a').effects).toContainEqual({ kind: 'set-timer', atMs: 8_000 });
    expect(stream.state.settings).toMatchObject({ endOnUnpublish: true, takeover: 'reject' });
  });

  it('have their bounds', () => {
    expect(() => newBroadcast({ graceSeconds: GRACE_SECONDS_MAX })).not.toThrow();
    expect(() => newBroadcast({ graceSeconds: GRACE_SECONDS_MAX + 1 })).toThrow('grace period');
    expect(() => newBroadcast({ graceSeconds: -1 })).toThrow('grace period');
  });
});
