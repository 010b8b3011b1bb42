import { generate } from 'selfsigned';

export interface Pem {
  cert: string;
  key: string;
}

const made = (name: string, more: Parameters<typeof generate>[1]): Promise<Pem> =>
  generate([{ name: 'commonName', value: name }], { keyType: 'ec', algorithm: 'sha256', ...more }).then((pem) => ({
    cert: pem.cert,
    key: pem.private,
  }));

/** An authority of our own, that nobody else knows. */
export const anAuthority = (name: string): Promise<Pem> =>
  made(name, {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', keyCertSign: true },
    ],
  });

/** For 127.0.0.1, as server and as client. */
export const aCertificate = (ca: Pem, more: Parameters<typeof generate>[1] = {}): Promise<Pem> =>
  made('leaf', {
    ca,
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ],
    ...more,
  });
