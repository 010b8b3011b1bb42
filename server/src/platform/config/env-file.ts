/**
 * Reads `.env` of the working directory into the environment; what is set already wins.
 * A side effect on import, because column types depend on DATABASE_URL when entities load.
 */
try {
  process.loadEnvFile();
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
