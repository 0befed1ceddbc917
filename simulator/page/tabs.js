/** The tabs of the page. The address of the page says which one is shown. */

import { byId } from './dom.js';

const TABS = ['phones', 'templates', 'connect', 'server'];
/** Parts of a tab that have an address of their own. */
const WITHIN = { cases: 'phones' };

/** Shows the tab of the address, now and whenever the address changes. */
export function listenForTabs() {
	window.addEventListener('hashchange', showTab);
	showTab();
}

function showTab() {
	const name = location.hash.slice(1);
	const wanted = /** @type {Record<string, string>} */ (WITHIN)[name] ?? name;
	const tab = TABS.includes(wanted) ? wanted : TABS[0];
	for (const one of TABS) byId(`tab-${one}`).hidden = one !== tab;
	for (const link of document.querySelectorAll('nav a'))
		link.toggleAttribute('aria-current', link.getAttribute('href') === `#${tab}`);
	if (name === tab) window.scrollTo(0, 0);
	else document.getElementById(name)?.scrollIntoView();
}
