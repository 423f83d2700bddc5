import { describe, expect, it } from 'vitest';
import { ConnectGate } from '#relay-core';
import { FakeTime } from '#testing';
import { GateKeeper, HOST_DIALS } from './gate-keeper.ts';

/** A gate that holds nobody up by itself, so that only the server's pace is seen. */
function keeper() {
  const time = new FakeTime();
  const gate = new GateKeeper(time, time, new ConnectGate({ concurrentMax: 10_000, apartMs: 0 }));
  const dialled: string[] = [];
  const dial = (pushId: string, url: string): void =>
    gate.ask(pushId, url, () => dialled.push(pushId));
  return { time, gate, dialled, dial };
}

const apartMs = 60_000 / HOST_DIALS.perMinute;

describe('GateKeeper', () => {
  it('lets all of a large stream dial one server at once, and then so many a minute', () => {
    const { time, dialled, dial } = keeper();
    for (let n = 0; n < HOST_DIALS.burst + 2; n += 1) dial(`push ${n}`, 'rtmp://a.example/live');
    expect(dialled).toHaveLength(HOST_DIALS.burst);
    time.advance(apartMs - 1);
    expect(dialled).toHaveLength(HOST_DIALS.burst);
    time.advance(1);
    expect(dialled).toHaveLength(HOST_DIALS.burst + 1);
    time.advance(2 * apartMs);
    expect(dialled).toHaveLength(HOST_DIALS.burst + 2);
  });

  it('counts a server as one however its URL is written, and no other with it', () => {
    const { dialled, dial } = keeper();
    for (let n = 0; n < HOST_DIALS.burst; n += 1) dial(`push ${n}`, `rtmp://a.example/app${n}`);
    dial('same', 'rtmp://A.Example:1935/other?key=1');
    dial('other port', 'rtmp://a.example:1936/live');
    dial('other', 'rtmp://b.example/live');
    expect(dialled.slice(HOST_DIALS.burst)).toEqual(['other port', 'other']);
  });

  it('forgets who leaves while it waits', () => {
    const { time, gate, dialled, dial } = keeper();
    for (let n = 0; n <= HOST_DIALS.burst; n += 1) dial(`push ${n}`, 'rtmp://a.example/live');
    gate.leave(`push ${HOST_DIALS.burst}`);
    time.advance(60_000);
    expect(dialled).toHaveLength(HOST_DIALS.burst);
    expect(time.waiting).toBe(0);
  });

  it('holds no place of the gate while it waits for a server', () => {
    const time = new FakeTime();
    const gate = new GateKeeper(time, time, new ConnectGate({ concurrentMax: 1, apartMs: 0 }));
    for (let n = 0; n < HOST_DIALS.burst; n += 1) {
      gate.ask(`push ${n}`, 'rtmp://a.example/live', () => undefined);
      gate.leave(`push ${n}`);
    }
    const dialled: string[] = [];
    gate.ask('held', 'rtmp://a.example/live', () => dialled.push('held'));
    gate.ask('free', 'rtmp://b.example/live', () => dialled.push('free'));
    expect(dialled).toEqual(['free']);
  });
});
