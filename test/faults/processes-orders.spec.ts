import { describe, expect } from 'vitest';
import { openQueues } from '#queue';
import { row } from './layer/row.ts';
import type { FaultScene, ScenePush } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';

/** The node of a product that nobody has named. */
const NODE = 'local';

describe('what is ordered while a destination is dialled', () => {
  const stage = useStage();

  row(stage, 59, async (scene) => {
    const { forkcast, stream } = scene;
    const queues = openQueues({
      url: await forkcast.redisUrl(),
      onFault: (fault) => {
        throw fault;
      },
    });
    scene.afterwards(() => queues.close());
    let accept = (): void => undefined;
    const faulty = await scene.destination({
      script: {
        answers: {
          publish: (link) => {
            accept = () => link.status('status', 'NetStream.Publish.Start', '');
          },
        },
      },
    });
    const link = await faulty.link();
    await link.until(() => link.commandNames.includes('publish'));
    const { id: destinationId } = faulty.api;
    const streamId = stream.id;
    for (let time = 1; time <= 2; time += 1) {
      await queues.relayCommands.send(NODE, { kind: 'retryPush', streamId, destinationId });
      await queues.relayCommands.send(NODE, { kind: 'reconcile', streamId });
    }
    const isDone = async () => {
      const done = (await queues.figures([NODE])).find(({ name }) => name.includes(NODE));
      return done !== undefined && done.waiting === 0 && done.active === 0;
    };
    await scene.until('both were obeyed', isDone);
    accept();
    await scene.push(faulty, 'live');
    expect([faulty.server?.links.length, faulty.sessions.publishes]).toEqual([1, 1]);
  });

  /** A destination that answers nothing more once it is to take part. */
  async function dialling(scene: FaultScene): Promise<ScenePush> {
    const push = await scene.destination({ script: { answers: { connect: () => undefined } } });
    const link = await push.link();
    await link.until(() => link.commandNames.includes('connect'));
    await scene.push(push, 'connecting');
    return push;
  }

  /** One connection there was, and it is gone. */
  async function expectGone({ server, link, sessions }: ScenePush): Promise<void> {
    await (
      await link()
    ).ended;
    expect([server?.links.length, sessions.publishes]).toEqual([1, 0]);
  }

  row(stage, 70, { case: 'its address is changed' }, async (scene) => {
    const push = await dialling(scene);
    const other = await scene.destination();
    await scene.push(other, 'live');
    await scene.forkcast.api.switchDestination(other.api.id, 'stop');
    await scene.push(other, 'stopped');
    const url = other.server?.url();
    const answer = await scene.forkcast.api.request('PATCH', `/destinations/${push.api.id}`, {
      url,
    });
    expect(answer.status).toBe(200);
    await scene.push(push, 'live');
    await expectGone(push);
    expect(other.sessions.publishes).toBe(2);
  });

  row(stage, 70, { case: 'it is switched off' }, async (scene) => {
    const push = await dialling(scene);
    await scene.forkcast.api.switchDestination(push.api.id, 'stop');
    await scene.push(push, 'stopped');
    await expectGone(push);
  });

  row(stage, 70, { case: 'it is switched off and on' }, async (scene) => {
    const push = await dialling(scene);
    await scene.forkcast.api.switchDestination(push.api.id, 'stop');
    await scene.forkcast.api.switchDestination(push.api.id, 'start');
    await (
      await push.link()
    ).ended;
    const again = await push.link(1);
    await again.until(() => again.commandNames.includes('connect'));
    await scene.push(push, 'connecting');
    await scene.forkcast.api.switchDestination(push.api.id, 'stop');
    await again.ended;
    await scene.push(push, 'stopped');
    expect(push.server?.links).toHaveLength(2);
  });

  row(stage, 70, { case: 'it is deleted' }, async (scene) => {
    const push = await dialling(scene);
    const answer = await scene.forkcast.api.request('DELETE', `/destinations/${push.api.id}`);
    expect(answer.status).toBe(204);
    await expectGone(push);
    const isForgotten = async () =>
      (await scene.status()).pushes.every(({ destinationId }) => destinationId !== push.api.id);
    await scene.until('it is forgotten', isForgotten);
  });
});
