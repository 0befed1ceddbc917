/** What the trigger tells n8n of a failed poll. */

import type { Failure } from '../../../../nodes/OneTalk/api/types';
import { causeOf } from '../../../../nodes/OneTalk/triggers/cases/failures';

const failure = (known: Partial<Failure>): Failure => ({
	kind: 'refused',
	lasting: true,
	message: 'No',
	hint: 'Do this.',
	httpStatus: 200,
	...known,
});

it.each<[string, Failure, object]>([
	[
		'a rate limit',
		failure({ kind: 'busy', lasting: undefined, retryAfterMs: 5000 }),
		{ cause: 'rate-limited', retryAfterMs: 5000 },
	],
	[
		'HTTP 503',
		failure({ kind: 'broken', lasting: undefined, httpStatus: 503 }),
		{ cause: 'temporarily-unavailable' },
	],
	[
		'no connection',
		failure({ kind: 'unreachable', lasting: undefined, httpStatus: undefined }),
		{ cause: 'temporarily-unavailable' },
	],
	['a key that is missing', failure({ code: '40001' }), { cause: 'credential-invalid' }],
	['a key that is unknown', failure({ code: '49103' }), { cause: 'credential-invalid' }],
	['HTTP 401', failure({ code: 'HTTP 401', httpStatus: 401 }), { cause: 'credential-invalid' }],
	['a missing tier', failure({ code: '49900' }), { cause: 'configuration-invalid' }],
	['a monthly limit', failure({ code: '49903' }), { cause: 'quota-exhausted' }],
	[
		'a base URL that is none',
		failure({ kind: 'unreachable', httpStatus: undefined }),
		{ cause: 'configuration-invalid' },
	],
])('%s is declared to n8n', (_what, known, declared) => {
	expect(causeOf(known)).toEqual(declared);
});
