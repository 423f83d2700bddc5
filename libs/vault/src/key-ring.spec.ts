import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Secret } from '#kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deriveKeys, keyFingerprint } from './derived-key.ts';
import { loadMasterKey, masterKeyFile } from './load-master-key.ts';
import { LOOK_MS, MasterKey, newMasterKeyText } from './master-key.ts';
import { removeKeptKey, rotateKeyFile } from './rotate-key-file.ts';
import { openBytes, sealBytes } from './sealed-bytes.ts';
import { openKey, sealingKeyId, sealKey } from './sealed-key.ts';

const [oldText, newText, strange] = [newMasterKeyText(), newMasterKeyText(), newMasterKeyText()];
const secret = new Secret('a stream key');
const another = expect.objectContaining({ code: 'SEALED_BY_ANOTHER_KEY' });

describe('a key ring', () => {
  const before = MasterKey.fromBase64(oldText);
  const ring = MasterKey.fromTexts({ current: newText, previous: [oldText] });

  it('opens what the key before has sealed', () => {
    expect(openKey(ring, 'row', sealKey(before, 'row', secret)).reveal()).toBe('a stream key');
    const bytes = sealBytes(before, 'file', Buffer.from('bytes'));
    expect(openBytes(ring, 'file', bytes).toString()).toBe('bytes');
  });

  it('seals with its newest key alone', () => {
    const sealed = sealKey(ring, 'row', secret);
    expect(sealingKeyId(sealed)).toBe(MasterKey.fromBase64(newText).id);
    expect(() => openKey(before, 'row', sealed)).toThrow(another);
    expect(ring.previousIds).toEqual([before.id]);
  });

  it('does not open what a key sealed that it does not have', () => {
    const sealed = sealKey(MasterKey.fromBase64(strange), 'row', secret);
    expect(() => openKey(ring, 'row', sealed)).toThrow(another);
  });
});

describe('a process that runs while the key is rotated', () => {
  const state = { texts: { current: oldText, previous: [] as string[] }, reads: 0, nowMs: 0 };
  const read = () => {
    state.reads += 1;
    return state.texts;
  };
  let ring: MasterKey;

  beforeEach(() => {
    Object.assign(state, { texts: { current: oldText, previous: [] }, reads: 0, nowMs: 0 });
    ring = MasterKey.fromTexts(state.texts, read, () => state.nowMs);
  });

  const rotated = () => ({ current: newText, previous: [oldText] });

  it('opens what another has sealed with the new key', () => {
    const sealed = sealKey(MasterKey.fromBase64(newText), 'row', secret);
    state.texts = rotated();
    state.nowMs = LOOK_MS - 1;
    expect(() => openKey(ring, 'row', sealed)).toThrow(another);
    state.nowMs = LOOK_MS;
    expect(openKey(ring, 'row', sealed).reveal()).toBe('a stream key');
  });

  it('seals with the new key within a second', () => {
    state.texts = rotated();
    expect(sealingKeyId(sealKey(ring, 'row', secret))).toBe(MasterKey.fromBase64(oldText).id);
    state.nowMs = LOOK_MS;
    expect(sealingKeyId(sealKey(ring, 'row', secret))).toBe(MasterKey.fromBase64(newText).id);
  });

  it('opens what it has sealed itself before', () => {
    const sealed = sealKey(ring, 'row', secret);
    // Also where nobody has kept the old key.
    state.texts = { current: newText, previous: [] };
    state.nowMs = LOOK_MS;
    sealKey(ring, 'row', secret);
    expect(openKey(ring, 'row', sealed).reveal()).toBe('a stream key');
  });

  it('looks once a second at most, whatever it is given to open', () => {
    const sealed = sealKey(MasterKey.fromBase64(strange), 'row', secret);
    for (let times = 0; times < 100; times += 1) {
      state.nowMs += 100;
      expect(() => openKey(ring, 'row', sealed)).toThrow(another);
    }
    expect(state.reads).toBe(10);
  });

  it('goes on with what it knows when the keys cannot be read', () => {
    const failing = MasterKey.fromTexts(
      state.texts,
      () => {
        throw new Error('gone');
      },
      () => state.nowMs,
    );
    state.nowMs = LOOK_MS;
    const sealed = sealKey(failing, 'row', secret);
    expect(openKey(failing, 'row', sealed).reveal()).toBe('a stream key');
  });
});

