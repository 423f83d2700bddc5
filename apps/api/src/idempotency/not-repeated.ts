import { SetMetadata } from '@nestjs/common';

export const NOT_REPEATED = 'forkcast:not-repeated';

/** A POST that changes nothing, and whose answer must be kept nowhere: it takes no key. */
export const NotRepeated = () => SetMetadata(NOT_REPEATED, true);
