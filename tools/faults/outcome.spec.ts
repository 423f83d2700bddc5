import { describe, expect, it } from 'vitest';
import type { Row } from '../../test/faults/matrix/row.ts';
import { filesOf, outcomesOf } from './outcome.ts';
import type { FileResult, TestResult } from './outcome.ts';

const SPEC = 'test/faults/destinations.spec.ts';
const one: Row = { number: 1, fault: 'a reset', promise: 'p', specs: [SPEC] };
const names: Row = { number: 11, fault: 'no name', promise: 'p', specs: [SPEC], cases: ['a', 'b'] };
const elsewhere: Row = {
  number: 31,
  fault: 'garbage',
  promise: 'p',
  tests: [{ file: 'test/e2e/ingest.spec.ts', name: 'closes %s at once (now), $name' }],
};

function test(title: string, status: string, meta: TestResult['meta'] = {}): TestResult {
  return { fullName: `suite ${title}`, title, status, meta };
}

function file(path: string, ...assertionResults: TestResult[]): FileResult {
  return { name: `/anywhere/${path}`, assertionResults };
}

const figures = [{ name: 'live again after', value: 12, unit: 'ms' }];

describe('the outcome of a row', () => {
  it('is a pass with its figures', () => {
    const ran = file(SPEC, test('1 a reset', 'passed', { row: { number: 1, figures } }));
    expect(outcomesOf([one], [ran])).toEqual([{ number: 1, verdict: 'pass', notes: [], figures }]);
  });

  it('is a failure with its first line, whatever else passed', () => {
    const failed = { ...test('11 no name: b', 'failed'), failureMessages: ['Error: lost\n at x'] };
    const [outcome] = outcomesOf([names], [file(SPEC, test('11 no name: a', 'passed'), failed)]);
    expect(outcome).toMatchObject({ verdict: 'fail', notes: ['11 no name: b: Error: lost'] });
  });

  it('is a failure when a test that is named has no result', () => {
    for (const files of [[], [file(SPEC, test('11 no name: a', 'passed'))]]) {
      const [outcome] = outcomesOf([names], files);
      expect(outcome?.verdict).toBe('fail');
      expect(outcome?.notes.at(-1)).toBe('11 no name: b: has no result');
    }
    expect(outcomesOf([elsewhere], [])[0]?.verdict).toBe('fail');
    expect(outcomesOf([{ number: 8, fault: 'f', promise: 'p' }], [])[0]?.verdict).toBe('fail');
  });

  it('is why it did not run, and a pass where a part ran', () => {
    const notRun = (name: string) => ({
      row: { number: 11, case: name, figures: [], notRun: 'needs nft: not there' },
    });
    const [a, b] = ['a', 'b'].map((name) => test(`11 no name: ${name}`, 'skipped', notRun(name)));
    const notes = ['a: needs nft: not there', 'b: needs nft: not there'];
    expect(outcomesOf([names], [file(SPEC, a!, b!)])[0]).toMatchObject({
      verdict: 'not run',
      notes,
    });
    const ran = test('11 no name: a', 'passed', { row: { number: 11, case: 'a', figures } });
    expect(outcomesOf([names], [file(SPEC, ran, b!)])[0]).toEqual({
      number: 11,
      verdict: 'pass',
      notes: notes.slice(1),
      figures: [{ ...figures[0], case: 'a' }],
    });
  });

  it('is a failure when one of the files that show it has no result', () => {
    const both = { ...one, specs: [SPEC, 'test/faults/host.spec.ts'] };
    const here = file(SPEC, test('1 a reset', 'passed'));
    const there = file('test/faults/host.spec.ts', test('1 a reset', 'passed'));
    expect(outcomesOf([both], [here])[0]?.verdict).toBe('fail');
    expect(outcomesOf([both], [here, there])[0]?.verdict).toBe('pass');
  });

  it('is no pass when its test was skipped without a reason', () => {
    expect(outcomesOf([one], [file(SPEC, test('1 a reset', 'skipped'))])[0]?.verdict).toBe('fail');
  });

  it('is that of a test elsewhere, which may be one of a table', () => {
    const path = 'test/e2e/ingest.spec.ts';
    const passed = test('closes HTTP at once (now), all of it', 'passed');
    expect(outcomesOf([elsewhere], [file(path, passed)])[0]?.verdict).toBe('pass');
    const other = test('closes HTTP at once', 'passed');
    expect(outcomesOf([elsewhere], [file(path, other)])[0]?.verdict).toBe('fail');
  });
});

describe('the outcome of a row that a kept run shows', () => {
  const row: Row = { number: 68, fault: 'a day', promise: 'p', runs: 'docs/soak' };
  const soak = {
    ...{ date: '2026-11-22', hours: 1, seed: 7, anomalies: 0 },
    slopes: { rssBytesPerHour: 0, fdsPerHour: 0 },
    allSlopes: [{ name: 'relay RSS', verdict: 'held' as const }],
  };

  it('is a pass when nothing was odd and nothing grew', () => {
    const [outcome] = outcomesOf([row], [], soak);
    expect([outcome?.verdict, outcome?.figures[0]?.value]).toEqual(['pass', 1]);
  });

  it('is a failure without a run, with an anomaly, and when something grew', () => {
    const grew = [{ name: 'relay RSS', verdict: 'broken' as const }];
    const wrong = [undefined, { ...soak, anomalies: 1 }, { ...soak, allSlopes: grew }];
    const verdicts = wrong.map((one) => outcomesOf([row], [], one)[0]?.notes[0]);
    expect(verdicts).toEqual([
      'no run of npm run soak is kept',
      'the last soak saw 1 anomalies',
      'relay RSS went up',
    ]);
  });
});

describe('the files to run', () => {
  it('are each named once', () => {
    expect(filesOf([one, names, elsewhere])).toEqual(['test/e2e/ingest.spec.ts', SPEC]);
  });
});
