import { getByRole } from '@testing-library/dom';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { show, textOf } from '../../../../tests/support/components/show';
import ScrollTable from './ScrollTable.svelte';

test('a table that scrolls is a named region that the keyboard reaches', () => {
	const children = createRawSnippet(() => ({ render: () => '<table><tbody><tr><td>inside</td></tr></tbody></table>' }));
	const region = getByRole(show(ScrollTable, { label: 'Servers', children }), 'region', { name: 'Servers, table' });
	expect([region.tabIndex, textOf(region)]).toEqual([0, 'inside']);
});
