import type { JsonSchema } from '../json-schema';
import everything from './everything.json' with { type: 'json' };
import filesystem from './filesystem.json' with { type: 'json' };
import memory from './memory.json' with { type: 'json' };
import others from './others.json' with { type: 'json' };

/** Tools as public servers describe them: the reference servers in full, and what other libraries and people make of JSON Schema. */
export const CORPUS: { name: string; inputSchema: JsonSchema }[] = [...everything, ...filesystem, ...memory, ...others];
