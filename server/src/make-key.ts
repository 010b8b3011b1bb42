import 'reflect-metadata';
import './platform/config/env-file.js';
import { createKeyFile, readConfig } from './platform/index.js';

/** For operators: makes the root key file that GATEHOUSE_KEY_FILE names, once, before the first start in production. */
const { keyFile } = readConfig(process.env);
createKeyFile(keyFile);
console.log(`Made ${keyFile}. Back it up: stored credentials cannot be opened without it.`);
