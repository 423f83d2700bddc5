/**
 * Keeps secrets: seals stream keys for the database and bytes for the disk, makes keys and tokens,
 * hashes passwords.
 * It refuses to store anything, to log anything, and to hand out a secret in a type that prints.
 * Parts: master-key (load-master-key, rotate-key-file, derived-key), sealed-key and sealed-bytes
 * (cipher), random-key, publish-link, password, vault-error.
 */
export { deriveKeys, keyFingerprint } from './derived-key.ts';
export { keptKeyIds, loadMasterKey, masterKeyFile } from './load-master-key.ts';
export type { MasterKeySource } from './load-master-key.ts';
export { MasterKey } from './master-key.ts';
export { hashPassword, verifyPassword } from './password.ts';
export { newSigningKey, readPublishLink, signPublishLink } from './publish-link.ts';
export { verifyPublishLink, type PublishLink } from './publish-link.ts';
export { equalHashes, hashIngestKey, hashToken, newIngestKey, newToken } from './random-key.ts';
export { removeKeptKey, rotateKeyFile, type KeyFileRotation } from './rotate-key-file.ts';
export { openBytes, sealBytes } from './sealed-bytes.ts';
export { openKey, sealingKeyId, sealKey } from './sealed-key.ts';
export type { VaultErrorCode } from './vault-error.ts';
