// Every browser has these; jsdom does not.
import { TransformStream } from 'node:stream/web';
import { TextDecoder, TextEncoder } from 'node:util';

globalThis.TextDecoder ??= TextDecoder;
globalThis.TextEncoder ??= TextEncoder;
globalThis.TransformStream ??= TransformStream;
if (globalThis.Element) Element.prototype.scrollIntoView ??= () => undefined;
