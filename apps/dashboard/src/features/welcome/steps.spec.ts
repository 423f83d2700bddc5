import { describe, expect, it } from 'vitest';
import type { Destination, PushState, StreamStatus } from '#contracts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { factsOf, isDone, liveWords, stepOf, steps } from './steps.ts';
import type { Facts, Step } from './steps.ts';

const nothing: Facts = { hasStream: false, encoderIsOn: false, destinations: 0, wanted: [] };
const made: Facts = { ...nothing, hasStream: true };
const on: Facts = { ...made, encoderIsOn: true };
const withTwo = (facts: Facts, ...wanted: readonly PushState[]): Facts => ({
  ...facts,
  destinations: 2,
  wanted,
});

describe('the step that is shown', () => {
  it.each<[says: string, facts: Facts, step: Step]>([
    ['there is no stream', nothing, 'name'],
    ['there is nothing but the stream', made, 'encoder'],
    ['the encoder is seen', on, 'destinations'],
    ['there are destinations', withTwo(made), 'live'],
    ['there are destinations and the encoder', withTwo(on, 'connecting', 'live'), 'live'],
    ['all is live', withTwo(on, 'live', 'live'), 'live'],
  ])('is the first that is not so yet: %s', (_says, facts, step) => {
    expect(stepOf(facts)).toBe(step);
    // Where nobody can go any more.
    expect(stepOf(facts, 'name')).toBe(step);
  });

  it.each(steps)('is the name whatever was chosen while there is no stream: %s', (chosen) => {
    expect(stepOf(nothing, chosen)).toBe('name');
  });

  it.each(['encoder', 'destinations', 'live'] as const)('stays where one went: %s', (chosen) => {
    for (const facts of [made, on, withTwo(made), withTwo(on, 'live', 'live')]) {
      expect(stepOf(facts, chosen)).toBe(chosen);
    }
  });
});

describe('what is done', () => {
  it.each<[facts: Facts, done: readonly Step[]]>([
    [nothing, []],
    [made, ['name']],
    [on, ['name', 'encoder']],
    [withTwo(made, 'awaiting_stream', 'awaiting_stream'), ['name', 'destinations']],
    [withTwo(on, 'live', 'retrying'), ['name', 'encoder', 'destinations']],
    [withTwo(on, 'live', 'degraded'), ['name', 'encoder', 'destinations', 'live']],
    // Nothing is wanted: that is not the same as all being live.
    [withTwo(on), ['name', 'encoder', 'destinations']],
  ])('of %j is %j', (facts, done) => {
    expect(steps.filter((step) => isDone(step, facts))).toEqual(done);
  });
});

it.each<[facts: Facts, words: string]>([
  [made, 'No destination is on: nothing leaves Forkcast.'],
  [withTwo(on), 'No destination is on: nothing leaves Forkcast.'],
  [withTwo(made, 'awaiting_stream', 'awaiting_stream'), 'Waiting for your encoder…'],
  [withTwo(on, 'connecting', 'needs_attention'), '0 of 2 live'],
  [withTwo(on, 'connecting', 'live'), '1 of 2 live'],
  [withTwo(on, 'live'), 'You are live on 1 platform'],
  [withTwo(on, 'live', 'degraded'), 'You are live on 2 platforms'],
])('says of %j: %s', (facts, words) => {
  expect(liveWords(facts)).toBe(words);
});

describe('the facts', () => {
  const destination = (id: string, enabled: boolean) => ({ id, enabled }) as Destination;
  const stream = {
    destinations: [destination('a', true), destination('b', true), destination('c', false)],
  } as unknown as StreamWithDestinations;

  it('are none before there is a stream', () => {
    expect(factsOf(undefined, undefined)).toEqual(nothing);
  });

  it('are what is wanted while nothing was heard of it', () => {
    expect(factsOf(stream, undefined)).toEqual({
      hasStream: true,
      encoderIsOn: false,
      destinations: 3,
      wanted: ['awaiting_stream', 'awaiting_stream'],
    });
  });

  it('are what was heard; what is not wanted is left out', () => {
    const status = {
      ingest: { encoder: 'OBS' },
      pushes: [
        { destinationId: 'a', state: 'live' },
        { destinationId: 'c', state: 'stopped' },
      ],
    } as unknown as StreamStatus;
    expect(factsOf(stream, status)).toMatchObject({
      encoderIsOn: true,
      wanted: ['live', 'awaiting_stream'],
    });
    expect(factsOf(stream, { ...status, ingest: null }).encoderIsOn).toBe(false);
  });
});
