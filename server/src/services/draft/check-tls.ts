import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import type { FieldProblem } from '../../platform/index.js';
import type { ServiceContent, ServiceTls } from '../definition.js';
import { say } from '../say.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const MOST_CERTIFICATES = 64;

/** Every certificate of a PEM text. @throws {Error} one of them is none */
const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(CERTIFICATE) ?? []).slice(0, MOST_CERTIFICATES).map((each) => new X509Certificate(each));

/** What is wrong with certificates and key of a service, before anything is connected with them. */
export function tlsProblems({ url, config, credentials }: ServiceContent, now: Date): FieldProblem[] {
  const key = credentials.find(({ target }) => target === 'tls')?.value;
  const { tls } = config;
  if (!tls) return key === undefined ? [] : [problem('key', say('needs its certificate', '需要对应的证书'))];
  if (!/^(https|wss):/i.test(url ?? ''))
    return [{ path: 'config.tls', message: say('needs an https or wss address', '需要 https 或 wss 地址') }];
  return [
    ...(tls.ca === undefined ? [] : certificateProblems('ca', tls.ca, now)),
    ...(tls.cert === undefined ? [] : [...certificateProblems('cert', tls.cert, now), ...keyProblems(tls.cert, key)]),
  ];
}

/** When certificates end; undefined for those that are not there or cannot be read. */
export function expiryOf(tls: ServiceTls | undefined): { ca?: string; cert?: string } | undefined {
  if (!tls) return undefined;
  const first = (pem: string | undefined): string | undefined => {
    const ends = pem === undefined ? [] : certificatesIn(pem).map(({ validToDate }) => validToDate);
    return ends.sort((a, b) => a.getTime() - b.getTime())[0]?.toISOString();
  };
  const [ca, cert] = [first(tls.ca), first(tls.cert)];
  return { ...(ca && { ca }), ...(cert && { cert }) };
}

function certificateProblems(field: 'ca' | 'cert', pem: string, now: Date): FieldProblem[] {
  const certificates = readable(() => certificatesIn(pem));
  if (!certificates || certificates.length === 0)
    return [problem(field, say('is no certificate in PEM', '不是 PEM 格式的证书'))];
  const expired = certificates.find(({ validToDate }) => validToDate <= now);
  if (!expired) return [];
  const day = expired.validToDate.toISOString().slice(0, 10);
  return [problem(field, say(`ended on ${day}`, `已于 ${day} 过期`))];
}

function keyProblems(cert: string, key: string | undefined): FieldProblem[] {
  if (key === undefined) return [problem('key', say('is needed for the certificate', '使用证书时必须填写私钥'))];
  if (/ENCRYPTED/.test(key)) return [problem('key', say('must be stored without a passphrase', '不能带有密码短语'))];
  const parsed: KeyObject | undefined = readable(() => createPrivateKey(key));
  if (!parsed) return [problem('key', say('is no private key in PEM', '不是 PEM 格式的私钥'))];
  const [certificate] = readable(() => certificatesIn(cert)) ?? [];
  if (!certificate || certificate.checkPrivateKey(parsed)) return [];
  return [problem('key', say('does not belong to the certificate', '与证书不匹配'))];
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const problem = (field: string, message: string): FieldProblem => ({ path: `config.tls.${field}`, message });
