import 'reflect-metadata';
import './platform/config/env-file.js';
import { ConfigError } from './platform/index.js';
import { startProduct } from './start-product.js';

/** sysexits.h: something was wrong with the configuration. */
const EX_CONFIG = 78;

startProduct(process.env).catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(error instanceof ConfigError ? EX_CONFIG : 1);
});
