// Every browser has these; jsdom does not.
import { TextDecoder, TextEncoder } from 'node:util';

globalThis.TextDecoder ??= TextDecoder;
globalThis.TextEncoder ??= TextEncoder;
if (globalThis.Element) Element.prototype.scrollIntoView ??= () => undefined;
