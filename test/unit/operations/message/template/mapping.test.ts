/** The fields that n8n shows for the variables of a template. */

import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import { templateVariables } from '../../../../../nodes/OneTalk/operations/message/template/mapping';

/** n8n passes the parameters as the editor has them. Nothing else may be used, so that no request is made. */
const fieldsFor = async (parameters: INodeParameters | undefined) =>
	await templateVariables.call({ getCurrentNodeParameters: () => parameters } as ILoadOptionsFunctions);

it('shows one field per variable, in the order of the texts', async () => {
	const { fields, emptyFieldsNotice } = await fieldsFor({
		templateHeaderType: 'image',
		templateHeader: 'left over {{x}}',
		templateBody: 'Hi {{name}} {{10}} {{2}} {{name}}',
		templateFooter: '{{1}} {{name}}',
		templateButtons: 'Stop\nhttps://example.com/{{1}}',
	});
	expect(fields.map(({ id, displayName }) => [id, displayName])).toEqual([
		['header_image', 'header_image (URL)'],
		['name', 'name'],
		['10', '10'],
		['2', '2'],
		['footer_1', 'footer_1 (Footer)'],
		['url_1', 'url_1 (Button 2)'],
	]);
	expect(fields.every(({ required, display, type }) => required && display && type === 'string')).toBe(true);
	expect(emptyFieldsNotice).toBeUndefined();
});

it('shows the same number in the header and in the body as two fields', async () => {
	const { fields } = await fieldsFor({
		templateHeaderType: 'text',
		templateHeader: '{{1}} {{title}}',
		templateBody: '{{1}} {{title}}',
	});
	expect(fields.map(({ displayName }) => displayName)).toEqual(['header_1 (Header)', 'title (Header)', '1']);
});

it.each([[undefined], [{}], [{ templateBody: 'Hi' }]])(
	'says what to do where there is none: %j',
	async (parameters) => {
		const { fields, emptyFieldsNotice } = await fieldsFor(parameters);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toContain('Paste the template’s texts above');
	},
);
