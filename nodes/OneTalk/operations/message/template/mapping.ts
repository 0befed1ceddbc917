/** The list of a template's variables, for n8n's resource mapper. */

import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { MEDIA_TYPES, textsOf, variablesOf, type TemplateVariable } from './text';

const NO_VARIABLES =
	'Paste the template’s texts above: a field for each variable such as {{name}} appears here. A template without variables needs none.';

/** The fields that n8n's editor shows for the values of a template: one for each variable of the texts, in their order. */
export async function templateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const variables = variablesOf(textsOf(this.getCurrentNodeParameters() ?? {}));
	const byField = new Map<string, TemplateVariable>();
	for (const variable of variables) {
		if (!byField.has(variable.field)) byField.set(variable.field, variable);
	}
	return {
		fields: [...byField.values()].map(fieldOf),
		...(variables.length === 0 ? { emptyFieldsNotice: NO_VARIABLES } : {}),
	};
}

function fieldOf(variable: TemplateVariable): ResourceMapperField {
	return {
		id: variable.field,
		displayName: labelOf(variable),
		required: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
	};
}

/** The body's variables go by their names alone, as most of them are. */
function labelOf({ group, name, field }: TemplateVariable): string {
	if (group === 'body') return field;
	if (group === 'buttons') return `${field} (Button ${Number(name.slice(name.indexOf('_') + 1)) + 1})`;
	if (field.startsWith(`header_${name}`) && MEDIA_TYPES.includes(name)) return `${field} (URL)`;
	return `${field} (${group === 'header' ? 'Header' : 'Footer'})`;
}
