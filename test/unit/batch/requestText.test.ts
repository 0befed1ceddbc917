/** A request as the text of a dry run. */

import { requestText } from '../../../nodes/OneTalk/batch/requestText';

it('has one line for each value, with the names of variables', () => {
	const text = requestText({
		method: 'POST',
		path: '/inbox/send',
		body: {
			channelID: '42',
			phone: '6281212345678',
			parameters: {
				header: [],
				body: [
					{ name: 'name', value: 'Sari' },
					{ name: '1', value: 'a\nb' },
				],
			},
			sections: [{ title: 'A', rows: ['x'] }],
			withCase: true,
			nothing: null,
			absent: undefined,
		},
	});
	expect(text).toBe(
		[
			'POST /inbox/send',
			'channelID: 42',
			'phone: 6281212345678',
			'parameters body name: Sari',
			'parameters body 1: a\nb',
			'sections 1 title: A',
			'sections 1 rows 1: x',
			'withCase: true',
			'nothing: null',
		].join('\n'),
	);
});

it('is the first line alone where there is no body', () => {
	expect(requestText({ method: 'GET', path: '/inbox/case' })).toBe('GET /inbox/case');
});
