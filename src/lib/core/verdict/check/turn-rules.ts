/** Whether the TURN servers of the list work. */
import { answerRule, type AnswerTable } from '../answer-rule';
import type { Reads } from '../reading';
import { ENTER_LOGINS, isTurn, rows, turn, turnRows, urlsOf, withoutLogin, working } from './answer-facts';
import type { FailedTurn } from './answer-values';

export const TURN_RULES: AnswerTable<'turn-works'> = [
	answerRule({
		id: 'turn-some-work',
		needs: ['server-gathering'],
		reads: ['servers'],
		says: 'partly',
		when: (v) => turn(v).works.length > 0 && turn(v).failed.length > 0,
		values: (v) => ({ workingUrls: urlsOf(turn(v).works), failed: failedTurn(v) }),
		observations: (v) => rows(turn(v).works, turn(v).failed)
	}),
	answerRule({
		id: 'turn-none-listed',
		needs: ['ice-gathering'],
		reads: ['listed', 'urls', 'ice-gathering'],
		says: 'no-turn-configured',
		when: (v) => v.listed && !v.urls.some(isTurn),
		values: () => ({}),
		observations: (v) => v['ice-gathering'].all.map(({ index }) => index),
		missing: () => [{ probe: 'relay', step: 'add-turn-server-to-see' }]
	}),
	answerRule({
		id: 'turn-all-work',
		needs: ['server-gathering', 'ice-gathering', 'relay'],
		reads: ['finished', 'servers'],
		says: 'yes',
		when: (v) => v.finished && turn(v).works.length > 0 && turn(v).open.length === 0,
		values: (v) => working(turn(v).works),
		observations: (v) => rows(turn(v).works)
	}),
	answerRule({
		id: 'turn-works-as-far-as-known',
		needs: ['server-gathering', 'ice-gathering', 'relay'],
		reads: ['finished', 'servers'],
		says: 'partly',
		// What a test is still to decide is not open for good.
		when: (v) => v.finished && turn(v).works.length > 0 && turn(v).open.every(({ proof }) => proof !== 'not-run'),
		values: (v) => ({ workingUrls: urlsOf(turn(v).works), openUrls: urlsOf(turn(v).open) }),
		observations: (v) => rows(turn(v).works, turn(v).open),
		missing: (v) => [withoutLogin(v).length > 0 ? ENTER_LOGINS : { probe: 'relay', step: 'add-turn-server-that-can-be-tried' }]
	}),
	answerRule({
		id: 'turn-none-works',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'servers'],
		says: 'no',
		when: (v) => v.finished && turn(v).failed.length > 0 && turn(v).open.length === 0,
		values: (v) => ({ failed: failedTurn(v) }),
		observations: (v) => rows(turn(v).failed)
	}),
	answerRule({
		id: 'turn-not-asked',
		needs: ['ice-gathering'],
		reads: ['finished', 'servers'],
		says: 'unknown',
		when: (v) => v.finished && withoutLogin(v).length > 0 && withoutLogin(v).length === turnRows(v).length,
		values: (v) => ({ urls: urlsOf(withoutLogin(v)) }),
		observations: (v) => rows(withoutLogin(v)),
		missing: () => [ENTER_LOGINS]
	}),
	answerRule({
		id: 'turn-not-decided-yet',
		needs: [],
		reads: ['servers', 'pending'],
		says: 'unknown',
		when: () => true,
		values: (v) => {
			const { works, failed, open } = turn(v);
			return {
				workingUrls: urlsOf(works),
				openUrls: [...urlsOf(open), ...v.pending.filter(isTurn)],
				failedUrls: urlsOf(failed)
			};
		},
		observations: (v) => rows(turn(v).works, turn(v).open),
		missing: (v) => {
			const { open } = turn(v);
			if (open.length === 0) return [];
			const unrun = open.some((server) => server.proof === 'not-run');
			return [{ probe: 'relay', step: unrun ? 'finish-relay-test' : 'add-turn-server-that-can-be-tried' }];
		}
	})
];

function failedTurn(v: Reads<'servers'>): FailedTurn[] {
	return turn(v).failed.map(({ url, username, state }) => ({ url, username, state }));
}
