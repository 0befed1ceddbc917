/** The columns of the input that an expression uses, and the message about one that is missing. */

import { columnsAlone, columnsIn, noColumn, whyEmpty } from '../../../nodes/OneTalk/input/columns';

it.each<[string, string[]]>([
	['{{ $json.phone }}', ['phone']],
	['Hi {{ $json.name }} of {{$json["company name"]}}', ['name', 'company name']],
	["{{ $json['nama'] ?? $json?.name }}", ['nama', 'name']],
	['{{ $json.customer.name }}', ['customer']],
	['{{ $input.item.json.phone }}', ['phone']],
	['{{ $("Sheet").item.json.phone }}', []],
	['{{ $jsonata.phone }}', []],
	['no expression', []],
])('the columns of %s', (expression, columns) => {
	expect(columnsIn(expression)).toEqual(columns);
});

it.each<[string, string[]]>([
	['Hi {{ $json.name }}, {{$json["x"]}}', ['name', 'x']],
	['Hi {{ $json.name || "you" }}', []],
	['Hi {{ $json.name.trim() }}', []],
	['Hi {{ $json.customer.name }}', []],
	['Hi {{ "a" + $json.name }}', []],
])('the columns that stand alone in %s', (expression, columns) => {
	expect(columnsAlone(expression)).toEqual(columns);
});

describe('a column that is missing', () => {
	it.each<[string, string[], string]>([
		['Phone', ['name', 'phone'], 'Did you mean "phone"?'],
		['phone_number', ['Phone Number', 'name'], 'Did you mean "Phone Number"?'],
		['nmae', ['name', 'phone'], 'Did you mean "name"?'],
		['phne', ['name', 'phone'], 'Did you mean "phone"?'],
	])('%s: names the nearest of %j', (name, columns, words) => {
		expect(noColumn(name, columns)).toContain(words);
	});

	it('names no column that is not near', () => {
		expect(noColumn('phone', ['city', 'total'])).toBe(
			'the input has no column "phone", only "city", "total"',
		);
		expect(noColumn('phone', [])).toBe('the input has no column "phone", only an empty row');
	});

	it('lists at most 12 columns, each cut to 40 characters', () => {
		const columns = Array.from({ length: 40 }, (_, index) => `c${index}`);
		expect(noColumn('phone', columns)).toMatch(/"c11" …$/);
		expect(noColumn('phone', ['x'.repeat(200)])).toContain(`"${'x'.repeat(40)}"`);
	});
});

it('tells a column that is missing from one that is empty', () => {
	expect(whyEmpty('{{ $json.Phone }}', { phone: '1' })).toContain('has no column "Phone"');
	expect(whyEmpty('{{ $json.phone }}', { phone: '' })).toBe(
		'its expression gives nothing for this row, which has "phone"',
	);
});
