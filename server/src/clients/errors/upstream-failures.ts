/** One message is larger than we take. `requestId` tells which request it answers, where that can be seen. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';

  constructor(
    readonly limitBytes: number,
    readonly requestId?: string | number,
  ) {
    super(`MessageTooLarge: more than ${limitBytes} bytes`);
  }
}

/** One message is such that parsing it would stall us. `requestId` tells which request it answers, where that can be seen. */
export class MessageTooComplex extends Error {
  override readonly name = 'MessageTooComplex';

  constructor(
    readonly reason: string,
    readonly requestId?: string | number,
  ) {
    super(`MessageTooComplex: ${reason}`);
  }
}

/** The command or its folder is not there, or may not be used. */
export class CommandNotFound extends Error {
  override readonly name = 'CommandNotFound';
}

/** What a command runs cannot be told completely; the message says why. */
export class Unpinnable extends Error {
  override readonly name = 'Unpinnable';
}

/** Why a child process is gone, and what it said last. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';

  constructor(
    readonly exitCode: number | null,
    readonly signal: NodeJS.Signals | null,
    readonly stderr: string,
  ) {
    super(exitCode === null ? `signal ${signal ?? '?'}` : `exit code ${exitCode}`);
  }
}

/** The child does not read what we write. */
export class InputNotRead extends Error {
  override readonly name = 'InputNotRead';
}

/** The WebSocket handshake was answered with an ordinary HTTP response. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused';

  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** The service answered that it is too busy, and said when to come back. */
export class ServiceBusy extends Error {
  override readonly name = 'ServiceBusy';

  /** @param seconds as we keep to them: at least 1, at most a minute */
  constructor(
    readonly status: number,
    readonly seconds: number,
  ) {
    super(`HTTP ${status}, come back in ${seconds} s`);
  }
}

/** The stream that should have carried the answer ended without it. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}
