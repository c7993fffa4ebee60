/** A certificate that vouches for itself, made on the spot: for servers that speak TLS in tests. X.509 (RFC 5280) in its shortest form. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface OwnCertificate {
  readonly certificate: string;
  readonly key: string;
}

export function createOwnCertificate(host: string): OwnCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid('1.2.840.10045.4.3.2')); // ecdsa-with-SHA256
  const name = sequence(set(sequence(oid('2.5.4.3'), tag(0x0c, Buffer.from(host)))));
  const time = (date: Date) =>
    tag(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
  const day = 86_400_000;
  const alternative = sequence(oid('2.5.29.17'), tag(0x04, sequence(tag(0x82, Buffer.from(host)))));
  const authority = sequence(
    oid('2.5.29.19'),
    tag(0x01, Buffer.from([0xff])),
    tag(0x04, sequence(tag(0x01, Buffer.from([0xff])))),
  );
  const body = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(0xa3, sequence(authority, alternative)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const der = sequence(body, algorithm, tag(0x03, signature));
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function tag(type: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([type, ...head]), content]);
}

const sequence = (...parts: Buffer[]) => tag(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => tag(0x31, Buffer.concat(parts));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((part) => {
    const digits = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 127) | 128);
    return digits;
  });
  return tag(0x06, Buffer.from([first * 40 + second, ...bytes]));
}
