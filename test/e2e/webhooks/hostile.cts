/** Several hundred deliveries that no honest sender makes, by tables. */

import { deflateSync, gzipSync } from 'node:zlib';
import { CASE_RESOLVED, CHAT_MESSAGE, MESSAGE_STATUS } from '../../support/deliveries.ts';
import type { Request } from './deliver.cts';

/** A delivery, and the statuses that may answer it. */
export interface Hostile {
	what: string;
	request: Request;
	expected: number[];
}

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1024 * 1024;

const nested = (levels: number, open: string, close: string) =>
	`{"a":${open.repeat(levels)}1${close.repeat(levels)}}`;

/** Values of the wrong type; some of them are right for some fields. */
const VALUES: Array<[what: string, json: string]> = [
	['null', 'null'],
	['true', 'true'],
	['zero', '0'],
	['a negative fraction', '-1.5'],
	['a number too large for a double', '1e999'],
	['an empty text', '""'],
	['a blank text', '" \\n\\t"'],
	['control characters and half a surrogate pair', '"\\u0000\\u001b[31m\\ud800"'],
	['markup', '"<script>alert(1)</script>{{ $json }}={{ 1 }}"'],
	['a long text', JSON.stringify('x'.repeat(100_000))],
	['an empty list', '[]'],
	['a list of lists', '[[[1]],{"a":[null]}]'],
	['an empty object', '{}'],
	[
		'names of prototypes',
		'{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"toString":1}',
	],
	['25 levels', nested(24, '[', ']')],
];

type Path = string[];

const CHATBOT_PATHS: Path[] = [
	['caseID'],
	['channelType'],
	['channelID'],
	['channelName'],
	['sender'],
	['sender', 'phone'],
	['sender', 'customerUserID'],
	['sender', 'contactName'],
	['message'],
	['message', 'id'],
	['message', 'type'],
	['message', 'text'],
	['message', 'text', 'body'],
	['message', 'document'],
	['message', 'image'],
	['message', 'location'],
	['message', 'whatsappba'],
	['message', 'whatsappba', 'button'],
	['message', 'whatsappba', 'interactive'],
	['message', 'whatsappba', 'interactive', 'nfm_reply', 'response_json'],
	['message', 'timestamp'],
];

const STATUS_PATHS: Path[] = [
	['type'],
	['organizationID'],
	['integrationMessageStatus'],
	['integrationMessageStatus', 'trxID'],
	['integrationMessageStatus', 'status'],
	['integrationMessageStatus', 'channelType'],
	['integrationMessageStatus', 'contactPhone'],
	['integrationMessageStatus', 'timestamp'],
	['integrationMessageStatus', 'somethingNew'],
];

const CASE_PATHS: Path[] = [
	['caseResolved'],
	['caseResolved', 'caseID'],
	['caseResolved', 'topicID'],
	['caseResolved', 'isJunk'],
	['caseResolved', 'resolvedTime'],
	['somethingNew'],
];

const MARK = '"@@"';

/** JSON of a body in which the value at a path is replaced; what is missing on the way becomes an object. */
function withValue(body: object, path: Path, json: string): string {
	const copy = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
	let place = copy;
	for (const name of path.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>;
	place[path[path.length - 1]] = JSON.parse(MARK);
	return JSON.stringify(copy).replace(MARK, () => json);
}

/** Every wrong value in every documented field. The answer is 200 or 400; the body has an ID that no other one has. */
export function wrongValues(kind: 'chatbot' | 'organization', headers: Record<string, string>): Hostile[] {
	let count = 0;
	const table: Array<[paths: Path[], body: () => object]> =
		kind === 'chatbot'
			? [
					[
						CHATBOT_PATHS,
						() => ({
							...CHAT_MESSAGE,
							caseID: `case-${count}`,
							message: { ...CHAT_MESSAGE.message, id: `message-${count}` },
						}),
					],
				]
			: [
					[
						STATUS_PATHS,
						() => ({
							...MESSAGE_STATUS,
							integrationMessageStatus: {
								...MESSAGE_STATUS.integrationMessageStatus,
								trxID: `trx-${count}`,
							},
						}),
					],
					[
						CASE_PATHS,
						() => ({
							...CASE_RESOLVED,
							caseResolved: { ...CASE_RESOLVED.caseResolved, caseID: `case-${count}` },
						}),
					],
				];
	return table.flatMap(([paths, body]) =>
		paths.flatMap((path) =>
			VALUES.map(([what, json]) => {
				count++;
				return {
					what: `${path.join('.')}: ${what}`,
					request: { headers: { ...JSON_TYPE, ...headers }, body: withValue(body(), path, json) },
					expected: [200, 400],
				};
			}),
		),
	);
}

const NO_JSON_OBJECT: Array<[what: string, body: string | Buffer]> = [
	['nothing', ''],
	['a space', ' '],
	['null', 'null'],
	['a text', '"caseID"'],
	['a number', '1'],
	['a list', '[{}]'],
	['half an object', '{"caseID":"A","message":'],
	['two objects', '{}{}'],
	['a form', 'caseID=A&message=x'],
	['XML', '<caseID>A</caseID>'],
	['33 levels of lists', nested(32, '[', ']')],
	['33 levels of objects', nested(32, '{"a":', '}')],
	['20,000 levels', nested(20_000, '[', ']')],
	['500,000 levels', `{"a":${'['.repeat(500_000)}`],
	['UTF-16', Buffer.from(JSON.stringify(CHAT_MESSAGE), 'utf16le')],
	['bytes that are no text', Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256))],
	['a NUL after the object', `${JSON.stringify(CHAT_MESSAGE)}\0`],
];

