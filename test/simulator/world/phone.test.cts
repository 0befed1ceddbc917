/** Phone numbers as people write them. */

import { parsePhone } from '../../../simulator/world/phone.cts';
import { useSimulator } from '../harness.cts';

const api = useSimulator();

test.each([
	['6281212345678', '6281212345678'],
	['+62 812-1234-5678', '6281212345678'],
	['0812 1234 5678', '6281212345678'],
	['0062 (812) 1234.5678', '6281212345678'],
	['+1 (202) 555-0100', '12025550100'],
	['62', '62'],
])('%s is %s', (text, phone) => {
	expect(parsePhone(text)).toBe(phone);
});

test.each(['', '+62', 'Sari', '+0812', '6'.repeat(21), '1 2'])('"%s" is refused', (text) => {
	expect(() => parsePhone(text)).toThrow('is not a phone number');
});

test('a case can be created for a phone as people write it', () => {
	expect(api.sim.createCase({ contact: { phone: '+62 812-1234-5678' } }).contact.phone).toBe('6281212345678');
});
