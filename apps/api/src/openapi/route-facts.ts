import { ModulesContainer, Reflector } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { PUBLIC_ROUTE } from '../auth/public.ts';
import { PERMISSION } from '../auth/requires.ts';
import { NOT_REPEATED } from '../idempotency/not-repeated.ts';
import { TAGGED, TAKES_IF_MATCH } from '../web/etag.ts';

/** What a handler says of itself beside its path. */
export interface RouteFacts {
  readonly isPublic: boolean;
  /** A permission, `signed-in`, or nothing where it is public. */
  readonly requires: string | undefined;
  /** Its answer has an ETag. */
  readonly isTagged: boolean;
  readonly takesIfMatch: boolean;
  /** A POST that takes no Idempotency-Key. */
  readonly isNotRepeated: boolean;
}

/** By `Controller.method`. */
export function routeFacts(app: INestApplication): ReadonlyMap<string, RouteFacts> {
  const reflector = app.get(Reflector);
  const found = new Map<string, RouteFacts>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
        if (name === 'constructor' || typeof handler !== 'function') continue;
        const places = [handler as () => unknown, metatype];
        const says = (key: string): boolean =>
          reflector.get<boolean | undefined>(key, handler as () => unknown) ?? false;
        found.set(`${metatype.name}.${name}`, {
          isPublic: reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, places) ?? false,
          requires: reflector.getAllAndOverride<string | undefined>(PERMISSION, places),
          isTagged: says(TAGGED),
          takesIfMatch: says(TAKES_IF_MATCH),
          isNotRepeated: says(NOT_REPEATED),
        });
      }
    }
  }
  return found;
}
