import { describe, expect, it } from 'vitest';
import { readableLine } from './terminal.ts';

describe('readableLine', () => {
  it('shows level, message and fields of a log line, without what a person has no use for', () => {
    const record = {
      level: 'warn',
      time: 1,
      pid: 2,
      hostname: 'h',
      app: 'relay',
      msg: 'ingest closed',
    };
    const line = JSON.stringify({ ...record, reason: 'NOT_RTMP', bytes: 12 });
    expect(readableLine('relay', line)).toBe(
      'relay    warning: ingest closed reason=NOT_RTMP bytes=12',
    );
  });

  it('passes what is no JSON object on, with the name before it', () => {
    expect(readableLine('api', 'Error: boom')).toBe('api      Error: boom');
    expect(readableLine('api', '{broken')).toBe('api      {broken');
  });

  it('cuts a field at 200 characters', () => {
    const line = JSON.stringify({ msg: 'm', text: 'x'.repeat(201) });
    expect(readableLine('api', line)).toBe(`api      m text=${'x'.repeat(200)}…`);
  });
});
