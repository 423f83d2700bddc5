import { z } from 'zod';
import { resumePolicySchema } from './destination.ts';
import { takeoverPolicySchema } from './stream.ts';
import { idSchema, timeSchema } from './scalars.ts';

/** All that there was before there were workspaces. */
export const DEFAULT_WORKSPACE_ID = '00000000-0000-7000-8000-000000000001';

/** What an encoder may send where its owner says nothing: more than any that is meant well. */
export const INGEST_KBPS_MAX = 80_000;

/** Who may publish, and how much. Empty lists and nulls: no rule. */
const ingestRulesSchema = z.object({
  allowedCidrs: z.array(z.string()),
  kbpsMax: z.int().nullable(),
  /** As stored; signs the stream's publish links. */
  signingKeySealed: z.string().nullable(),
  /** The owner's own server that is asked about each publish. */
  authorise: z
    .object({
      url: z.string(),
      secretSealed: z.string(),
      /** What counts when that server does not answer. */
      fallback: z.enum(['refuse', 'allow']),
    })
    .nullable(),
});
export type IngestRules = z.infer<typeof ingestRulesSchema>;

/** What is left of a workspace's quotas. Nulls: no quota. */
const desiredQuotaSchema = z.object({
  outKbpsMax: z.int().nullable(),
  relayMinutesLeft: z.int().nullable(),
});

/** A stream whose owner has set no rules, as every stream was once. */
export const NO_STREAM_RULES = {
  workspaceId: DEFAULT_WORKSPACE_ID,
  ingest: { allowedCidrs: [] as string[], kbpsMax: null, signingKeySealed: null, authorise: null },
  quota: { outKbpsMax: null, relayMinutesLeft: null },
};
/** And a destination. */
export const NO_DESTINATION_RULES = { keyFingerprint: null, certificateSha256: null };

const desiredDestinationSchema = z.object({
  id: idSchema,
  name: z.string(),
  platform: z.string(),
  url: z.string(),
  backupUrl: z.string().nullable(),
  /** As stored: opened by libs/vault with the destination's id, in the relay only. */
  sealedKey: z.string(),
  enabled: z.boolean(),
  delaySeconds: z.int(),
  resume: resumePolicySchema,
  /** So many failures in a row lead to the other URL; 0: at once when a live connection drops. */
  backupAfter: z.int(),
  updatedAt: timeSchema,
  /** Grows whenever a running connection no longer serves (URL or key changed): connect anew. */
  restartToken: z.int(),
  /** Equal for equal keys at the same host, and tells nothing else of them. */
  keyFingerprint: z.string().nullable().default(NO_DESTINATION_RULES.keyFingerprint),
  /** The only certificate that is trusted there, hex; null: whichever the system trusts. */
  certificateSha256: z.string().nullable().default(NO_DESTINATION_RULES.certificateSha256),
});
export type DesiredDestination = z.infer<typeof desiredDestinationSchema>;

/**
 * What the owner wants of one stream, as the relay loads it. Read inside the relay only. Whatever
 * has a default is missing in what relays of earlier versions kept on disk.
 */
export const desiredStreamSchema = z.object({
  streamId: idSchema,
  workspaceId: idSchema.default(NO_STREAM_RULES.workspaceId),
  name: z.string(),
  graceSeconds: z.int(),
  /** Whether an encoder that says goodbye ends the broadcast at once. */
  endOnUnpublish: z.boolean(),
  takeover: takeoverPolicySchema,
  /** sha256 of the picture to be shown while the encoder is away, hex; without: the last one. */
  slate: z.string().nullish(),
  deleted: z.boolean(),
  ingest: ingestRulesSchema.default(NO_STREAM_RULES.ingest),
  quota: desiredQuotaSchema.default(NO_STREAM_RULES.quota),
  destinations: z.array(desiredDestinationSchema),
});
export type DesiredStream = z.infer<typeof desiredStreamSchema>;
