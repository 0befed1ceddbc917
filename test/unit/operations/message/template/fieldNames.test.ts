/** Fields of a template's variables that would have the same name. */

import { templateVariables } from '../../../../../nodes/OneTalk/operations/message/template/mapping';
import { fromTexts } from '../../../../../nodes/OneTalk/operations/message/template/parameters';

const RULES = { timezone: 'UTC', lineBreaks: 'collapse' as const };
const texts = {
	templateHeaderType: 'text',
	templateHeader: 'Order {{1}}',
	templateBody: 'Hi {{header_1}}, see {{url_0}} and {{name}}',
	templateFooter: '{{name}}',
	templateButtons: 'https://www.example.com/{{1}}',
};
const FIELDS = ['header_1_', 'header_1', 'url_0', 'name', 'url_0_'];

it('have different names, and the panel shows each of them', async () => {
	const { fields } = await templateVariables.call({
		getCurrentNodeParameters: () => texts,
	} as never);
	expect(fields.map(({ id }) => id)).toEqual(FIELDS);
});

it('have different values', () => {
	const value = Object.fromEntries(FIELDS.map((field) => [field, `<${field}>`]));
	const templateValues = { mappingMode: 'defineBelow', value };
	expect(fromTexts({ ...texts, templateValues }, {}, RULES).variables).toEqual({
		header: [{ name: '1', value: '<header_1_>' }],
		body: [
			{ name: 'header_1', value: '<header_1>' },
			{ name: 'url_0', value: '<url_0>' },
			{ name: 'name', value: '<name>' },
		],
		footer: [{ name: 'name', value: '<name>' }],
		buttons: [{ name: 'url_0', value: '<url_0_>' }],
	});
});

it('goes on to the next free name', async () => {
	const { fields } = await templateVariables.call({
		getCurrentNodeParameters: () => ({
			templateHeaderType: 'image',
			templateBody: '{{header_image}} {{header_image_}}',
		}),
	} as never);
	expect(fields.map(({ id, displayName }) => [id, displayName])[0]).toEqual([
		'header_image__',
		'header_image__ (URL)',
	]);
});
