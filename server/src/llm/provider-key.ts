import type { LlmProviderRow } from './llm-provider.entity.js';

/** What a client sends back where a stored secret was shown as dots. */
export const KEPT_SECRET = '••••';

/** Where a provider's key is sealed for. */
export const keyPlace = (providerId: string): string => `llm_provider:${providerId}:sealed_key`;

/** What a change means for the stored key. */
export type KeyChange = { act: 'keep' } | { act: 'remove' } | { act: 'replace'; key: string };

export function keyChange(apiKey: string | undefined): KeyChange {
  if (apiKey === undefined || apiKey === KEPT_SECRET) return { act: 'keep' };
  return apiKey === '' ? { act: 'remove' } : { act: 'replace', key: apiKey };
}

/** Whether a kept key would travel to another server than the one it was entered for. */
export const wouldLeakKey = (
  row: Pick<LlmProviderRow, 'baseUrl' | 'sealedKey'>,
  baseUrl: string,
  change: KeyChange,
): boolean =>
  change.act === 'keep' && row.sealedKey !== null && new URL(row.baseUrl).origin !== new URL(baseUrl).origin;
