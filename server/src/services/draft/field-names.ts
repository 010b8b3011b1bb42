import { say } from '../say.js';

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Set by the transport itself; a service's settings may not contradict it. */
const OUR_HEADERS =
  /^(host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-length|content-type|accept|expect|last-event-id|origin|sec-.*|proxy-.*|mcp-.*)$/i;
/** RFC 9110 §5.5, as far as HTTP libraries send it unchanged. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Variables by which a value alone makes another program run, or another file be loaded. */
const HIJACKING_ENV = /^(PATH|NODE_OPTIONS|BASH_ENV|ENV|PYTHONSTARTUP|PERL5OPT|RUBYOPT|LD_.*|DYLD_.*|BASH_FUNC_.*)$/;

/** What is wrong with a header, as a sentence in the language of the request; undefined when it is fine. */
export function headerProblem(name: string, value: string): string | undefined {
  if (!TOKEN.test(name)) return say('is not a header name', '不是有效的请求头名称');
  if (OUR_HEADERS.test(name)) return say('is set by Gatehouse itself', '由 Gatehouse 自行设置');
  if (!HEADER_VALUE.test(value)) {
    return say('holds characters that a header cannot carry', '包含请求头无法携带的字符');
  }
  return undefined;
}

/** What is wrong with a variable of the environment, likewise. */
export function envProblem(name: string): string | undefined {
  if (!ENV_NAME.test(name)) return say('is not the name of an environment variable', '不是有效的环境变量名');
  if (HIJACKING_ENV.test(name.toUpperCase())) {
    return say('may not be set: it could make another program run', '不允许设置：它可能导致运行其他程序');
  }
  return undefined;
}
