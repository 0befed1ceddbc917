/** What an error of the network means: whether OneTalk can have seen the request. */

import type { Access } from './service';
import { excerpt } from './text';
import type { Failure } from './types';

interface NetworkTrouble {
	code: string;
	syscall: string;
	text: string;
}

/** Codes that can only occur before a connection stands, so OneTalk never saw the request. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Likewise, and it stays so until somebody corrects the address or the certificate. */
const LASTING = new Set([
	'ERR_INVALID_URL',
	'ERR_INVALID_PROTOCOL',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

const reachHint = ({ credentialName, urlLabel }: Access) =>
	`Check the ${urlLabel} in the credential "${credentialName}", and that this n8n can reach it (internet connection, proxy, firewall).`;
const LATER_HINT = 'Try again in a few minutes. If it lasts, check the internet connection of this n8n.';

/**
 * What a request that got no answer means. Only what provably happened before a connection stood is `unreachable`;
 * everything else may have reached OneTalk.
 *
 * @param access takes the secret out of an error's text, and names the credential
 */
export function networkFailure(error: unknown, access: Access): Failure {
	const { code, syscall, text } = innermost(error);
	if (LASTING.has(code)) {
		return {
			kind: 'unreachable',
			lasting: true,
			everyRow: true,
			message: `n8n cannot reach OneTalk (${spell(code)})`,
			hint: reachHint(access),
			code,
		};
	}
	if (NEVER_CONNECTED.has(code) || syscall === 'connect' || syscall === 'getaddrinfo') {
		return {
			kind: 'unreachable',
			message: `n8n cannot reach OneTalk (${spell(code)})`,
			hint: reachHint(access),
			code,
		};
	}
	if (TIMED_OUT.has(code)) {
		return { kind: 'broken', message: 'OneTalk did not answer in time', hint: LATER_HINT, code };
	}
	if (code === 'ERR_CANCELED') {
		return {
			kind: 'broken',
			message: 'The execution was cancelled while OneTalk was asked',
			hint: LATER_HINT,
			code,
		};
	}
	if (code !== '') {
		return {
			kind: 'broken',
			message: `The connection to OneTalk broke (${spell(code)})`,
			hint: LATER_HINT,
			code,
		};
	}
	return {
		kind: 'broken',
		message: `The request to OneTalk did not work: ${excerpt(access.mask(text))}`,
		hint: LATER_HINT,
	};
}

/** n8n replaces a message that holds a bare socket code by a text of its own, so the code is put in words. */
function spell(code: string): string {
	const words: Record<string, string> = {
		ECONNREFUSED: 'connection refused',
		ENOTFOUND: 'its host name is unknown',
		EAI_AGAIN: 'its host name could not be looked up',
		ERR_INVALID_URL: 'the URL is not valid',
		ECONNRESET: 'closed from the other side',
		EPIPE: 'closed from the other side',
		ENETUNREACH: 'no network',
		EHOSTUNREACH: 'no way to the host',
		CERT_HAS_EXPIRED: 'its certificate has expired',
		DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
		SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
	};
	return words[code] ?? code.toLowerCase().replaceAll('_', ' ');
}

/** n8n wraps network errors, sometimes twice; the innermost socket code is the one that tells. */
function innermost(error: unknown): NetworkTrouble {
	const found: NetworkTrouble = { code: '', syscall: '', text: '' };
	let layer: unknown = error;
	for (let depth = 0; depth < 6 && typeof layer === 'object' && layer !== null; depth++) {
		const { code, httpCode, syscall, message, cause, errors } = layer as Record<string, unknown>;
		for (const candidate of [code, httpCode]) {
			if (typeof candidate === 'string' && /^[A-Z][A-Z_]+$/.test(candidate)) found.code = candidate;
		}
		if (found.syscall === '' && typeof syscall === 'string') found.syscall = syscall;
		if (found.text === '') found.text = excerpt(message);
		layer = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
	}
	return found;
}
