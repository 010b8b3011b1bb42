import { setSourceMapsSupport } from 'node:module';
import { setFlagsFromString } from 'node:v8';

/*
 * What the runtime has to know before it loads the product.
 *
 * Left to itself, V8 lets garbage of calls grow to several times what is in use before it looks for it, because the machine has
 * memory to spare; a container has not. Looking sooner costs some computing time. The size of the young generation can only be
 * set where the process is started: `--max-semi-space-size`.
 *
 * Stack traces name our sources. `--enable-source-maps` would keep the maps of all packages as well, 15 MB of them.
 */
setFlagsFromString('--heap-growing-percent=50');
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });

await import('./run-product.js');
