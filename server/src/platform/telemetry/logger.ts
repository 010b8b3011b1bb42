import type { LoggerService } from '@nestjs/common';
import pino, { stdSerializers, type DestinationStream, type Logger } from 'pino';
import { RequestContext } from '../context/request-context.js';
import type { Scrubber } from '../secrets/scrubber.js';

/** One JSON object per line on stdout, with the request's id, and with every live secret masked by value. */
export function createLogger(level: string, scrubber: Scrubber, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const { requestId } = RequestContext.current();
        return requestId === 'none' ? {} : { requestId };
      },
      serializers: { err: withoutValues },
      hooks: { streamWrite: (line) => scrubber.clean(line) },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** An error of the database carries what was to be stored: hashes of passwords, people's words. */
function withoutValues(error: Error): object {
  const { parameters: _parameters, driverError: _driverError, ...shown } = stdSerializers.err(error);
  return shown;
}

/** Nest lists every module and route at start; that is for whoever debugs the wiring. */
const CHATTY: ReadonlySet<string> = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

/** Lets Nest and our classes write through pino: `logger.error({ err, … })` or `logger.log('text')`. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log = (message: unknown, ...rest: unknown[]): void => this.write('info', message, rest);
  error = (message: unknown, ...rest: unknown[]): void => this.write('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.write('trace', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.write('fatal', message, rest);

  /** Nest passes the name of the logger last, and a stack before it for errors. */
  private write(level: pino.Level, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const fields = typeof message === 'object' && message !== null ? message : { msg: String(message) };
    const actual = level === 'info' && context !== undefined && CHATTY.has(context) ? 'debug' : level;
    this.pino[actual]({
      ...(context && { context }),
      ...(stack && { stack }),
      ...(message instanceof Error ? { err: message } : fields),
    });
  }
}
