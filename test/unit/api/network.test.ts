/** Errors of the network: which prove that OneTalk did not get the request, and which do not. */

import { networkFailure } from '../../../nodes/OneTalk/api/network';
import { noMask } from '../../../nodes/OneTalk/api/mask';

const NO_SECRET = { mask: noMask, credentialName: 'OneTalk API', urlLabel: 'base URL' };

/** An error as n8n passes it on: the socket's error inside up to three others. */
function wrapped(inner: object): object {
	return { message: 'The connection was aborted', cause: { message: 'request failed', cause: inner } };
}

describe('errors that prove that OneTalk was never reached are "unreachable"', () => {
	it.each<[string, object, string]>([
		['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }, 'connection refused'],
		['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'host name is unknown'],
		['a host look-up that failed', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'could not be looked up'],
		['a time-out while connecting', { code: 'ETIMEDOUT', syscall: 'connect' }, 'etimedout'],
		['no network', { code: 'ENETUNREACH', syscall: 'connect' }, 'no network'],
		['a base URL that is none', { code: 'ERR_INVALID_URL' }, 'the URL is not valid'],
		['a self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'self-signed'],
		['an expired certificate', { code: 'CERT_HAS_EXPIRED' }, 'expired'],
		[
			'both addresses of a host refused',
			{ errors: [{ code: 'ECONNREFUSED', syscall: 'connect' }] },
			'connection refused',
		],
		["n8n's own error of a refused connection", { httpCode: 'ECONNREFUSED' }, 'connection refused'],
	])('%s, bare and wrapped', (_sentence, error, words) => {
		for (const failure of [networkFailure(error, NO_SECRET), networkFailure(wrapped(error), NO_SECRET)]) {
			expect(failure.kind).toBe('unreachable');
			expect(failure.message).toContain(words);
			expect(failure.hint).toContain('base URL');
			expect(failure.httpStatus).toBeUndefined();
		}
	});
});

describe('errors after which OneTalk may have been reached are "broken"', () => {
	it.each<[string, unknown, string]>([
		['a reset connection', { code: 'ECONNRESET', syscall: 'read' }, 'closed from the other side'],
		['a write into a closed connection', { code: 'EPIPE', syscall: 'write' }, 'closed from the other side'],
		["axios's time-out", { code: 'ECONNABORTED' }, 'did not answer in time'],
		['a time-out after connecting', { code: 'ETIMEDOUT', syscall: 'read' }, 'did not answer in time'],
		['a cancelled execution', { code: 'ERR_CANCELED' }, 'cancelled'],
		['an answer that is not HTTP', { code: 'HPE_INVALID_CONSTANT' }, 'hpe invalid constant'],
		['an error without a code', { message: 'Something\nodd' }, 'Something odd'],
	])('%s, bare and wrapped', (_sentence, error, words) => {
		expect(networkFailure(error, NO_SECRET)).toMatchObject({ kind: 'broken' });
		expect(networkFailure(error, NO_SECRET).message).toContain(words);
		expect(networkFailure(wrapped(error as object), NO_SECRET).kind).toBe('broken');
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['text', 'boom'],
		['a number', 5],
		['a list', []],
	])('%s, thrown instead of an error', (_sentence, thrown) => {
		expect(networkFailure(thrown, NO_SECRET)).toMatchObject({
			kind: 'broken',
			hint: expect.any(String) as string,
		});
	});
});

it('the innermost error code decides', () => {
	const error = { code: 'ERR_BAD_RESPONSE', cause: { code: 'ECONNRESET' } };
	expect(networkFailure(error, NO_SECRET).code).toBe('ECONNRESET');
});

it('an HTTP status is not mistaken for a socket error code', () => {
	expect(networkFailure({ httpCode: '500', message: 'm' }, NO_SECRET).code).toBeUndefined();
});

it('an error that is its own cause does not cause an endless loop', () => {
	const error: { message: string; cause?: unknown } = { message: 'round' };
	error.cause = error;
	expect(networkFailure(error, NO_SECRET).message).toContain('round');
});

it.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'EAI_AGAIN'])(
	'writes %s in words, since n8n replaces a message that holds the bare code',
	(code) => {
		expect(networkFailure({ code }, NO_SECRET).message).not.toContain(code);
	},
);
