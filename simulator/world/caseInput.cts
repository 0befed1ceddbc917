/** Checks the case fields that a test or a person gives, since the API must return the documented types. */

import { parsePhone } from './phone.cts';
import type { Agent, CaseChange, Contact, NewCase } from './types.cts';

type FieldType = 'string' | 'boolean' | 'number' | 'object';
type FieldTypes<T> = Partial<Record<keyof T, FieldType>>;

const CASE_FIELDS: FieldTypes<NewCase> = {
	id: 'string',
	firstMessage: 'string',
	isClosed: 'boolean',
	isJunk: 'boolean',
	agentRemark: 'string',
	createdTime: 'number',
	updatedTime: 'number',
	contact: 'object',
	agent: 'object',
	channelID: 'string',
};
const CHANGE_FIELDS: FieldTypes<CaseChange> = {
	isClosed: 'boolean',
	isJunk: 'boolean',
	agentRemark: 'string',
	contact: 'object',
	agent: 'object',
};
const CONTACT_FIELDS: FieldTypes<Contact> = {
	id: 'string',
	fullName: 'string',
	alias: 'string',
	email: 'string',
	phone: 'string',
	agentRemark: 'string',
	createdTime: 'number',
	updatedTime: 'number',
};
const AGENT_FIELDS: FieldTypes<Agent> = { email: 'string', fullName: 'string' };

/** @throws {Error} that names the field */
export function checkNewCase(input: unknown): NewCase {
	return checkCaseFields(input, CASE_FIELDS) as NewCase;
}

/** @throws {Error} that names the field */
export function checkCaseChange(input: unknown): CaseChange {
	return checkCaseFields(input, CHANGE_FIELDS) as CaseChange;
}

function checkCaseFields(input: unknown, types: Record<string, FieldType>): object {
	const fields = checkFields(input, types, 'case');
	if (fields.agent) checkFields(fields.agent, AGENT_FIELDS, 'agent');
	if (!fields.contact) return fields;
	const contact = checkFields(fields.contact, CONTACT_FIELDS, 'contact');
	return typeof contact.phone === 'string'
		? { ...fields, contact: { ...contact, phone: parsePhone(contact.phone) } }
		: fields;
}

function checkFields(
	input: unknown,
	types: Record<string, FieldType>,
	what: 'case' | 'contact' | 'agent',
): Record<string, unknown> {
	if (typeof input !== 'object' || input === null || Array.isArray(input))
		throw new Error(`A ${what} must be an object`);
	for (const [name, value] of Object.entries(input)) {
		const type = Object.hasOwn(types, name) ? types[name] : undefined;
		if (type === undefined)
			throw new Error(`A ${what} has no "${name}" to set. It takes ${Object.keys(types).join(', ')}`);
		const isValid = type === 'number' ? Number.isSafeInteger(value) && value >= 0 : typeof value === type;
		if (!isValid) throw new Error(`"${name}" of a ${what} must be a ${type}`);
	}
	return input as Record<string, unknown>;
}
