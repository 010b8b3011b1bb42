import { RequestContext } from '../platform/index.js';

/** One of two texts, by the language of the request. */
export const say = (en: string, zh: string): string => (RequestContext.current().language === 'zh' ? zh : en);
