/** Rules about rounds: does this offer or answer fit what its end said in the round before (RFC 3264, RFC 9429). */
import type { Description } from '../../text/description';
import { sessionOf } from '../../text/origin';
import type { RoundRule } from './rule';
import { fingerprintsOf, iceOf, sameSections } from '../../text/transport';
import { clip } from '../../text/values';

export const EXCHANGE_ROUND_RULES: readonly RoundRule[] = [
	{
		id: 'session-version',
		code: 'OA-12',
		severity: 'warning',
		cite: 'RFC 3264 §8; RFC 9429 §5.2.2',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				if (!before.origin || !now.origin) continue;
				const [was, is] = [before.origin.value, now.origin.value];
				const { line } = now.origin;
				if (sessionOf(before) !== sessionOf(now)) {
					report(side, line, { kind: 'other-session', before: clip(sessionOf(before)!), now: clip(sessionOf(now)!) });
					continue;
				}
				const step = BigInt(is.sessionVersion.slice(0, 40)) - BigInt(was.sessionVersion.slice(0, 40));
				if (step < 0n) report(side, line, { kind: 'went-back', before: clip(was.sessionVersion), now: clip(is.sessionVersion) });
				else if (step === 0n && bodyOf(before) !== bodyOf(now))
					report(side, line, { kind: 'unchanged', version: clip(is.sessionVersion) });
			}
		}
	},
	{
		id: 'sections-removed',
		code: 'OA-13',
		severity: 'problem',
		cite: 'RFC 3264 §8.2; RFC 9429 §5.2.2',
		check: ({ before, now, report }) => {
			const [was, is] = [before.offer.sections, now.offer.sections];
			if (is.length < was.length)
				report('offer', is[is.length - 1]?.mLine ?? null, { kind: 'fewer', before: was.length, now: is.length });
			is.forEach((section, index) => {
				const earlier = was[index];
				if (!earlier || earlier.kind === section.kind) return;
				const stopped = earlier.rejected || before.answer?.sections[index]?.rejected === true;
				if (!stopped)
					report('offer', section.mLine, {
						kind: 'other-kind',
						number: index + 1,
						before: clip(earlier.kind),
						now: clip(section.kind)
					});
			});
		}
	},
	{
		id: 'recycled-section',
		code: 'OA-14',
		severity: 'warning',
		cite: 'RFC 9429 §5.2.2',
		check: ({ before, now, report }) => {
			now.offer.sections.forEach((section, index) => {
				const earlier = before.offer.sections[index];
				if (!earlier || section.rejected || section.mid === null || earlier.mid === null) return;
				const line = section.attributes.get('mid')![0]!;
				if (earlier.rejected && section.mid === earlier.mid)
					report('offer', line, { number: index + 1, mid: clip(section.mid), before: clip(earlier.mid) });
				else if (!earlier.rejected && before.answer?.sections[index]?.rejected !== true && section.mid !== earlier.mid)
					report(
						'offer',
						line,
						{ number: index + 1, mid: clip(section.mid), before: clip(earlier.mid) },
						{ severity: 'problem', refusedBy: ['chromium'] }
					);
			});
		}
	},
	{
		id: 'different-peer',
		code: 'OA-15',
		severity: 'problem',
		cite: 'RFC 8842 §5.5; RFC 8839 §4.4',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				if (sessionOf(before) === null || sessionOf(before) === sessionOf(now)) continue;
				const changed = sameSections(before, now).some((pair) => {
					const [was, is] = [
						fingerprintsOf(before, pair.before)[0]?.value.digest,
						fingerprintsOf(now, pair.now)[0]?.value.digest
					];
					return (
						was !== undefined && is !== undefined && was !== is && iceOf(before, pair.before).ufrag !== iceOf(now, pair.now).ufrag
					);
				});
				if (changed) report(side, now.origin?.line ?? null, {});
			}
		}
	}
];

/** Everything but the o= line: what must be equal for the version to stay. */
function bodyOf(sdp: Description): string {
	return sdp.document.lines
		.filter((line) => line.type !== 'o' || line.section >= 0)
		.map((line) => line.raw)
		.join('\n');
}
