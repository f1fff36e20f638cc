import { expect, test } from 'vitest';
import { listObservation } from '../../../../tests/golden/make-observations';
import { generateReport } from '../../../../tests/golden/generate-report';
import { peerObservations } from './peer-observations';

test('keeps the check of the other device, but not who signs in at its servers, and nothing of a third', () => {
	const { observations } = generateReport(1);
	const list = listObservation([{ urls: ['turn:203.0.113.77'], username: 'ann', credential: 'breeze' }], 0);
	const third = { ...list, probe: 'peer-check' } as unknown as typeof list;
	const kept = peerObservations([list, ...observations.slice(1), third]);
	expect(kept.slice(1)).toEqual(observations.slice(1));
	expect(JSON.stringify(kept)).not.toContain('ann');
	expect(kept[0]!.outcome).toMatchObject({ data: { servers: [{ urls: ['turn:203.0.113.77'], userFacts: { bytes: 3 } }] } });
});
