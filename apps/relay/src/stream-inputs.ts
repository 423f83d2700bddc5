import type { IngestStatus, InputStatus } from '#contracts';
import type { IngestMeasure } from '#media';
import { inputOf, type BroadcastState, type InputRole } from '#relay-core';
import type { CurrentIngest } from './broadcast.ts';
import { ingestStatus } from './ingest-status.ts';

interface Entry {
  readonly ingest: CurrentIngest;
  readonly role: InputRole;
  status: IngestStatus;
}

/** The encoders that were let in to one stream: two at most. */
export class StreamInputs {
  readonly #entries = new Map<string, Entry>();

  get all(): readonly CurrentIngest[] {
    return [...this.#entries.values()].map(({ ingest }) => ingest);
  }

  of(ingestId: string | null): CurrentIngest | undefined {
    return ingestId === null ? undefined : this.#entries.get(ingestId)?.ingest;
  }

  in(role: InputRole): CurrentIngest | undefined {
    return this.#in(role)?.ingest;
  }

  /** `role`: the input that it was let in to, which its key need not open. */
  add(ingest: CurrentIngest, role: InputRole): void {
    const { ingestId } = ingest.request;
    this.#entries.set(ingestId, { ingest, role, status: ingestStatus(ingest) });
  }

  /** False when it was not there. */
  remove(ingestId: string): boolean {
    return this.#entries.delete(ingestId);
  }

  clear(): void {
    this.#entries.clear();
  }

  measured(ingestId: string, measure: IngestMeasure): void {
    const entry = this.#entries.get(ingestId);
    if (entry !== undefined) entry.status = ingestStatus(entry.ingest, measure);
  }

  /** What people see of them. */
  status(state: BroadcastState): {
    readonly ingest: IngestStatus | null;
    readonly activeInput: InputRole | null;
    readonly inputs: Record<InputRole, InputStatus | null>;
  } {
    const active = state.active === null ? undefined : this.#entries.get(state.active);
    const one = (role: InputRole): InputStatus | null => {
      const entry = this.#in(role);
      if (entry === undefined) return null;
      const { ingestId } = entry.ingest.request;
      return { ...entry.status, health: inputOf(state, ingestId)?.health ?? 'waiting' };
    };
    return {
      ingest: active?.status ?? null,
      activeInput: active?.role ?? null,
      inputs: { primary: one('primary'), backup: one('backup') },
    };
  }

  #in(role: InputRole): Entry | undefined {
    return [...this.#entries.values()].find((entry) => entry.role === role);
  }
}
