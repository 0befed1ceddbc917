/** The parameters with which a template is filled in. */

import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer_name',
	description: 'The variable’s name, as the template in OneTalk defines it',
};

const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	placeholder: 'e.g. Budi',
	description: 'What the recipient reads in its place',
};

const templateParameters: INodeProperties = {
	displayName: 'Variables',
	name: 'templateParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add variable',
	default: {},
	description:
		'The variables of the template, part by part. Leave out the parts that have none. To give them all by one expression, choose Using JSON.',
	displayOptions: { show: { parameterMode: ['fields'] } },
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Document', value: 'document' },
						{ name: 'Image', value: 'image' },
						{ name: 'Text', value: 'text' },
						{ name: 'Video', value: 'video' },
					],
					default: 'text',
					description: 'What the template has as its header',
				},
				{ ...name, displayOptions: { show: { type: ['text'] } } },
				{
					...value,
					placeholder: 'e.g. https://www.example.com/files/invoice.pdf',
					description:
						'The text in place of the variable, or the web address of the picture, video or document',
				},
			],
		},
		{ displayName: 'Body', name: 'body', values: [name, value] },
		{ displayName: 'Footer', name: 'footer', values: [name, value] },
		{
			displayName: 'Button',
			name: 'buttons',
			values: [
				{
					...name,
					default: 'url_0',
					placeholder: 'e.g. url_0',
					description: 'The button’s kind and its place, counted from 0: url_0 is a link on the first button',
				},
				{
					...value,
					placeholder: 'e.g. order-1234',
					description: 'What is put in place of the variable in the button’s address',
				},
			],
		},
	],
};

const templateParametersJson: INodeProperties = {
	displayName: 'Variables (JSON)',
	name: 'templateParametersJson',
	type: 'json',
	default: '{\n  "header": {},\n  "body": {},\n  "footer": {},\n  "buttons": {}\n}',
	description:
		'An object with header, body, footer and buttons, each either { "variable": "value" } or a list of { "name", "value" }. An expression may give an object or JSON text.',
	displayOptions: { show: { parameterMode: ['json'] } },
};

const inTexts = { parameterMode: ['templateText'] };

/**
 * When text with braces is pasted into an empty field, n8n's editor turns it into an expression by adding a `=` before it. In a
 * field without expressions it removes the `=` again.
 */
const text: Pick<INodeProperties, 'type' | 'default' | 'noDataExpression'> = {
	type: 'string',
	default: '',
	noDataExpression: true,
};

const texts: INodeProperties[] = [
	{
		displayName: 'Header Type',
		name: 'templateHeaderType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Document', value: 'document' },
			{ name: 'Image', value: 'image' },
			{ name: 'None', value: 'none' },
			{ name: 'Text', value: 'text' },
			{ name: 'Video', value: 'video' },
		],
		default: 'none',
		description: 'What the template has above its text',
		displayOptions: { show: inTexts },
	},
	{
		...text,
		displayName: 'Header Text',
		name: 'templateHeader',
		typeOptions: { rows: 2 },
		placeholder: 'e.g. Order {{order_number}}',
		description: 'Copied from the template in OneTalk, variables included',
		displayOptions: { show: { ...inTexts, templateHeaderType: ['text'] } },
	},
	{
		...text,
		displayName: 'Body Text',
		name: 'templateBody',
		typeOptions: { rows: 6 },
		placeholder: 'e.g. Hi {{name}}, your order is ready.',
		description:
			'Copied from the template in OneTalk, with its variables as {{name}}, {{1}} or [[name]]. A field for each variable appears below.',
		displayOptions: { show: inTexts },
	},
	{
		...text,
		displayName: 'Footer Text',
		name: 'templateFooter',
		typeOptions: { rows: 1 },
		placeholder: 'e.g. Reply STOP to unsubscribe',
		description: 'Copied from the template in OneTalk. Leave it empty if there is none.',
		displayOptions: { show: inTexts },
	},
	{
		...text,
		displayName: 'Button URLs',
		name: 'templateButtons',
		typeOptions: { rows: 2 },
		placeholder: 'e.g. https://www.example.com/orders/{{1}}',
		description:
			'One line for each button of the template, in its order: the URL as it stands in OneTalk, or the button’s label if it has none',
		displayOptions: { show: inTexts },
	},
];

const TEXTS = texts.map((property) => property.name);

/** n8n compares it with `isEqual`, though its type knows only plain values. */
const nothing = {} as unknown as NodeParameterValue;
const isUnmapped = { '/templateValues.value': [{ _cnd: { eq: nothing } }, null] };
const isAutomatic = { '/templateValues.mappingMode': ['autoMapInputData'] };
const isEmpty = { templateBody: [''] };

const templateValues: INodeProperties = {
	displayName: 'Values',
	name: 'templateValues',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	description: 'What the recipient reads in place of each variable',
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'templateVariables',
			mode: 'map',
			valuesLabel: 'Values',
			fieldWords: { singular: 'variable', plural: 'variables' },
			addAllFields: true,
			supportAutoMap: true,
			hideNoDataError: true,
			refreshStaleSchemaOnOpen: true,
		},
	},
};

/**
 * The values of the variables that the texts have, by one name in three forms. Until there is a body, a line says what to
 * do; it keeps the values meanwhile. Where a text changes, n8n's editor makes the fields anew, and forgets what was in
 * them, if the property says that it depends on the texts. So it says so only until the first value is there; from then
 * on the fields follow when the node is opened, or when they are refreshed by hand, and keep their values.
 */
const valuesOfTexts: INodeProperties[] = [
	{
		...templateValues,
		displayName:
			'Paste the texts of the template above. Then a field for each of its variables appears here.',
		type: 'notice',
		displayOptions: { show: { ...inTexts, ...isEmpty } },
	},
	{
		...templateValues,
		typeOptions: { ...templateValues.typeOptions, loadOptionsDependsOn: TEXTS },
		displayOptions: { show: { ...inTexts, ...isUnmapped }, hide: isEmpty },
	},
	{ ...templateValues, displayOptions: { show: inTexts, hide: { ...isEmpty, ...isUnmapped } } },
	{
		displayName:
			'The fields above are those of the texts. After you change a text, choose “Refresh Variable List” in the ⋮ menu beside “Values”; values stay as they are.',
		name: 'templateValuesNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: inTexts, hide: { ...isEmpty, ...isAutomatic } },
	},
	{
		displayName:
			'Each variable takes the column with its name: {{name}} the column name, {{1}} of the body the column 1. Other parts of the template: header_1 and footer_1 for {{1}}, header_image, header_video or header_document for the file, url_0 for the variable of the first button. A dry run says which column is missing.',
		name: 'templateValuesNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...inTexts, ...isAutomatic }, hide: isEmpty },
	},
];

/** How the variables of a template are given. */
export const templateProperties: INodeProperties[] = [
	{
		displayName: 'Template Parameters',
		name: 'parameterMode',
		type: 'options',
		options: [
			{
				name: 'From Template Text',
				value: 'templateText',
				description: 'Paste the texts of the template, and fill in one field for each of its variables',
			},
			{ name: 'Using Fields Below', value: 'fields', description: 'Name each variable, and fill it in' },
			{ name: 'Using JSON', value: 'json', description: 'Give all variables as one JSON object' },
		],
		default: 'templateText',
		description: 'How to give the values of the template’s variables',
	},
	...texts,
	...valuesOfTexts,
	templateParameters,
	templateParametersJson,
];
