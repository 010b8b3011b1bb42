import type { JsonSchema } from '../json-schema';
import everything from './everything.json';
import filesystem from './filesystem.json';
import memory from './memory.json';
import others from './others.json';

/** Tools as public servers describe them: the reference servers in full, and what other libraries and people make of JSON Schema. */
export const CORPUS: { name: string; inputSchema: JsonSchema }[] = [...everything, ...filesystem, ...memory, ...others];
