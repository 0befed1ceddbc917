/** JSON that people type: where it is wrong. */

import { parseJson } from '../../../nodes/OneTalk/input/json';

it('parses valid JSON', () => {
	expect(parseJson(' {"a":[1,-2.5e3,true,null,"\\u00e9\\n"]} ')).toEqual({
		value: { a: [1, -2500, true, null, 'é\n'] },
	});
});

it.each<[string, string, string]>([
	['no JSON at all', 'name=Budi', 'line 1, column 1 (found “n”)'],
	['a comma too much in an object', '{"a":1,}', 'line 1, column 8 (found “}”)'],
	['a comma too much in a list', '[1,\n]', 'line 2, column 1 (found “]”)'],
	['a comma too little', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3 (found “"”)'],
	['a colon too little', '{"a" 1}', 'line 1, column 6 (found “1”)'],
	['single quotes', "{'a':1}", "line 1, column 2 (found “'”)"],
	['no quotes', '{a:1}', 'line 1, column 2 (found “a”)'],
	['curly quotes', '{“a”:1}', 'line 1, column 2 (found ““”)'],
	['a comment', '{"a": // x\n1}', 'line 1, column 7 (found “/”)'],
	['a bracket that does not close', '{"a":[1,2}', 'line 1, column 10 (found “}”)'],
	['an end too early', '{"a":{"b":1}', 'line 1, column 13 (the text ends there)'],
	['something behind the end', '{} 🎉', 'line 1, column 4 (found “🎉”)'],
	['a line break in text', '{"a":"x\ny"}', 'line 1, column 6 (found “"”)'],
	['a number that is none', '{"a":01}', 'line 1, column 6 (found “0”)'],
	['a word', '{"a":True}', 'line 1, column 6 (found “T”)'],
])('%s', (_sentence, text, fault) => {
	expect(() => JSON.parse(text) as unknown).toThrow();
	expect(parseJson(text)).toEqual({ fault });
});
