/** What stands in the path picture, for the screen and for exports. Pure. */
import { entryOf } from '../../base/record';
import { PICTURE_WORDS } from '../../messages/en/vocabulary';
import type { PictureWords } from '../../messages/language';
import type { PlacedLine } from './layout';
import type { PathLine, PathModel } from './paths';

/** What the network's edge is called, and its mapping; the mapping is empty where nothing is known of it. */
export function edgeCaption(model: PathModel, words: PictureWords = PICTURE_WORDS): { name: string; mapping: string } {
	const { mapping } = model;
	const known = mapping !== 'unknown' && mapping !== 'none';
	return {
		name: edgeName(model, words),
		mapping: model.udpBlocked ? words.udpBlocked : known ? (entryOf(words.mappings, mapping)?.word ?? mapping) : ''
	};
}

function edgeName({ udpBlocked, layers, mapping }: PathModel, words: PictureWords): string {
	if (udpBlocked) return words.firewall;
	if (layers === 'carrier-grade') return words.carrierNat;
	if (mapping === 'none' || layers === 'none') return words.noNat;
	if (mapping === 'unknown' && layers === 'unknown') return words.edge;
	// One address for all observers and the own one hidden: a NAT, or none.
	return mapping === 'endpoint-independent' && layers === 'unknown' ? words.natOrNone : words.nat;
}

export function lineName(line: PathLine, words: PictureWords = PICTURE_WORDS): string {
	if (line.kind === 'page') return words.page(line.transport === 'tls');
	const family = line.family === 'ipv6' ? ' · IPv6' : '';
	return `${line.kind.toUpperCase()} · ${line.transport.toUpperCase()}${line.port === null ? '' : ` ${line.port}`}${family}`;
}

export function lineResult(line: PathLine, words: PictureWords = PICTURE_WORDS): string {
	return `${words.states[line.state]}${line.rttMs === null ? '' : ` ${words.roundTrip(line.rttMs)}`}`;
}

/** The whole picture in words, for those who cannot see it. */
export function pictureLabel(model: PathModel, words: PictureWords = PICTURE_WORDS): string {
	const { name, mapping } = edgeCaption(model, words);
	const lines = model.servers.flatMap(({ host, lines }) =>
		lines.map((line) => `${lineName(line, words)} ${host}: ${lineResult(line, words)}`)
	);
	return `${words.title}. ${name}${mapping === '' ? '' : `, ${mapping}`}. ${lines.join('; ')}`;
}

/** The mark of a state: a tick, a bar, a cross; nothing where nothing is known. */
export function markPath({ line, mark }: PlacedLine): string {
	const { x, y } = mark;
	if (line.state === 'open') return `M${x - 4} ${y + 0.5}l2.8 2.8 5-5.6`;
	if (line.state === 'refused') return `M${x - 3.5} ${y}h7`;
	if (line.state === 'blocked') return `M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`;
	return '';
}

/** `Chromium 156`, without what stands in brackets after it. */
export function shortBrowser(browser: string): string {
	return browser.replace(/ \(.*\)/, '');
}
