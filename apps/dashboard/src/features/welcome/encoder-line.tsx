import type { IngestStatus } from '#contracts';
import type { ComponentType } from 'react';
import { Icon } from '../../components/icon.tsx';
import { RefusedEncoder } from '../../components/refused-encoder.tsx';
import { encoderName } from '../../lib/words.ts';

export interface SeenEncoder {
  /** What arrives; null: nothing does. */
  readonly ingest: IngestStatus | null;
  readonly Ingest: ComponentType<{ readonly ingest: IngestStatus }>;
}

/** Whether the encoder is seen, in one sentence that is read out, and what arrives from it. */
export function EncoderLine({ ingest, Ingest }: SeenEncoder) {
  const name = ingest?.encoder ? encoderName(ingest.encoder) : '';
  return (
    <div className="welcome-encoder">
      <output className={ingest === null ? 'tone-busy' : 'tone-good'}>
        <Icon name={ingest === null ? 'busy' : 'check'} />
        <span>
          {ingest === null
            ? 'Waiting for your encoder…'
            : `We see your encoder${name === '' ? '' : `: ${name}`}`}
        </span>
      </output>
      {ingest === null ? <RefusedEncoder /> : <Ingest ingest={ingest} />}
    </div>
  );
}
