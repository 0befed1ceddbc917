/** All ways to enter the variables of a template make the same request. */

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { sendTemplate } from '../../nodes/OneTalk/operations/message/sendTemplate';
import type { Parameters } from '../../nodes/OneTalk/operations/operation';

const RUNS = 2_000;

/** Text between variables, without braces or brackets. */
const between = fc.string({ unit: fc.constantFrom(...'Hi, 🎉ن\n'.split(/(?:)/u)), maxLength: 12 });
const name = fc.oneof(fc.stringMatching(/^[a-z][a-z_]{0,8}$/), fc.integer({ min: 1, max: 15 }).map(String));
const value = fc.oneof(
	fc.string({ unit: 'binary', minLength: 1, maxLength: 15 }),
	fc.constantFrom(' a\r\n b\t', 'x      y', '\u2028Budi', 0, 150000, 0.1 + 0.2, true, false),
	fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
	// Values that are refused must be refused in every way to enter them.
	fc.constantFrom<unknown[]>('', ' \n', null, undefined, NaN, ['a'], {}, new Date(NaN)),
);

/** A variable, its spelling in the text, and the text before it. */
const piece = fc.record({ name, before: between, brackets: fc.boolean() });

const template = fc.record({
	header: fc.oneof(
		fc.constant(undefined),
		fc.record({
			type: fc.constantFrom('image', 'video', 'document'),
			address: fc.constantFrom('https://example.com/f', ' http://example.com/a?b=c ', 'a.png'),
		}),
		fc.record({
			type: fc.constant('text'),
			pieces: fc.uniqueArray(piece, { selector: (one) => one.name, minLength: 1, maxLength: 1 }),
		}),
	),
	body: fc.uniqueArray(piece, { selector: (one) => one.name, maxLength: 12 }),
	footer: fc.uniqueArray(piece, { selector: (one) => one.name, maxLength: 2 }),
	buttons: fc.array(fc.boolean(), { maxLength: 3 }),
	values: fc.infiniteStream(value),
	repeated: fc.boolean(),
});

type Piece = { name: string; before: string; brackets: boolean };

const written = (pieces: Piece[]) =>
	`${pieces.map(({ name: variable, before, brackets }) => `${before}${brackets ? `[[ ${variable} ]]` : `{{${variable}}}`}`).join('')}.`;

/** The same template in the three parameter modes, and once more with values from input columns. */
function ways({
	header,
	body,
	footer,
	buttons,
	values,
	repeated,
}: typeof template extends fc.Arbitrary<infer T> ? T : never) {
	/** By field: a variable of the same name in two parts has one value. */
	const byField = new Map<string, unknown>();
	const take = (field: string) => {
		if (!byField.has(field)) byField.set(field, values.next().value);
		return byField.get(field);
	};
	const part = (group: string, pieces: Piece[]) =>
		pieces.map(({ name: variable }) => ({
			name: variable,
			value: take(group !== 'body' && /^\d+$/.test(variable) ? `${group}_${variable}` : variable),
		}));
	const isText = header !== undefined && 'pieces' in header;
	const media = header !== undefined && 'address' in header ? header : undefined;
	if (media) byField.set(`header_${media.type}`, media.address);
	const groups = {
		header: isText
			? part('header', header.pieces)
			: media
				? [{ type: media.type, value: media.address }]
				: [],
		body: part('body', body),
		footer: part('footer', footer),
		buttons: buttons.flatMap((has, index) =>
			has ? [{ name: `url_${index}`, value: take(`url_${index}`) }] : [],
		),
	};
	const texts = {
		parameterMode: 'templateText',
		templateHeaderType: header?.type ?? 'none',
		templateHeader: isText ? written(header.pieces) : '{{left_over}}',
		templateBody: written(repeated ? [...body, ...body] : body),
		templateFooter: footer.length === 0 ? '' : written(footer),
		templateButtons: buttons.map((has) => (has ? 'https://example.com/{{1}}' : 'No, thanks')).join('\r\n'),
	};
	const row = Object.fromEntries(byField);
	const fields = {
		parameterMode: 'fields',
		templateParameters: {
			...groups,
			header: isText ? groups.header.map((one) => ({ ...one, type: 'text' })) : groups.header,
		},
	};
	const byHand = { mappingMode: 'defineBelow', value: row };
	return {
		texts: { parameters: { ...texts, templateValues: byHand }, row: {} },
		columns: {
			parameters: { ...texts, templateValues: { mappingMode: 'autoMapInputData', value: null } },
			row: { ...row, phone: 'x' },
		},
		fields: { parameters: fields, row: {} },
		json: { parameters: { parameterMode: 'json', templateParametersJson: groups }, row: {} },
	};
}

const common = {
	channelId: '2100480937',
	phone: '6281212345678',
	templateName: 't',
	languageCode: 'en',
	withCase: true,
};

function outcome({ parameters, row }: { parameters: Parameters; row: object }, lineBreaks: string): unknown {
	try {
		const itemContext = { timezone: 'Asia/Jakarta', row: row as IDataObject };
		return sendTemplate.request({ ...common, ...parameters, options: { lineBreaks } }, itemContext).body;
	} catch (error) {
		return { refused: (error as { reason: string }).reason };
	}
}

it('the three ways to enter the variables of a template make the identical request, or are all refused', () => {
	const seen = { sent: 0, refused: 0, tooLong: 0 };
	fc.assert(
		fc.property(template, fc.constantFrom('collapse', 'refuse'), (given, lineBreaks) => {
			const { texts, columns, fields, json } = ways(given);
			const expected = outcome(fields, lineBreaks);
			expect(outcome(json, lineBreaks)).toStrictEqual(expected);
			const fromTexts = outcome(texts, lineBreaks);
			expect(outcome(columns, lineBreaks)).toStrictEqual(fromTexts);
			// Only the template text tells how long the finished message is.
			const isTooLong = /finished/.test(String((fromTexts as { refused?: string }).refused));
			if (!isTooLong) expect(fromTexts).toStrictEqual(expected);
			seen[isTooLong ? 'tooLong' : 'refused' in (expected as object) ? 'refused' : 'sent']++;
		}),
		{ numRuns: RUNS },
	);
	expect(seen.sent).toBeGreaterThan(RUNS / 10);
	expect(seen.refused).toBeGreaterThan(RUNS / 10);
});
