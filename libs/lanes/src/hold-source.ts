import { emptyRecord, RecordFlag, type RingReader, type RingRecord } from '#ring';
import type { StillInput } from '#still';

const AUDIO = 8;
const VIDEO = 9;

/** Of media that is copied from the ring to be looked at: 12 s at 22 Mbit/s. */
const GOP_BYTES_MAX = 32 * 1024 * 1024;

/**
 * The ring's newest join point and all media after it; nothing where it is not held any more, is
 * too large to look at, or never was. To be asked while nobody writes to the ring.
 */
export function newestGop(reader: RingReader, bytesMax = GOP_BYTES_MAX): StillInput['gop'] {
  const record = emptyRecord();
  const head = reader.headSequence();
  const first = newestJoin(reader, head, record);
  if (first === undefined) return [];
  const gop: { typeId: number; timestampMs: number; body: Buffer }[] = [];
  let bytes = 0;
  for (let sequence = first; sequence !== head; sequence = (sequence + 1) >>> 0) {
    if (!reader.record(sequence, record)) return [];
    const { typeId, timestampMs } = record;
    if (typeId !== AUDIO && typeId !== VIDEO) continue;
    bytes += record.wireBytes;
    const body = bytes <= bytesMax ? reader.body(record) : undefined;
    if (body === undefined) return [];
    gop.push({ typeId, timestampMs, body });
  }
  return gop;
}

/** Not `reader.newestJoin`: that is cleared when an encoder goes. */
function newestJoin(reader: RingReader, head: number, record: RingRecord): number | undefined {
  let sequence = head;
  do {
    sequence = (sequence - 1) >>> 0;
    // Every record counts the join points up to itself; where there is none, there is no older one.
    if (!reader.record(sequence, record) || record.joinPoints === 0) return undefined;
  } while ((record.flags & RecordFlag.JOIN_POINT) === 0);
  return sequence;
}