describe('a master key in a file', () => {
  const place = { root: '' };

  beforeEach(async () => {
    place.root = await mkdtemp(join(tmpdir(), 'forkcast-ring-'));
  });

  afterEach(() => rm(place.root, { recursive: true }));

  it('is replaced, and the one before kept beside it for its owner only', async () => {
    const source = { dataDirectory: place.root };
    const before = await loadMasterKey(source);
    const sealed = sealKey(before, 'row', secret);
    const path = masterKeyFile(source);
    const { oldId, newId, keptAs } = await rotateKeyFile(path);
    expect(oldId).toBe(before.id);
    const after = await loadMasterKey(source);
    expect(after.id).toBe(newId);
    expect(newId).not.toBe(oldId);
    expect(openKey(after, 'row', sealed).reveal()).toBe('a stream key');
    for (const file of [path, keptAs]) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(place.root)).toHaveLength(2);
    await removeKeptKey(path, oldId);
    const bare = await loadMasterKey(source);
    expect(bare.previousIds).toEqual([]);
    expect(() => openKey(bare, 'row', sealed)).toThrow(another);
  });

  it('is left as it was when it is broken', async () => {
    const path = join(place.root, 'none.key');
    await expect(rotateKeyFile(path)).rejects.toMatchObject({ code: 'MASTER_KEY_UNREADABLE' });
    expect(await readdir(place.root)).toEqual([]);
  });

  it('has those before it also from the environment', async () => {
    const previous = [new Secret(oldText)];
    const ring = await loadMasterKey({ dataDirectory: place.root, previous });
    const sealed = sealKey(MasterKey.fromBase64(oldText), 'row', secret);
    expect(openKey(ring, 'row', sealed).reveal()).toBe('a stream key');
    const given = await loadMasterKey({
      value: new Secret(newText),
      dataDirectory: place.root,
      previous,
    });
    expect(openKey(given, 'row', sealed).reveal()).toBe('a stream key');
    expect(await readFile(join(place.root, 'master.key'), 'utf8')).not.toContain(oldText);
  });
});

describe('what is derived from a master key', () => {
  const master = MasterKey.fromBase64(oldText);

  it('is the same for one key at one host, and for nothing else', () => {
    const print = keyFingerprint(master, 'live.example.com', secret);
    expect(keyFingerprint(master, 'LIVE.example.com', secret)).toBe(print);
    expect(keyFingerprint(master, 'other.example.com', secret)).not.toBe(print);
    expect(keyFingerprint(master, 'live.example.com', new Secret('another'))).not.toBe(print);
    const other = MasterKey.fromBase64(newText);
    expect(keyFingerprint(other, 'live.example.com', secret)).not.toBe(print);
  });

  it('is one key for each purpose', () => {
    expect(deriveKeys(master, 'preview')).toEqual(deriveKeys(master, 'preview'));
    expect(deriveKeys(master, 'preview')).not.toEqual(deriveKeys(master, 'other'));
  });

  it('is of the newest key first, and of those before it too', () => {
    const ring = MasterKey.fromTexts({ current: newText, previous: [oldText] });
    const [first, ...others] = deriveKeys(ring, 'preview');
    expect([first]).toEqual(deriveKeys(MasterKey.fromBase64(newText), 'preview'));
    expect(others).toEqual(deriveKeys(master, 'preview'));
  });

  it('follows a rotation while the process runs', () => {
    const state = { texts: { current: oldText, previous: [] as string[] }, nowMs: 0 };
    const ring = MasterKey.fromTexts(
      state.texts,
      () => state.texts,
      () => state.nowMs,
    );
    state.texts = { current: newText, previous: [] };
    state.nowMs = LOOK_MS - 1;
    expect(deriveKeys(ring, 'preview')).toHaveLength(1);
    state.nowMs = LOOK_MS;
    const both = MasterKey.fromTexts({ current: newText, previous: [oldText] });
    expect(deriveKeys(ring, 'preview')).toEqual(deriveKeys(both, 'preview'));
  });
});
