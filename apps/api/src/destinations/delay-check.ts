import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '#kernel';
import type { Live } from '#live';
import { LIVE } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';

/** Whether a delay fits into the memory that a live stream has. */
@Injectable()
export class DelayCheck {
  constructor(@Inject(LIVE) private readonly live: Live) {}

  /**
   * A stream that is off is not judged, nor one of which nothing can be known: the relay shortens
   * at run time what does not fit, and says so.
   *
   * @throws ProblemError 422 DELAY_TOO_LONG with the largest that fits.
   */
  async check(streamId: string, delaySeconds: number): Promise<void> {
    if (delaySeconds === 0) return;
    const largest = await this.largestOf(streamId);
    if (largest === null || delaySeconds <= largest) return;
    const message = delayTooLong(largest);
    const fields = [{ field: 'delaySeconds', code: 'DELAY_TOO_LONG', message }];
    throw new ProblemError('DELAY_TOO_LONG', message, { status: 422, fields });
  }

  /** In whole seconds; null when nobody knows. */
  private async largestOf(streamId: string): Promise<number | null> {
    try {
      return (await this.live.status.getStatus(streamId))?.delaySecondsMax ?? null;
    } catch (thrown) {
      if (thrown instanceof CodedError) return null;
      throw thrown;
    }
  }
}

export function delayTooLong(largestSeconds: number): string {
  return (
    `At the stream’s present bitrate its memory holds ${largestSeconds} s at most; ask for no ` +
    'more while it is live, or lower the bitrate of the encoder.'
  );
}
