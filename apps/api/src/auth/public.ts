import { SetMetadata } from '@nestjs/common';

export const PUBLIC_ROUTE = 'forkcast:public';

/** A route that needs no sign-in. Everything else does. */
export const Public = () => SetMetadata(PUBLIC_ROUTE, true);
