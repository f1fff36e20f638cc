/** A device with two ways out, as with Wi-Fi and a cable: with the microphone allowed the check tells what each of them is seen as. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { missing } from '../../support/require';
import { patience } from '../../support/patience';
import { APP_ORIGIN, makeCheckLab, type CheckLab } from './browser-check';
import { describeInLab } from './need';
import { clientNetwork } from './topology';

const lacking = missing('root', 'coturn', 'chromium');

describeInLab(`a device in two networks${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('one of them with a mapping for each destination', () => {
		let lab: CheckLab;
		beforeAll(async () => {
			lab = await makeCheckLab([
				{ profile: 'port-restricted' },
				{ profile: 'symmetric' },
				{ profile: 'port-restricted', sameHomeAs: 'A', alsoInHomeOf: 'B' }
			]);
		}, patience(120_000));
		afterAll(() => lab?.close());

		it('tells mapping and public address of each', { timeout: patience(120_000) }, async () => {
			const args = [`--unsafely-treat-insecure-origin-as-secure=${APP_ORIGIN}`];
			const page = await lab.keep('C', 'chromium', { fakeMedia: true, args });
			try {
				const { report } = await page.check({ mediaPermission: true });
				const found = report.conclusions.findings.filter(({ rule }) => rule === 'interfaces-seen-apart');
				expect(found).toMatchObject([
					{
						values: {
							interfaces: [
								{ address: '192.168.1.3', seenAs: [clientNetwork(1).outside], mapping: 'endpoint-independent' },
								{ address: '192.168.2.3', seenAs: [clientNetwork(2).outside], mapping: 'address-and-port-dependent' }
							]
						}
					}
				]);
				const several = report.conclusions.findings.find(({ rule }) => rule === 'several-public-addresses')!;
				expect(found[0]!.explains).toEqual([several.id]);
				expect(sentence(found[0]!)).toMatch(/from 192\.168\.1\.3 as 198\.51\.100\.1 \(endpoint-independent mapping\)/);
			} finally {
				await page.close();
			}
		});
	});
});