const CONTENT_TYPES = [
	'application/json',
	'application/json; charset=klingon',
	'application/json; charset=utf-16',
	'application/json; charset="',
	'application/vnd.api+json',
	'application/x-www-form-urlencoded',
	'multipart/form-data',
	'multipart/form-data; boundary=x',
	'text/plain',
	'text/xml',
	'application/octet-stream',
	';;;=',
];

/** Bodies that are no JSON object, under every content type, and bodies that are too large. */
export function wrongBodies(headers: Record<string, string>): Hostile[] {
	const small = NO_JSON_OBJECT.map(([what, body]) => ({
		what,
		request: { headers: { ...JSON_TYPE, ...headers }, body },
		expected: [400],
	}));
	const typed = CONTENT_TYPES.flatMap((type) =>
		['', '{', '--x\r\n\r\n--x--'].map((body) => ({
			what: `${type}: ${JSON.stringify(body)}`,
			request: { headers: { 'content-type': type, ...headers }, body },
			expected: [400],
		})),
	);
	const untyped = ['', '{'].map((body) => ({
		what: `no content type: ${body}`,
		request: { headers, body },
		expected: [400],
	}));
	return [...small, ...typed, ...untyped, ...encoded(headers), ...large(headers)];
}

function encoded(headers: Record<string, string>): Hostile[] {
	const zipped = gzipSync(JSON.stringify(CHAT_MESSAGE));
	const table: Array<[what: string, encoding: string, body: string | Buffer, expected: number]> = [
		['no gzip', 'gzip', 'no gzip', 400],
		['half of a gzip', 'gzip', zipped.subarray(0, zipped.length / 2), 400],
		['gzip with a wrong checksum', 'gzip', Buffer.concat([zipped.subarray(0, -8), Buffer.alloc(8)]), 400],
		['no deflate', 'deflate', 'no deflate', 400],
		['an unknown encoding', 'br', zipped, 400],
		['gzip without saying so', 'identity', zipped, 400],
		['10 MB in a small gzip', 'gzip', gzipSync('x'.repeat(10 * MEGABYTE)), 413],
		['64 MB in a small gzip', 'gzip', gzipSync(Buffer.alloc(64 * MEGABYTE)), 413],
		['64 MB in a small deflate', 'deflate', deflateSync(Buffer.alloc(64 * MEGABYTE)), 413],
	];
	return table.map(([what, encoding, body, expected]) => ({
		what,
		request: { headers: { ...JSON_TYPE, ...headers, 'content-encoding': encoding }, body },
		expected: [expected],
	}));
}

function large(headers: Record<string, string>): Hostile[] {
	return [MEGABYTE + 1, 10 * MEGABYTE, 17 * MEGABYTE].map((length) => ({
		what: `${length} bytes`,
		request: { headers: { ...JSON_TYPE, ...headers }, body: 'x'.repeat(length) },
		expected: [413],
	}));
}

/** Deliveries that would start the workflow, with secrets that are nearly right. The answer is 403. */
export function nearMisses(secret: string, body: string, withQuery: boolean): Hostile[] {
	const header = (value: string | string[]) => ({ headers: { ...JSON_TYPE, 'x-secret-key': value } });
	const table: Array<[what: string, request: Request]> = [
		['no secret', { headers: JSON_TYPE }],
		['an empty header', header('')],
		['a character less', header(secret.slice(0, -1))],
		['a character more', header(`${secret}0`)],
		['the first character missing', header(secret.slice(1))],
		['other capitals', header(secret.toUpperCase())],
		['a space inside', header(`${secret.slice(0, 4)} ${secret.slice(4)}`)],
		['the last character changed', header(`${secret.slice(0, -1)}#`)],
		['the secret in quotes', header(`"${secret}"`)],
		['the secret as a bearer', header(`Bearer ${secret}`)],
		['the secret in base64', header(Buffer.from(secret).toString('base64'))],
		['the header twice', header([secret, secret])],
		['the header twice, once wrong', header(['wrong', secret])],
		['a list in JSON', header(JSON.stringify([secret]))],
		['undefined', header('undefined')],
		['null', header('null')],
		['an object', header('[object Object]')],
		['15,000 characters', header('x'.repeat(15_000))],
		['latin-1 characters', header('\u00e9\u00ff')],
		['the header of the other direction', { headers: { ...JSON_TYPE, 'secret-key': secret } }],
		['an authorization header', { headers: { ...JSON_TYPE, authorization: `Bearer ${secret}` } }],
		['a cookie', { headers: { ...JSON_TYPE, cookie: `x-secret-key=${secret}; token=${secret}` } }],
		...[
			`token=${secret}&token=${secret}`,
			`token[]=${secret}`,
			`token[a]=${secret}`,
			`token[__proto__]=${secret}`,
			`__proto__[token]=${secret}`,
			`constructor[prototype][token]=${secret}`,
			'token=',
			'token',
			`token=${secret}0`,
			`token=${secret.toUpperCase()}`,
			`Token=${secret}`,
			`x-secret-key=${secret}`,
			`secret=${secret}`,
			...(withQuery ? [] : [`token=${secret}`]),
		].map((query): [string, Request] => [query, { headers: JSON_TYPE, query: `?${query}` }]),
		['a header that is wrong beside the right query', { ...header('wrong'), query: `?token=${secret}` }],
		['a header that is empty beside the right query', { ...header(''), query: `?token=${secret}` }],
	];
	return table.map(([what, request]) => ({
		what: what.replaceAll(secret, '***'),
		request: { ...request, body },
		expected: [403],
	}));
}
