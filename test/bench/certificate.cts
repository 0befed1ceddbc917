/**
 * Makes a self-signed certificate for 127.0.0.1, encoded in DER (X.509 v3, RFC 5280): Node.js can make keys but not
 * certificates, and no key belongs in the repository.
 */

import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';

function der(tag: number, ...parts: Buffer[]) {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const identifier = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);
const time = (ms: number) =>
	der(0x17, Buffer.from(new Date(ms).toISOString().slice(2, 19).replace(/[-T:]/g, '') + 'Z'));

/** Makes a key and a certificate that is valid for one day, both in PEM. */
export function selfSigned(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(identifier(ECDSA_WITH_SHA256));
	const name = sequence(
		der(0x31, sequence(identifier(COMMON_NAME), der(0x0c, Buffer.from('benchmark on loopback')))),
	);
	const loopback = sequence(der(0x87, Buffer.from([127, 0, 0, 1])));
	const day = 24 * 3_600_000;
	const certificate = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1]), randomBytes(15)),
		algorithm,
		name,
		sequence(time(Date.now() - day), time(Date.now() + day)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(sequence(identifier(SUBJECT_ALT_NAME), der(0x04, loopback)))),
	);
	const signature = createSign('sha256').update(certificate).sign(privateKey);
	const lines = sequence(certificate, algorithm, bits(signature))
		.toString('base64')
		.match(/.{1,64}/g);
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		cert: ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join('\n'),
	};
}
