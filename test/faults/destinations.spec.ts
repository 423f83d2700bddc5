import { describe, expect } from 'vitest';
import { MediaFlag, videoFlags } from '#flv';
import { MessageType } from '#rtmp';
import { row } from './layer/row.ts';
import { useStage } from './layer/stage.ts';

describe('destinations', () => {
  const stage = useStage();

  row(stage, 1, async (scene) => {
    const push = await scene.destination();
    await scene.push(push, 'live');
    const first = await push.link();
    await first.until(() => first.media.length > 20);
    const brokenAtMs = performance.now();
    first.socket.resetAndDestroy();
    const second = await push.link(1);
    scene.figure('dialled again after', performance.now() - brokenAtMs, 'ms');
    await second.until(() => second.media.some(({ body }) => body[1] === 1));
    scene.figure('live again after', performance.now() - brokenAtMs, 'ms');
    const { state, lastError } = await scene.push(push, 'live');
    expect({ state, code: lastError?.code }).toEqual({ state: 'live', code: 'RESET_BY_PEER' });
    const video = second.media.filter(({ type }) => type === MessageType.VIDEO);
    const [header, keyframe] = video.map(({ body }) => videoFlags(body));
    expect((header ?? 0) & MediaFlag.SEQUENCE_HEADER).not.toBe(0);
    expect((keyframe ?? 0) & MediaFlag.KEYFRAME).not.toBe(0);
  });
});
