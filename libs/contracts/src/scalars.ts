import { z } from 'zod';

/** Items of one page when the caller does not say. */
export const PAGE_ITEMS_DEFAULT = 50;
/** Items of one page at most. */
export const PAGE_ITEMS_MAX = 200;

/** Opaque to callers; UUID version 7 inside. */
export const idSchema = z.uuid();

/** UTC, ISO 8601, with milliseconds. */
export const timeSchema = z.iso.datetime();

/** `?limit=&cursor=` of every list. A cursor is what the page before gave as `nextCursor`. */
export const cursorQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_ITEMS_MAX).default(PAGE_ITEMS_DEFAULT),
  cursor: z.string().min(1).max(200).optional(),
});
export type CursorQuery = z.infer<typeof cursorQuerySchema>;

/** The answer of every list. `nextCursor` is null on the last page. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<Item> = { items: Item[]; nextCursor: string | null };
