import type { ErrorEntry, Language } from '../libs/contracts/src/index.js';

/** The page of every error code in one language, as Markdown. */
export function errorPage(errors: Record<string, ErrorEntry>, language: Language): string;
