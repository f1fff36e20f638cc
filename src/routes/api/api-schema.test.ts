/** The published JSON Schema of what the app is asked and answers; made of the schemas that check it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchemaDefs } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { fault } from '$lib/core/base/schema';
import { moreToCheck, openedSession, proberRefusal, proberRequest } from '$lib/core/nat/prober-messages';
import { echoAnswer, healthAnswer, iceServersAnswer } from '$lib/core/observations/app-answers';
import { proberFiltering, proberMapping } from '$lib/core/observations/nat-shapes';
import { accepted, action, newRoom, roomEvents, ticket } from '$lib/core/signalling/messages';
import { control, negotiation } from '$lib/probes/meet/meeting-messages';
import { PARTNER_ANSWERS, partnerRefusal, partnerRequest } from '$lib/server/nat-prober/partner';

const FILE = new URL('../../../static/api.schema.json', import.meta.url);

const DEFINITIONS = {
	// GET /api/echo, /api/health, /api/ice-servers
	echoAnswer,
	healthAnswer,
	iceServersAnswer,
	// POST /api/signal, and what else of a room (docs/signalling.md)
	newRoom,
	roomAction: action,
	roomTicket: ticket,
	roomAccepted: accepted,
	roomEvent: roomEvents.room,
	messageEvent: roomEvents.message,
	closedEvent: roomEvents.closed,
	fault,
	// Bodies of messages between the two devices of a room: of `control`, and of `offer`, `answer` and `candidate`
	control,
	negotiation,
	// POST /api/nat, GET /api/nat/SESSION (202, 200)
	proberRequest,
	openedSession,
	moreToCheck,
	proberFiltering,
	proberMapping,
	proberRefusal,
	// POST /api/nat/partner: another Icelens server
	partnerRequest,
	partnerHello: PARTNER_ANSWERS.hello,
	partnerProbe: PARTNER_ANSWERS.probe,
	partnerControl: PARTNER_ANSWERS.control,
	partnerMapping: PARTNER_ANSWERS.mapping,
	partnerRefusal
};

test('the published file is up to date (npm run lab -- update-docs writes it)', () => {
	const schema = {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		$id: 'https://icelens.example/api.schema.json',
		title: 'What an Icelens server is asked and answers',
		$defs: toJsonSchemaDefs(DEFINITIONS, {
			target: 'draft-2020-12',
			typeMode: 'input',
			// JSON has no other numbers; an address, and what depends on two fields, is beyond JSON Schema.
			ignoreActions: ['finite', 'check']
		})
	};
	const made = `${JSON.stringify(schema, null, '\t')}\n`;
	if (process.env.UPDATE === '1') writeFileSync(FILE, made);
	expect(readFileSync(FILE, 'utf8')).toBe(made);
});
