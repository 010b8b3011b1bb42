export { ResourceDirectory } from './resource-directory.js';
export type { Offered } from './resource-directory.js';
export { ResourceReader, labelOfResource } from './resource-reader.js';
export type { ReadRequest } from './resource-reader.js';
export { ResourcesModule } from './resources.module.js';
